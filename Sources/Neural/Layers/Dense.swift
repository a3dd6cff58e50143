/// A fully connected layer over the channels of each sample: `[N, L, C]` to `[N, L, units]`.
///
/// Weights `[C, units]`, Glorot-uniform; bias zero; as Keras has it.
public struct Dense: Layer {
  private let units: Int

  /// Describes the layer.
  public init(_ units: Int) {
    self.units = units
  }

  /// Adds the layer.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: units)
    let path = plan.uniqueName("dense")
    let weights = plan.parameter(
      "\(path).kernel", [input.channels, units],
      .glorotUniform(fanIn: input.channels, fanOut: units))
    let bias = plan.parameter("\(path).bias", [units], .zeros)
    plan.append(
      Convolution(
        input: input, output: output, kernel: weights, bias: bias, taps: 1, stride: 1,
        dilation: 1, padding: 0, needsInputGradient: plan.needsGradient(input)))
    return output
  }
}
