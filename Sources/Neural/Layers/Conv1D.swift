/// How a convolution treats the ends of a row.
public enum Padding: Sendable, Hashable {
  /// Only where all taps meet samples: `L − (kernel − 1)·dilation` outputs.
  case valid
  /// Zeros around the row: `⌈L / stride⌉` outputs; with an odd number of zeros one more at the end.
  case same
}

/// A one-dimensional convolution: `[N, L, C]` to `[N, L′, filters]`, with bias.
///
/// Weights `[kernel, C, filters]`, Glorot-uniform; bias zero; as Keras has it.
public struct Conv1D: Layer {
  private let filters: Int
  private let kernel: Int
  private let stride: Int
  private let dilation: Int
  private let padding: Padding

  /// Describes the convolution; lengths in samples.
  public init(
    _ filters: Int, kernel: Int, stride: Int = 1, dilation: Int = 1, padding: Padding = .valid
  ) {
    precondition(
      stride == 1 || dilation == 1,
      "a convolution has a stride (\(stride)) or a dilation (\(dilation)), not both")
    self.filters = filters
    self.kernel = kernel
    self.stride = stride
    self.dilation = dilation
    self.padding = padding
  }

  /// Adds the convolution.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let halo = zeros(length: input.length)
    let reach = (kernel - 1) * dilation
    let samples = input.length + halo.before + halo.after - reach - 1
    precondition(
      samples >= 0, "\(input.length) samples are too few for \(kernel) taps × \(dilation)")
    let output = plan.value(length: samples / stride + 1, channels: filters)
    let path = plan.uniqueName("conv")
    plan.requireHalo(halo, around: input)
    let needsInputGradient = plan.needsGradient(input)
    if needsInputGradient {
      plan.requireGradientHalo(
        Convolution.gradientHalo(
          input: input.length, output: output.length, taps: kernel, stride: stride,
          dilation: dilation, padding: halo.before), around: output)
    }
    let weights = plan.parameter(
      "\(path).kernel", [kernel, input.channels, filters],
      .glorotUniform(fanIn: kernel * input.channels, fanOut: kernel * filters))
    let bias = plan.parameter("\(path).bias", [filters], .zeros)
    plan.append(
      Convolution(
        input: input, output: output, kernel: weights, bias: bias, taps: kernel, stride: stride,
        dilation: dilation, padding: halo.before, needsInputGradient: needsInputGradient))
    return output
  }

  /// The zeros that the padding puts around a row.
  private func zeros(length: Int) -> Halo {
    guard padding == .same else { return Halo() }
    let outputs = (length + stride - 1) / stride
    let total = max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - length)
    return Halo(before: total / 2, after: total - total / 2)
  }
}
