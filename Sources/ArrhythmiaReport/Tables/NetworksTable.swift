import Datasets
import Documents
import Experiments

/// What every variant of a task costs: its size and how long it was trained.
struct NetworksTable: Table {
  let id = "networks"
  let placement = Placement.cost
  let rank = 10

  /// One row a variant and recipe, ensembles and autoencoders too.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let costs = task.networkCosts
    guard !costs.isEmpty else { return nil }
    let hasPublished = costs.contains { $0.published != nil }
    let ensembles = task.ensembles.isEmpty ? "" : " Ensembles: the sum over their members."
    let folds =
      task.data.foldCount == nil
      ? "" : " Of folds one is counted, for epochs and members the first."
    let published =
      hasPublished ? " Published parameters: those of the same variant in the repeated study." : ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Cost of the networks on \(task.data.title), for rows of \(Dataset.rowLength) samples and \
        \(task.data.classes.count) classes. Epochs: means over the seeds. Training: multiply-adds \
        of the forward passes over \(task.learntRows(share: 1, validation: task.validationCount)) rows in all epochs, in 10⁹ (the \
        backward passes take about twice as many more); weights that a training began with are not \
        counted.\(folds)\(ensembles)\(published)
        """,
      columns: [.init("Variant", .text), .init("Parameters")]
        + (hasPublished ? [.init("Published parameters")] : [])
        + [.init("Multiply-adds a row"), .init("Epochs"), .init("Training, 10⁹")],
      rows: costs.map { cost in
        .init(
          [.text(Prose(cost.title)), Self.count(cost.parameters)]
            + (hasPublished ? [cost.published.map(Document.Table.Cell.count) ?? .empty] : [])
            + [
              Self.count(cost.multiplyAdds),
              .number(Number(cost.epochs, digits: 1), otherwise: Self.unknown),
              .number(Number(cost.training.map { $0 / 1e9 }, digits: 1), otherwise: Self.unknown),
            ])
      }, notes: notes(for: task))
  }

  private static let unknown = "the epochs of a member are not known"

  private static func count(_ mean: Double) -> Document.Table.Cell {
    .number(Number(mean, digits: 0), otherwise: "the network has no size")
  }

  /// Why a count differs from the published one.
  private func notes(for task: EvaluatedTask) -> [Prose] {
    let variant = task.networks.first { $0.facts.id == "vanilla-cnn" }
    guard let variant, let count = task.publishedParameters(of: variant.facts.id) else { return [] }
    return [
      """
      The published \(variant.facts.title) pools along the channels by mistake, which gives it \
      \(count) parameters; here it pools along time, which gives \(variant.facts.parameters).
      """
    ]
  }
}
