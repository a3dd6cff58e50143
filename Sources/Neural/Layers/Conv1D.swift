/// A one-dimensional convolution: `[N, L, C]` to `[N, L′, filters]`.
///
/// Weights `[kernel, C, filters]`, Glorot-uniform; bias, where there is one, zero; as Keras has it.
public struct Conv1D: Layer {
  private let filters: Int
  private let kernel: Int
  private let stride: Int
  private let dilation: Int
  private let padding: Padding
  private let hasBias: Bool

  /// Describes the convolution; lengths in samples.
  public init(
    _ filters: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Padding = .valid,
    bias: Bool = true
  ) {
    precondition(
      stride == 1 || dilation == 1,
      "a convolution has a stride (\(stride)) or a dilation (\(dilation)), not both")
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
    hasBias = bias
  }

  /// Adds the convolution.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let reach = (kernel - 1) * dilation
    let halo = padding.halo(length: input.length, reach: reach, stride: stride)
    let samples = input.length + halo.before + halo.after - reach - 1
    precondition(
      samples >= 0, "\(input.length) samples are too few for \(kernel) taps × \(dilation)")
    let output = plan.value(length: samples / stride + 1, channels: filters)
    let path = plan.uniqueName("conv")
    let correlation = Correlation(
      wide: input, narrow: output, taps: kernel, stride: stride, dilation: dilation,
      padding: halo.before)
    plan.requireHalo(correlation.wideHalo, around: input)
    let needsInputGradient = plan.needsGradient(input)
    if needsInputGradient { plan.requireGradientHalo(correlation.narrowHalo, around: output) }
    let weights = plan.parameter(
      "\(path).kernel", [kernel, input.channels, filters],
      .glorotUniform(fanIn: kernel * input.channels, fanOut: kernel * filters))
    let bias = hasBias ? plan.parameter("\(path).bias", [filters], .zeros) : nil
    plan.append(
      Convolution(
        correlation: correlation, kernel: weights, bias: bias,
        needsInputGradient: needsInputGradient))
    return output
  }
}
