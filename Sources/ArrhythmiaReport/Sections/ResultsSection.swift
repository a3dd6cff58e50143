import Datasets
import Documents
import Experiments

/// What came out, task by task.
struct ResultsSection: Section {
  let id: Identifier = "results"
  let rank = 32

  /// One part a task, with its tables and figures.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    .init(
      id: id, title: "Results", blocks: study.figureBlocks(in: .results, task: nil),
      subsections: study.tasks.map { task in
        let tables = task.tableBlocks(in: .results)
        return .init(
          id: Identifier("results-\(task.id)"), title: task.heading,
          blocks: (tables.isEmpty ? [.paragraph("No training has finished.")] : tables)
            + study.figureBlocks(in: .results, task: task.id))
      })
  }
}
