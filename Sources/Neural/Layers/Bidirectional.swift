/// A recurrent layer that walks the samples in both directions, with weights of its own for each:
/// `[N, L, C]` to `[N, 1, 2 · units]`, or to `[N, L, 2 · units]` with all states.
///
/// The states of both walks stand beside each other, those of the forward walk first; in a
/// sequence, at the sample where each arose. Source: Schuster and Paliwal, doi:10.1109/78.650093.
public struct Bidirectional: Layer {
  private let recurrence: Recurrence

  /// Describes the layer, for example `Bidirectional(LSTM(128))`.
  public init(_ layer: some RecurrentLayer) {
    recurrence = layer.recurrence
  }

  /// Adds both walks.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let units = recurrence.units
    let output = plan.value(length: recurrence.outputLength(input), channels: 2 * units)
    let path = plan.uniqueName(recurrence.cell.rawValue)
    recurrence.build(&plan, input, into: output, path: "\(path).forward")
    recurrence.build(
      &plan, input, into: output, path: "\(path).backward", channel: units, isReversed: true)
    return output
  }
}
