/// The samples in reverse order; shape unchanged.
///
/// Reference: ``Reference/timeFlip(batch:length:channels:)``.
public struct TimeFlip: Layer {
  /// Describes the reversal.
  public init() {}

  /// Adds the reversal.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(
      Rearrangement(
        moving: input, to: output,
        placements: [Rearrangement.Placement(first: input.length - 1, step: -1)]))
    return output
  }
}
