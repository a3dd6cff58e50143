/// The hyperbolic tangent of each number; shape unchanged.
///
/// Reference: ``Reference/tanh(_:)``.
public struct Tanh: Layer {
  /// Describes the function.
  public init() {}

  /// Adds the function.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(Activating(input: input, output: output, function: .tanh))
    return output
  }
}
