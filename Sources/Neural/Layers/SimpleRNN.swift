/// A fully recurrent layer: `h = tanh(x·W + h·U + b)`; `[N, L, C]` to `[N, 1, units]`, or to
/// `[N, L, units]` with all states.
///
/// Weights `[C, units]`, Glorot-uniform, and `[units, units]`, orthogonal; bias zero; as Keras has
/// it. Source: Elman, Finding structure in time, doi:10.1207/s15516709cog1402_1. Reference:
/// ``Reference/recurrent(_:weights:shape:)``.
public struct SimpleRNN: RecurrentLayer {
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
      cell: .simple, units: units, returnsSequences: returnsSequences, masking: masking)
  }
}
