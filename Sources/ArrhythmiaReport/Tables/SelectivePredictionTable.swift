import Documents
import Experiments
import Statistics

/// What every variant reaches where it answers only what it is surest of.
struct SelectivePredictionTable: Table {
  let id = "selective-prediction"
  let placement = Placement.calibration
  let rank = 20

  /// Shares of the rows that are answered.
  static let shares = [1, 0.99, 0.95, 0.9, 0.8, 0.5]

  /// One row a variant.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Accuracy in percent where only the surest answers are given, by the share of rows that are \
        kept, on \(task.testWords); \(task.meansWords). Mean error: over every number of rows kept, \
        from one to all (area under the risk–coverage curve); small where a network knows which of \
        its answers are wrong.
        """,
      columns: [.init("Variant", .text)]
        + Self.shares.map { .init(task.percent($0), group: "Accuracy, %, keeping") }
        + [.init("Mean error, %")],
      rows: task.variants.map { variant in
        .init(
          [.text(Prose(task.title(of: variant)))]
            + variant.selective(Self.shares).map {
              .number(.percent($0), otherwise: Reason.absentClass)
            } + [
              .number(
                .percent(variant.meanSelectiveError.mean, digits: 3),
                otherwise: Reason.absentClass)
            ])
      })
  }
}
