/// The largest of `window` samples, every `stride` samples, without padding:
/// `[N, L, C]` to `[N, (L − window) / stride + 1, C]`.
public struct MaxPool1D: Layer {
  private let window: Int
  private let stride: Int

  /// Describes the pooling; the stride is the window where none is given.
  public init(_ window: Int, stride: Int? = nil) {
    self.window = window
    self.stride = stride ?? window
  }

  /// Adds the pooling.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    precondition(input.length >= window, "\(input.length) samples for a window of \(window)")
    let output = plan.value(
      length: (input.length - window) / stride + 1, channels: input.channels)
    plan.append(MaxPooling(input: input, output: output, window: window, stride: stride))
    return output
  }
}
