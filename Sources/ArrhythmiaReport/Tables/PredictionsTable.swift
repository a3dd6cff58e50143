import Datasets
import Documents
import Experiments

/// What leads from a task's numbers back to the predictions that made them.
struct PredictionsTable: Table {
  let id = "predictions"
  let placement = Placement.reproducibility
  let rank = 10

  /// One row a cell.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: "Cells of \(task.data.title): their keys, and SHA-256 of their predictions.",
      columns: [
        .init("Variant", .text), .init("Seed"), .init("Cell", .paragraph),
        .init("Predictions", .paragraph),
      ],
      rows: task.variants.flatMap { variant in
        variant.cells.map { cell in
          .init([
            .text(Prose(task.title(of: variant))), .count(cell.result.seed),
            .code(cell.result.key), .code(cell.result.predictionsHash),
          ])
        }
      })
  }
}
