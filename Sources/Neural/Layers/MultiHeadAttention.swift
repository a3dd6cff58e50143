/// Multi-head self-attention: `[N, L, C]` to `[N, L, C]`; every sample looks at all samples of its
/// row.
///
/// `softmax(Q Kᵀ / √d) V` in each of the heads, `d` their key width, the outputs of the heads
/// beside each other through a last projection. Queries, keys and values of all heads are one
/// product: weights `[C, 3 · heads · d]`, queries first, then keys, then values; the last projection
/// `[heads · d, C]`; biases zero. Limits of the uniform initial weights are those of Keras, which
/// takes the fans of kernels of shape `[C, heads, d]` and `[heads, d, C]`. Dropout, where given,
/// acts on the weights after the softmax. Source: Vaswani et al., doi:10.48550/arXiv.1706.03762.
public struct MultiHeadAttention: Layer {
  private let heads: Int
  private let keyWidth: Int
  private let dropoutRate: Float

  /// Describes the attention.
  ///
  /// - Parameters:
  ///   - heads: Attention distributions of each sample.
  ///   - keyWidth: Channels of a head's queries, keys and values.
  ///   - dropout: The share of the weights that is dropped while training, 0 ≤ rate < 1.
  public init(heads: Int, keyWidth: Int, dropout: Float = 0) {
    precondition(
      heads > 0 && keyWidth > 0, "\(heads) heads of \(keyWidth) channels cannot attend")
    precondition(dropout >= 0 && dropout < 1, "a dropout rate of \(dropout) is outside 0..<1")
    self.heads = heads
    self.keyWidth = keyWidth
    dropoutRate = dropout
  }

  /// Adds projections and attention.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let path = plan.uniqueName("attention")
    let width = heads * keyWidth
    let projected = plan.dense(
      input, units: 3 * width, path: "\(path).input",
      .glorotUniform(fanIn: heads * input.channels, fanOut: keyWidth * input.channels))
    let attended = plan.value(length: input.length, channels: width)
    plan.append(
      Attention(
        input: projected, output: attended, heads: heads, width: keyWidth,
        dropoutRate: dropoutRate, path: plan.uniqueMaskName("attention")))
    return plan.dense(
      attended, units: input.channels, path: "\(path).output",
      .glorotUniform(fanIn: heads * keyWidth, fanOut: heads * input.channels))
  }
}
