/// The mean sample of each channel: `[N, L, C]` to `[N, 1, C]`.
public struct GlobalAveragePool: Layer {
  /// Describes the pooling.
  public init() {}

  /// Adds the pooling.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: 1, channels: input.channels)
    plan.append(Averaging(input: input, output: output))
    return output
  }
}
