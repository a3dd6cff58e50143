import Datasets
import Documents
import Experiments
import Statistics

/// What the nearest training row knows of a test row's class: what a model that only remembers
/// would reach.
struct NeighboursTable: Table {
  let id = "neighbours"
  let placement = Placement.audit
  let rank = 20

  /// One row for the nearest of all training rows, one for the nearest of other people; nothing
  /// where nobody has looked.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard let audit = task.results.audit, audit.nearest.count > 0 else { return nil }
    let classes = task.data.classes
    let rows = [
      row("any", audit.nearest, classes.count),
      audit.nearestOfOthers.flatMap {
        $0.count > 0 ? row("of another person", $0, classes.count) : nil
      },
    ]
    return Document.Table(
      id: name(for: task),
      caption: """
        Classifying by the nearest training row, \(task.testWords); of equally near rows the first. \
        Se: sensitivity, by class.
        """,
      columns: [
        .init("Training row", .text), .init("Test rows"), .init("Median distance"),
        .init("Accuracy, %"), .init("Macro-F1, %"),
      ] + classes.map { .init($0.symbol, group: "Se, %") },
      rows: rows.compactMap(\.self))
  }

  private func row(
    _ name: String, _ facts: NeighbourFacts, _ classCount: Int
  ) -> Document.Table.Row {
    let answers = ConfusionMatrix(classCount: classCount, counts: facts.confusion)
    let shares =
      [answers.accuracy, answers.macroF1()] + (0..<classCount).map { answers.sensitivity($0) }
    return .init(
      [
        .text(Prose(name)), .count(facts.count),
        .number(
          Number(facts.medianDistance.map(Double.init), digits: 3), otherwise: "there are no rows"),
      ] + shares.map { .number(.percent($0.value), otherwise: Reason.absentClass) })
  }
}
