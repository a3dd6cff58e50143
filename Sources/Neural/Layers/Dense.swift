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
    plan.dense(
      input, units: units, path: plan.uniqueName("dense"),
      .glorotUniform(fanIn: input.channels, fanOut: units), hasBias: hasBias)
  }
}

extension PlanBuilder {
  /// Adds weights `[C, units]`, a bias where there is to be one, and what multiplies each sample
  /// with them.
  mutating func dense(
    _ input: Value, units: Int, path: String, _ initializer: Initializer, hasBias: Bool = true
  ) -> Value {
    let output = value(length: input.length, channels: units)
    let weights = parameter("\(path).kernel", [input.channels, units], initializer)
    let bias = hasBias ? parameter("\(path).bias", [units], .zeros) : nil
    append(
      Convolution(
        correlation: Correlation(
          wide: input, narrow: output, taps: 1, stride: 1, dilation: 1, padding: 0),
        kernel: weights, bias: bias, needsInputGradient: needsGradient(input)))
    return output
  }
}
