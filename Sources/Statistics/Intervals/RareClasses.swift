extension Resampling {
  /// So many subjects have to have a class for intervals of its metrics. Of fewer a draw takes the
  /// same few again and again, and the intervals hold the true value far less often than they say
  /// (docs/statistics.md).
  public static let fewestHolders = 5

  /// The draws of a model without those of classes that too few subjects have: their metrics are not
  /// defined in any. Where rows are drawn, nothing is left out.
  func withoutRareClasses(
    _ replicates: BootstrapReplicates, of model: Predictions
  ) -> BootstrapReplicates {
    let rare = rareClasses(model)
    guard !rare.isEmpty else { return replicates }
    var values = replicates.values
    for (column, metric) in replicates.metrics.enumerated() {
      // What a class is not needs no beats of it.
      guard case .perClass(let kind, let index) = metric, kind != .specificity,
        rare.contains(index)
      else { continue }
      for draw in 0..<replicates.drawCount {
        values[column * replicates.drawCount + draw] = .nan
      }
    }
    return BootstrapReplicates(
      metrics: replicates.metrics, drawCount: replicates.drawCount, values: values)
  }

  private func rareClasses(_ model: Predictions) -> [Int] {
    guard let units else { return [] }
    var holders = [Set<Int>](repeating: [], count: model.classCount)
    for (label, unit) in zip(model.labels, units) { holders[label].insert(unit) }
    return holders.indices.filter { holders[$0].count < Self.fewestHolders }
  }
}
