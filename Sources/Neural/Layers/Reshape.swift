/// A row's numbers, in their order, as so many samples and channels: `[N, L, C]` to
/// `[N, length, channels]`.
public struct Reshape: Layer {
  private let length: Int
  private let channels: Int

  /// Describes the shape.
  public init(length: Int, channels: Int) {
    self.length = length
    self.channels = channels
  }

  /// Copies the numbers, so that zeros may stand around the rows of either shape.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    precondition(
      input.count == length * channels,
      "\(input.length) × \(input.channels) numbers do not make \(length) × \(channels)")
    let output = plan.value(length: length, channels: channels)
    plan.append(Rearrangement(copying: input, to: output))
    return output
  }
}
