/// A transposed convolution: `[N, L, C]` to `[N, L′, filters]`, with bias, where `L′` is
/// `(L − 1) · stride + kernel − 2 · padding + outputPadding`.
///
/// Each sample adds its taps to the output, a stride apart; then `padding` samples are cut off at
/// both ends, `outputPadding` fewer at the end: the lengths of PyTorch. Weights
/// `[kernel, filters, C]`, Glorot-uniform; bias zero; as Keras has it. Source: Dumoulin and Visin,
/// doi:10.48550/arXiv.1603.07285. Reference:
/// ``Reference/transposedConvolution(_:weights:bias:shape:)``.
public struct ConvTranspose1D: Layer {
  private let filters: Int
  private let kernel: Int
  private let stride: Int
  private let padding: Int
  private let outputPadding: Int

  /// Describes the transposed convolution; lengths in samples.
  public init(
    _ filters: Int, kernel: Int, stride: Int = 1, padding: Int = 0, outputPadding: Int = 0
  ) {
    precondition(
      padding >= 0 && outputPadding >= 0 && outputPadding < stride,
      "an output padding of \(outputPadding) does not go with a stride of \(stride) "
        + "and a padding of \(padding)")
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
    self.padding = padding
    self.outputPadding = outputPadding
  }

  /// Adds the transposed convolution.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let path = plan.uniqueName("convtranspose")
    let output = plan.value(
      length: (input.length - 1) * stride + kernel - 2 * padding + outputPadding,
      channels: filters)
    let correlation = Correlation(
      wide: output, narrow: input, taps: kernel, stride: stride, dilation: 1, padding: padding)
    plan.requireHalo(correlation.narrowHalo, around: input)
    plan.requireGradientHalo(correlation.wideHalo, around: output)
    let weights = plan.parameter(
      "\(path).kernel", [kernel, filters, input.channels],
      .glorotUniform(fanIn: kernel * filters, fanOut: kernel * input.channels))
    let bias = plan.parameter("\(path).bias", [filters], .zeros)
    plan.append(TransposedConvolution(correlation: correlation, kernel: weights, bias: bias))
    return output
  }
}
