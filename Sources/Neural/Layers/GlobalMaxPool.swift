/// The largest sample of each channel: `[N, L, C]` to `[N, 1, C]`.
public struct GlobalMaxPool: Layer {
  /// Describes the pooling.
  public init() {}

  /// Adds the pooling; joined with a convolution before it, whose gradient is then sparse.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: 1, channels: input.channels)
    if let convolution = plan.producer(of: input) as? Convolution, let bias = convolution.bias,
      convolution.correlation.dilation == 1, convolution.correlation.padding == 0
    {
      let kernel = plan.storeTransposed(convolution.kernel)
      plan.replaceLast(
        with: PeakConvolution(
          convolution: convolution, kernel: kernel, bias: bias, output: output))
      if convolution.rectifies { plan.markRectified(output) }
    } else {
      plan.append(MaxPooling(input: input, output: output, window: input.length, stride: 1))
    }
    return output
  }
}
