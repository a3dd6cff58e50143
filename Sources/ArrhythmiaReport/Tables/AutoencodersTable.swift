import Datasets
import Documents
import Experiments

/// How well autoencoders give test rows back.
struct AutoencodersTable: Table {
  let id = "autoencoders"
  let placement = Placement.reconstruction
  let rank = 10

  /// One row a training; nothing without an autoencoder.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let results = task.results.reconstructions
    guard !results.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Reconstruction on \(task.testWords): mean over test rows of each row's mean squared error, \
        in squared units of the rows' range 0…1, over all outputs of the network, those for the \
        padding included; and the same for the rows of each class.
        """,
      columns: [
        .init("Variant", .text), .init("Seed"), .init("Parameters"), .init("Epochs"),
        .init("Kept epoch"), .init("All rows", group: "Mean squared error"),
      ] + task.data.classes.map { .init($0.symbol, group: "Mean squared error") },
      rows: results.map { row(of: $0, in: task) })
  }

  private func row(
    of result: ReconstructionResult, in task: EvaluatedTask
  ) -> Document.Table.Row {
    let errors = result.reconstruction.classErrors
    let byClass = task.data.classes.indices.map { errors.indices.contains($0) ? errors[$0] : nil }
    return .init(
      [
        .text(Prose(task.title(of: result))), .count(result.seed),
        .count(result.variant.parameters), .count(result.history.count), .count(result.bestEpoch),
        .number(
          .squaredError(result.reconstruction.meanSquaredError),
          otherwise: "there are no test rows"),
      ] + byClass.map { .number(.squaredError($0), otherwise: Reason.absentClass) })
  }
}
