internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// A line of a forest plot: a variant, a published model, or both where they are the same network.
struct ForestRow {
  /// What a line shows.
  enum Kind {
    case publishedRecipe
    case otherRecipe
    case ensemble
    case publishedOnly
  }

  let name: String
  /// `nil` for a model that only others have.
  let variant: EvaluatedVariant?
  let published: [PublishedResult]

  var kind: Kind {
    guard let variant else { return .publishedOnly }
    if variant.isEnsemble { return .ensemble }
    return variant.recipeName.isPublished ? .publishedRecipe : .otherRecipe
  }

  /// Whether a rule sets the line apart from the one above.
  func isApart(from above: ForestRow) -> Bool {
    let isGroup = { (kind: Kind) in kind == .ensemble || kind == .publishedOnly }
    return kind != above.kind && (isGroup(kind) || isGroup(above.kind))
  }

  /// The networks in study order, then the ensembles, then what else was published on the task;
  /// data that was generated has no published results, and only the published recipe of a variant
  /// stands beside them.
  static func rows(of task: EvaluatedTask) -> [ForestRow] {
    let published =
      task.data.source == .synthetic
      ? [] : PublishedResult.all.filter { $0.task == task.data.id && $0.isComparable }
    let own = (task.networks + task.ensembles).map { variant in
      ForestRow(
        name: task.title(of: variant), variant: variant,
        published: published.filter {
          variant.recipeName.isPublished && $0.model == variant.facts.id
        })
    }
    let others = published.filter { result in !own.contains { $0.published.contains(result) } }
    return own
      + others.map { ForestRow(name: "\($0.model), \($0.source)", variant: nil, published: [$0]) }
  }
}

/// A score of all rows of a forest plot, in their order.
struct ForestColumn {
  let score: Score
  let title: String
  let rows: [ForestRow]
  /// That of the row's variant; `nil` where there is none, or its mean is undefined.
  let estimates: [ScoreEstimate?]

  init(_ score: Score, _ rows: [ForestRow], of task: EvaluatedTask) {
    self.score = score
    self.rows = rows
    title = task.title(of: score)
    estimates = rows.map { row in
      row.variant.map { task.estimate(score, of: $0) }.flatMap { $0.mean == nil ? nil : $0 }
    }
  }

  /// Everything that is drawn.
  var values: [Double] {
    estimates.compactMap(\.self).flatMap {
      [$0.mean, $0.interval?.low, $0.interval?.high].compactMap(\.self)
    } + rows.flatMap(\.published).compactMap(score.published)
  }

  /// A scale over everything that is drawn, with room for half a mark at both ends.
  var scale: LinearScale { LinearScale(covering: values, ticks: 4).padded(by: 0.04) }

  /// The rows of the plot's table.
  var entries: [ForestEntry] {
    zip(rows, estimates).flatMap { row, estimate in
      let own = estimate.map {
        ForestEntry(
          score: title, model: row.name, source: "this run", value: $0.mean,
          low: $0.interval?.low, high: $0.interval?.high)
      }
      let others = row.published.compactMap { result in
        score.published(result).map {
          ForestEntry(
            score: title, model: result.model, source: result.source, value: $0, low: nil,
            high: nil)
        }
      }
      return [own].compactMap(\.self) + others
    }
  }
}

/// A line of a forest plot's table.
struct ForestEntry {
  let score: String
  let model: String
  let source: String
  let value: Double?
  let low: Double?
  let high: Double?
}
