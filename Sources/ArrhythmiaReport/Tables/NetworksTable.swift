import Datasets
import Documents
import Experiments

/// What every variant of a task costs: its size and how long it was trained.
struct NetworksTable: Table {
  let id = "networks"
  let placement = Placement.networks
  let rank = 10

  /// One row a variant and recipe, ensembles and autoencoders too.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let costs = task.networkCosts
    guard !costs.isEmpty else { return nil }
    let hasPublished = costs.contains { $0.published != nil }
    let ensembles = task.ensembles.isEmpty ? "" : " Ensembles: the sum over their members."
    let published =
      hasPublished ? " Published parameters: those of the same variant in the repeated study." : ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Cost of the networks on \(task.data.title), for rows of \(Dataset.rowLength) samples and \
        \(task.data.classes.count) classes. Epochs: means over the seeds.\(ensembles)\(published)
        """,
      columns: [.init("Variant", .text), .init("Parameters")]
        + (hasPublished ? [.init("Published parameters")] : [])
        + [.init("Multiply-adds a row"), .init("Epochs")],
      rows: costs.map { cost in
        .init(
          [.text(Prose(cost.title)), Self.count(cost.parameters)]
            + (hasPublished ? [cost.published.map(Document.Table.Cell.count) ?? .empty] : [])
            + [
              Self.count(cost.multiplyAdds),
              .number(
                Number(cost.epochs, digits: 1), otherwise: "the epochs of a member are not known"),
            ])
      }, notes: notes(for: task))
  }

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

/// What a network costs, averaged over its seeds.
struct NetworkCost {
  let title: String
  let parameters: Double
  let multiplyAdds: Double
  /// Parameters of the published network.
  let published: Int?
  /// `nil` where the epochs of an ensemble's member are not known.
  let epochs: Double?
}

extension EvaluatedTask {
  /// The cost of every variant under every recipe, then that of the autoencoders.
  var networkCosts: [NetworkCost] {
    let own = variants.filter { !$0.isForeign }.map { variant in
      NetworkCost(
        title: title(of: variant),
        parameters: Self.mean(variant.cells.map { Double($0.result.variant.parameters) }),
        multiplyAdds: Self.mean(variant.cells.map { Double($0.result.variant.multiplyAdds) }),
        published: variant.isEnsemble ? nil : publishedParameters(of: variant.facts.id),
        epochs: ScoreEstimate(variant.cells.map { epochs(of: $0.result) }).mean)
    }
    let titles = results.reconstructions.map { title(of: $0) }
    let autoencoders = titles.indices.filter { !titles[..<$0].contains(titles[$0]) }.map { index in
      let facts = results.reconstructions[index].variant
      let trainings = results.reconstructions.filter { title(of: $0) == titles[index] }
      return NetworkCost(
        title: titles[index], parameters: Double(facts.parameters),
        multiplyAdds: Double(facts.multiplyAdds), published: nil,
        epochs: Self.mean(trainings.map { Double($0.history.count) }))
    }
    return own + autoencoders
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// Epochs of a training, or of all members of an ensemble with the same seed.
  private func epochs(of cell: CellResult) -> Double? {
    guard let ensemble = cell.ensemble else { return Double(cell.history.count) }
    let members = ensemble.members.map { name in
      network(ofMember: name)?.cells.first { $0.result.seed == cell.seed }
        .map { Double($0.result.history.count) }
    }
    let known = members.compactMap(\.self)
    return known.count == members.count ? known.reduce(0, +) : nil
  }
}
