/// The largest of `window` samples, every `stride` samples: `[N, L, C]` to `[N, L′, C]`.
///
/// Without padding `L′` is `(L − window) / stride + 1`, with *same* padding `⌈L / stride⌉`. What a
/// window finds outside the row is never the maximum.
public struct MaxPool1D: Layer {
  private let window: Int
  private let stride: Int
  private let padding: Padding

  /// Describes the pooling; the stride is the window where none is given.
  public init(_ window: Int, stride: Int? = nil, padding: Padding = .valid) {
    self.window = window
    self.stride = stride ?? window
    self.padding = padding
  }

  /// Adds the pooling.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let halo = padding.halo(length: input.length, reach: window - 1, stride: stride)
    let samples = input.length + halo.before + halo.after - window
    precondition(samples >= 0, "\(input.length) samples for a window of \(window)")
    precondition(
      max(halo.before, halo.after) < window,
      "a window of \(window) could lie wholly in a padding of \(halo.before) and \(halo.after)")
    let output = plan.value(length: samples / stride + 1, channels: input.channels)
    plan.append(
      MaxPooling(
        input: input, output: output, window: window, stride: stride, before: halo.before))
    return output
  }
}
