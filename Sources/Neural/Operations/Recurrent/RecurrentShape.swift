/// The kinds of recurrent cells; the raw value names the layer.
enum RecurrentCell: String, Sendable, Hashable {
  case simple = "rnn"
  case lstm = "lstm"
  case gru = "gru"

  /// Weighted sums of a unit, as Keras counts them.
  var gates: Int {
    switch self {
    case .simple: 1
    case .lstm: 4
    case .gru: 3
    }
  }
}

/// The sizes of a recurrent operation.
///
/// What a step reads stands in one line, `[h | x | 1]`, and so do the weights below each other,
/// `[U; W; b]`: a step is one product. Its sums are kept as `[rows][blocks][units]`: the gates in
/// the order of Keras, but for the GRU, whose reset gate stands between the input's and the
/// state's part of the candidate: candidate from the input, update, reset, candidate from the
/// state. The first three belong to the input's weights, the last three to the recurrent ones.
struct RecurrentShape: Sendable, Hashable {
  let cell: RecurrentCell
  let length: Int
  let channels: Int
  let units: Int

  /// Columns of kernel and recurrent weights.
  var sums: Int { cell.gates * units }
  /// Floats kept of a step.
  var gateRow: Int { cell == .gru ? 4 * units : sums }
  /// The first column that the recurrent weights feed.
  var recurrentColumn: Int { cell == .gru ? units : 0 }
  /// Numbers that feed a step's sums.
  var depth: Int { units + channels + 1 }
  /// Floats of the line that holds them.
  var stateRow: Int { (depth + 15) / 16 * 16 }
  /// Where the input's columns for a gate of Keras stand among the sums.
  func inputColumn(gate: Int) -> Int { cell == .gru ? (gate + 1) % 3 * units : gate * units }
}
