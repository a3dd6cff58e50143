import Datasets
import Documents
import Experiments

/// The classes of a task with their rows.
struct DataTable: Table {
  let id = "data"
  let placement = Placement.data
  let rank = 10

  /// One row a class, then their sum.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let data = task.data
    let rows = zip(data.classes, data.beats).map { label, beats in
      row(label.symbol, label.name, beats.trainCount, beats.testCount, of: data.testCount)
    }
    let sum = row(
      "all", "", data.trainCount, data.testCount, of: data.testCount, isSetApart: true)
    let subjects: Prose = data.subjectCount.map { "\($0)" } ?? "not named by the source"
    return Document.Table(
      id: name(for: task),
      caption: "Rows of \(data.title) by class, \(task.splitWords).",
      columns: [
        .init("Class", .text), .init("Name", .text), .init("Training rows"), .init("Test rows"),
        .init("Share of test, %"),
      ],
      rows: rows + [sum],
      notes: (data.foldCount.map { [Self.folds($0)] } ?? []) + [
        "Subjects: \(subjects).",
        "Fingerprint (SHA-256 over rows, labels and split): \(.code(data.fingerprint)).",
      ])
  }

  /// What the counts of several folds mean.
  private static func folds(_ count: Int) -> Prose {
    "Each row is tested in one of \(count) folds, and a training row in the others."
  }

  private func row(
    _ symbol: String, _ name: String, _ train: Int, _ test: Int, of total: Int,
    isSetApart: Bool = false
  ) -> Document.Table.Row {
    .init(
      [
        .text(Prose(symbol)), .text(Prose(name)), .count(train), .count(test),
        .number(
          .percent(total > 0 ? Double(test) / Double(total) : nil),
          otherwise: "there are no test rows"),
      ], isSetApart: isSetApart)
  }
}
