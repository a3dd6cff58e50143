/// Layer normalisation: the channels of each sample to mean 0 and variance 1, then a line a channel;
/// shape unchanged.
///
/// Scale `[C]` one and offset `[C]` zero at first, ε 1e-3, as Keras has them (PyTorch has ε 1e-5).
/// Source: Ba et al., doi:10.48550/arXiv.1607.06450. Reference:
/// ``Reference/layerNormalization(_:scale:offset:epsilon:)``.
public struct LayerNorm: Layer {
  private let epsilon: Float

  /// Describes the normalisation; `epsilon` is added to each variance.
  public init(epsilon: Float = 1e-3) {
    self.epsilon = epsilon
  }

  /// Adds the normalisation.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let path = plan.uniqueName("layernorm")
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(
      SampleNormalization(
        input: input, output: output,
        scale: plan.parameter("\(path).scale", [input.channels], .ones),
        offset: plan.parameter("\(path).offset", [input.channels], .zeros), epsilon: epsilon))
    return output
  }
}
