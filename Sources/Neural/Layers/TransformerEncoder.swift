/// A block of a transformer's encoder, normalised before each half; shape unchanged.
///
/// `x + dropout(attention(norm x))`, then `x + dropout(dense(gelu(dense(norm x))))`, the dense
/// layers sample by sample. Sources: Vaswani et al., doi:10.48550/arXiv.1706.03762; normalisation
/// before: Xiong et al., doi:10.48550/arXiv.2002.04745.
public struct TransformerEncoder: Layer {
  private let heads: Int
  private let keyWidth: Int
  private let hidden: Int
  private let dropoutRate: Float

  /// Describes the block.
  ///
  /// - Parameters:
  ///   - heads: Attention distributions of each sample.
  ///   - keyWidth: Channels of a head's queries, keys and values.
  ///   - hidden: Channels between the two dense layers.
  ///   - dropout: The share of each half's numbers that is dropped while training.
  public init(heads: Int, keyWidth: Int, hidden: Int, dropout: Float = 0) {
    self.heads = heads
    self.keyWidth = keyWidth
    self.hidden = hidden
    dropoutRate = dropout
  }

  /// Adds both halves.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    Sequential {
      Sum {
        Identity()
        Sequential {
          LayerNorm()
          MultiHeadAttention(heads: heads, keyWidth: keyWidth)
          if dropoutRate > 0 { Dropout(dropoutRate) }
        }
      }
      Sum {
        Identity()
        Sequential {
          LayerNorm()
          Dense(hidden)
          GELU()
          Dense(input.channels)
          if dropoutRate > 0 { Dropout(dropoutRate) }
        }
      }
    }.build(&plan, input)
  }
}
