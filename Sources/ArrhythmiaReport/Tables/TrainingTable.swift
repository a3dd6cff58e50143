import Datasets
import Documents
import Experiments

/// How each cell of a task was trained.
struct TrainingTable: Table {
  let id = "training"
  let placement = Placement.methods
  let rank = 10

  /// One row a cell.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Trainings on \(task.data.title). The kept epoch is the one whose weights the predictions \
        come from; rates are those of the first and of the last epoch.
        """,
      columns: [
        .init("Variant", .text), .init("Recipe", .text), .init("Seed"), .init("Epochs"),
        .init("Kept epoch"), .init("First", group: "Learning rate"),
        .init("Last", group: "Learning rate"), .init("Validation accuracy, %"),
      ],
      rows: task.variants.flatMap { variant in
        variant.cells.filter { $0.result.ensemble == nil }.map {
          row(of: $0, title: variant.facts.title)
        }
      })
  }

  private func row(of cell: EvaluatedCell, title: String) -> Document.Table.Row {
    let (result, unrecorded) = (cell.result, "the training recorded no such epoch")
    let kept = result.history.first { $0.epoch == result.bestEpoch }
    return .init([
      .text(Prose(title)), .text(Prose(result.recipe)), .count(result.seed),
      .count(result.history.count), .count(result.bestEpoch),
      .number(Number(result.history.first?.learningRate, digits: 6), otherwise: unrecorded),
      .number(Number(result.history.last?.learningRate, digits: 6), otherwise: unrecorded),
      .number(.percent(kept?.validationAccuracy), otherwise: unrecorded),
    ])
  }
}
