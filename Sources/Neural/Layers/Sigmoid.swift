/// The logistic function `1 / (1 + e^−x)` of each number; shape unchanged.
///
/// Reference: ``Reference/sigmoid(_:)``.
public struct Sigmoid: Layer {
  /// Describes the function.
  public init() {}

  /// Adds the function.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(Activating(input: input, output: output, function: .sigmoid))
    return output
  }
}
