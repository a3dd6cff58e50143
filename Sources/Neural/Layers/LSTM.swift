/// Long short-term memory: `[N, L, C]` to `[N, 1, units]`, or to `[N, L, units]` with all states.
///
/// Gates input, forget, candidate, output, in the layout of Keras: weights `[C, 4 · units]`,
/// Glorot-uniform, and `[units, 4 · units]`, orthogonal; bias zero, one at the forget gate.
/// Sources: Hochreiter and Schmidhuber, doi:10.1162/neco.1997.9.8.1735; forget gate: Gers et al.,
/// doi:10.1162/089976600300015015. Reference: ``Reference/recurrent(_:weights:shape:)``.
public struct LSTM: RecurrentLayer {
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
      cell: .lstm, units: units, returnsSequences: returnsSequences, masking: masking)
  }
}
