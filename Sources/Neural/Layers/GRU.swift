/// A gated recurrent unit: `[N, L, C]` to `[N, 1, units]`, or to `[N, L, units]` with all states.
///
/// Gates update, reset, candidate, in the layout of Keras, the reset gate behind the product:
/// weights `[C, 3 · units]`, Glorot-uniform, and `[units, 3 · units]`, orthogonal; two biases,
/// zero. Source: Cho et al., doi:10.3115/v1/D14-1179. Reference:
/// ``Reference/recurrent(_:weights:shape:)``.
public struct GRU: RecurrentLayer {
  /// What the layer is.
  public let recurrence: Recurrence

  /// Describes the layer.
  ///
  /// - Parameters:
  ///   - units: Channels of the state.
  ///   - returnsSequences: Whether all states come out, not only the last.
  ///   - masking: Samples whose channels all have this value are skipped.
  public init(_ units: Int, returnsSequences: Bool = false, masking: Float? = nil) {
    recurrence = Recurrence(
      cell: .gru, units: units, returnsSequences: returnsSequences, masking: masking)
  }
}
