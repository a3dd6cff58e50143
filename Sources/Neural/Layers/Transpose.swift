/// Samples and channels exchanged: `[N, L, C]` to `[N, C, L]`.
///
/// Reference: ``Reference/transposition(batch:length:channels:)``.
public struct Transpose: Layer {
  /// Describes the exchange.
  public init() {}

  /// Adds the exchange.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.channels, channels: input.length)
    plan.append(Transposition(input: input, output: output))
    return output
  }
}
