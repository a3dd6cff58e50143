import Datasets
import Documents
import Experiments

/// What the rows are, and where they come from.
struct DataSection: Section {
  let id: Identifier = "data"
  let rank = 20

  /// One part a task.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    .init(
      id: id, title: "Data",
      blocks: [
        .paragraph(
          """
          A row is one beat: up to \(Dataset.rowLength) samples, scaled to 0…1 and padded with \
          zeros at the end.
          """)
      ] + study.figureBlocks(in: .data, task: nil),
      subsections: study.tasks.map { task in
        .init(
          id: Identifier("data-\(task.id)"), title: task.heading,
          blocks: [.paragraph(Self.origin(of: task))] + task.data.provenanceBlocks
            + task.tableBlocks(in: .data)
            + study.figureBlocks(in: .data, task: task.id))
      })
  }

  private static func origin(of task: EvaluatedTask) -> Prose {
    let data = task.data
    let subjects: Prose =
      data.subjectCount.map { "from \($0.counted("subject"))" }
      ?? "of subjects that the source does not name"
    return """
      The rows are \(data.source.words), \(subjects); \
      \(task.splitWords). \(parts(of: data)) The sampling rate of a row is \(Number(data.rowSamplingRate, digits: 0)) Hz.
      """
  }

  private static func parts(of data: DatasetSummary) -> Prose {
    guard let folds = data.foldCount else {
      return """
        \(data.trainCount) rows are for training and validation, \(data.testCount) for the test.
        """
    }
    return """
      Each of the \(data.testCount) rows is tested once, in one of \(folds) folds, and is for \
      training or validation in the others.
      """
  }
}
