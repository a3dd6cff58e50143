/// `x Φ(x)` of each number, with the standard normal distribution Φ itself and not its approximation
/// by a hyperbolic tangent; shape unchanged.
///
/// Source: Hendrycks and Gimpel, doi:10.48550/arXiv.1606.08415. Reference: ``Reference/gelu(_:)``.
public struct GELU: Layer {
  /// Describes the function.
  public init() {}

  /// Adds the function.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(Activating(input: input, output: output, function: .gelu))
    return output
  }
}
