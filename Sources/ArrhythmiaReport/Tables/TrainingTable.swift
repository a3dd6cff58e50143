import Datasets
import Documents
import Experiments

/// How each training of a task went.
struct TrainingTable: Table {
  let id = "training"
  let placement = Placement.methods
  let rank = 10

  /// One row a training, those with a share of the rows last; ensembles are not trained.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let variants = task.networks.filter { !$0.isForeign } + task.partialVariants
    guard !variants.isEmpty else { return nil }
    let folds =
      task.foldCount > 1
      ? " Of several folds the first one is shown, and the mean of the rows." : ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Trainings on \(task.data.title). The kept epoch is the one whose weights the predictions \
        come from; rates are those of the first and of the last epoch. Rows: those learnt from, and \
        those for validation.\(folds)
        """,
      columns: [
        .init("Variant", .text), .init("Recipe", .text), .init("Training", group: "Rows"),
        .init("Validation", group: "Rows"), .init("Seed"),
        .init("Epochs"), .init("Kept epoch"), .init("First", group: "Learning rate"),
        .init("Last", group: "Learning rate"), .init("Validation accuracy, %"),
      ],
      rows: variants.flatMap { variant in
        variant.cells.map { row(of: $0, variant, in: task) }
      })
  }

  private func row(
    of cell: EvaluatedCell, _ variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Row {
    let (result, unrecorded) = (cell.result, "the training recorded no such epoch")
    let kept = result.history.first { $0.epoch == result.bestEpoch }
    return .init([
      .text(Prose(variant.facts.title)), .text(Prose(result.recipe)),
      .count(task.learntRows(of: variant)),
      task.validationRows(of: result).map(Document.Table.Cell.count) ?? .empty,
      .count(result.seed),
      .count(result.history.count), .count(result.bestEpoch),
      .number(Number(result.history.first?.learningRate, digits: 6), otherwise: unrecorded),
      .number(Number(result.history.last?.learningRate, digits: 6), otherwise: unrecorded),
      .number(.percent(kept?.validationAccuracy), otherwise: unrecorded),
    ])
  }
}
