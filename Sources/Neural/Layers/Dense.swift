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
    plan.dense(
      input, units: units, path: plan.uniqueName("dense"),
      .glorotUniform(fanIn: input.channels, fanOut: units))
  }
}

extension PlanBuilder {
  /// Adds weights `[C, units]` with their bias, and what multiplies each sample with them.
  mutating func dense(
    _ input: Value, units: Int, path: String, _ initializer: Initializer
  ) -> Value {
    let output = value(length: input.length, channels: units)
    let weights = parameter("\(path).kernel", [input.channels, units], initializer)
    let bias = parameter("\(path).bias", [units], .zeros)
    append(
      Convolution(
        input: input, output: output, kernel: weights, bias: bias, taps: 1, stride: 1,
        dilation: 1, padding: 0, needsInputGradient: needsGradient(input)))
    return output
  }
}
