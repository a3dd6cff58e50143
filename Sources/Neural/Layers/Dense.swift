/// A fully connected layer over the channels of each sample: `[N, L, C]` to `[N, L, units]`.
///
/// Weights `[C, units]`, Glorot-uniform; bias, where there is one, zero; as Keras has it.
public struct Dense: Layer {
  private let units: Int
  private let hasBias: Bool

  /// Describes the layer.
  public init(_ units: Int, bias: Bool = true) {
    self.units = units
    hasBias = bias
  }

  /// Adds the layer.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: units)
    let path = plan.uniqueName("dense")
    let weights = plan.parameter(
      "\(path).kernel", [input.channels, units],
      .glorotUniform(fanIn: input.channels, fanOut: units))
    let bias = hasBias ? plan.parameter("\(path).bias", [units], .zeros) : nil
    plan.append(
      Convolution(
        correlation: Correlation(
          wide: input, narrow: output, taps: 1, stride: 1, dilation: 1, padding: 0),
        kernel: weights, bias: bias, needsInputGradient: plan.needsGradient(input)))
    return output
  }
}
