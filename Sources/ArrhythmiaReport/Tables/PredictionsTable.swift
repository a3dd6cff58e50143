import Datasets
import Documents
import Experiments

/// What leads from a task's numbers back to the predictions that made them.
struct PredictionsTable: Table {
  let id = "predictions"
  let placement = Placement.reproducibility
  let rank = 10

  /// One row a cell; autoencoders predict no class.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let variants = task.variants + task.partialVariants
    let autoencoders = task.results.reconstructions
    guard !variants.isEmpty || !autoencoders.isEmpty else { return nil }
    let rows = variants.flatMap { variant in
      variant.cells.map { cell in
        row(
          title(of: variant, in: task), cell.result.seed, cell.result.key,
          .code(cell.result.predictionsHash))
      }
    }
    return Document.Table(
      id: name(for: task),
      caption:
        "Cells of \(task.data.title): their keys, and SHA-256 over labels and 16-bit log odds of "
        + "their predictions.",
      columns: [
        .init("Variant", .text), .init("Seed"), .init("Cell", .paragraph),
        .init("Predictions", .paragraph),
      ], rows: rows + autoencoders.map { row(task.title(of: $0), $0.seed, $0.key, .empty) })
  }

  private func title(of variant: EvaluatedVariant, in task: EvaluatedTask) -> String {
    let share = variant.trainingShare
    return task.title(of: variant) + (share < 1 ? ", \(task.percent(share)) of the rows" : "")
  }

  private func row(
    _ title: String, _ seed: Int, _ key: String, _ predictions: Document.Table.Cell
  ) -> Document.Table.Row {
    .init([.text(Prose(title)), .count(seed), .code(key), predictions])
  }
}
