/// Each sample `factor` times: `[N, L, C]` to `[N, factor · L, C]`.
///
/// Reference: ``Reference/upsampling(batch:length:channels:factor:)``.
public struct UpSampling1D: Layer {
  private let factor: Int

  /// Describes the repetition.
  public init(_ factor: Int) {
    precondition(factor > 0, "samples cannot be repeated \(factor) times")
    self.factor = factor
  }

  /// Adds the repetition.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: factor * input.length, channels: input.channels)
    plan.append(
      Rearrangement(
        moving: input, to: output,
        placements: (0..<factor).map { Rearrangement.Placement(first: $0, step: factor) }))
    return output
  }
}
