internal import Datasets
internal import Experiments

/// A line of a forest plot: a variant, a published model, or both where they are the same network.
struct ForestRow {
  let name: String
  /// Index of the variant, `nil` for a model that only others have.
  let variant: Int?
  let published: [PublishedResult]

  /// The variants in study order, then what else was published on the task; data that was
  /// generated has no published results.
  static func rows(_ variants: [VariantResults], of task: TaskResults) -> [ForestRow] {
    let published =
      task.data.source == .synthetic
      ? [] : PublishedResult.all.filter { $0.task == task.data.id && $0.isComparable }
    let own = variants.enumerated().map { index, variant in
      ForestRow(
        name: variant.facts.title, variant: index,
        published: published.filter { $0.model == variant.facts.id })
    }
    let others = published.filter { result in
      !variants.contains { $0.facts.id == result.model }
    }
    return own
      + others.map { ForestRow(name: "\($0.model), \($0.source)", variant: nil, published: [$0]) }
  }
}

/// A score of all variants, in their order.
struct ForestColumn {
  let score: ComparisonScore
  let estimates: [Estimate?]

  /// Everything that is drawn.
  func values(_ rows: [ForestRow]) -> [Double] {
    estimates.compactMap { $0 }.flatMap { [$0.value, $0.low, $0.high] }
      + rows.flatMap(\.published).compactMap(score.published)
  }
}

/// A line of a forest plot's table.
struct ForestEntry {
  let score: String
  let model: String
  let source: String
  let estimate: Estimate
}
