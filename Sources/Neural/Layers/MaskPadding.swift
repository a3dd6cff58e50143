/// Replaces the zeros behind a row's last non-zero sample by a marker; shape unchanged.
///
/// Belongs at the input of a network.
public struct MaskPadding: Layer {
  private let marker: Float

  /// Describes the mask; published networks use −1.
  public init(marker: Float = -1) {
    self.marker = marker
  }

  /// Adds the mask.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(PaddingMask(input: input, output: output, marker: marker))
    return output
  }
}
