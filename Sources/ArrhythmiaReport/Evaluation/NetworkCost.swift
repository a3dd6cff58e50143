import Datasets
import Experiments

/// What a network costs, averaged over its seeds.
struct NetworkCost {
  let title: String
  /// `nil` for an autoencoder, which tells no classes apart.
  let variant: EvaluatedVariant?
  let parameters: Double
  /// Of the forward pass, a row.
  let multiplyAdds: Double
  /// Parameters of the published network.
  let published: Int?
  /// `nil` where the epochs of an ensemble's member are not known.
  let epochs: Double?
  /// Multiply-adds of the forward passes over all training rows in all epochs; `nil` likewise.
  let training: Double?
}

extension EvaluatedTask {
  /// The cost of every variant under every recipe, then that of the autoencoders.
  var networkCosts: [NetworkCost] {
    let own = variants.filter { !$0.isForeign }.map { variant in
      let trained = variant.cells.map { trainings(behind: $0.result) }
      return NetworkCost(
        title: title(of: variant), variant: variant,
        parameters: Self.mean(variant.cells.map { Double($0.result.variant.parameters) }),
        multiplyAdds: Self.mean(variant.cells.map { Double($0.result.variant.multiplyAdds) }),
        published: variant.isEnsemble ? nil : publishedParameters(of: variant.facts.id),
        epochs: ScoreEstimate(trained.map { Self.epochs(of: $0) }).mean,
        training: ScoreEstimate(trained.map { work(of: $0) }).mean)
    }
    let titles = results.reconstructions.map { title(of: $0) }
    let autoencoders = titles.indices.filter { !titles[..<$0].contains(titles[$0]) }.map { index in
      let facts = results.reconstructions[index].variant
      let trainings = results.reconstructions.filter { title(of: $0) == titles[index] }
      let epochs = Self.mean(trainings.map { Double($0.history.count) })
      return NetworkCost(
        title: titles[index], variant: nil, parameters: Double(facts.parameters),
        multiplyAdds: Double(facts.multiplyAdds), published: nil, epochs: epochs,
        training: epochs * Double(facts.multiplyAdds)
          * Double(learntRows(share: 1, validation: validationCount)))
    }
    return own + autoencoders
  }

  private static func mean(_ values: [Double]) -> Double {
    values.reduce(0, +) / Double(values.count)
  }

  /// The training itself, or those of all members of an ensemble with the same seed; `nil` where a
  /// member is not known.
  private func trainings(behind cell: CellResult) -> [CellResult]? {
    guard let ensemble = cell.ensemble else { return [cell] }
    let members = ensemble.members.compactMap { name in
      network(ofMember: name)?.cells.first { $0.result.seed == cell.seed }?.result
    }
    return members.count == ensemble.members.count ? members : nil
  }

  private static func epochs(of trainings: [CellResult]?) -> Double? {
    trainings.map { $0.reduce(0) { $0 + Double($1.history.count) } }
  }

  private func work(of trainings: [CellResult]?) -> Double? {
    trainings.map { cells in
      cells.reduce(0) { sum, cell in
        let rows = Double(
          learntRows(share: cell.trainingShare, validation: cell.validationCount))
        return sum + Double(cell.variant.multiplyAdds) * rows * Double(cell.history.count)
      }
    }
  }
}
