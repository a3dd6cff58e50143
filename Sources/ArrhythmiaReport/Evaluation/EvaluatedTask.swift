public import Datasets
public import Experiments
public import Statistics

/// The results of one task with their metrics.
public struct EvaluatedTask: Sendable {
  /// The results.
  public let results: TaskResults
  /// The variants, in study order.
  public let variants: [EvaluatedVariant]
  /// A constant answer: the most frequent class of the training rows; `nil` without rows.
  public let majority: ClassificationMetrics?
  /// Whether published results may stand beside these.
  public let isComparableWithPublished: Bool
  /// How the test rows are drawn for every interval and band of the task.
  let bootstrap: TaskBootstrap

  init(
    _ results: TaskResults, of study: StudyResults, draws: BootstrapDraws, workers: Int
  ) throws(ReportError) {
    let data = results.data
    var cells: [EvaluatedCell] = []
    for cell in results.cells {
      cells.append(try EvaluatedCell(cell, of: data, first: results.cells[0]))
    }
    bootstrap = try TaskBootstrap(of: data, draws: draws, workers: workers)
    let replicates = bootstrap.replicates(of: cells.map(\.predictions))
    self.results = results
    isComparableWithPublished = data.source != .synthetic && !study.isDemonstration
    majority = try Self.majority(of: data)
    variants = Self.groups(of: results.cells).map { group in
      let first = results.cells[group[0]]
      return EvaluatedVariant(
        facts: first.variant, recipe: first.recipe, cells: group.map { cells[$0] },
        replicates: BootstrapReplicates.mean(group.map { replicates[$0] }))
    }
  }

  /// Stable name of the task.
  public var id: String { results.data.id }
  /// What the rows are.
  public var data: DatasetSummary { results.data }
  /// Whether the rows were generated.
  public var isSynthetic: Bool { data.source == .synthetic }
  /// Whether there are two classes only, of which the second counts as positive.
  public var isBinary: Bool { data.classes.count == 2 }

  /// The variant that others are compared with.
  public var baseline: EvaluatedVariant? { variants.first { $0.facts.id == "baseline" } }

  /// The variant with the best mean; the first of several.
  public func best(by metric: Metric) -> EvaluatedVariant? {
    variants.reduce(nil) { best, variant in
      guard let value = variant.estimate(of: metric).mean else { return best }
      guard let highest = best?.estimate(of: metric).mean, highest >= value else { return variant }
      return best
    }
  }

  /// The variants that are best or not shown to be worse, in study order; none where no mean is
  /// defined. Where a difference has no interval, nothing is shown: the best stands alone.
  func notShownWorse(by metric: Metric) -> [EvaluatedVariant] {
    guard let best = best(by: metric) else { return [] }
    return variants.filter { variant in
      guard !variant.isSame(as: best) else { return true }
      guard let comparison = Comparison(best, variant, by: metric) else { return false }
      return comparison.verdict == .notShown
    }
  }

  /// The cells of each variant under one recipe, by their index, in study order.
  private static func groups(of cells: [CellResult]) -> [[Int]] {
    cells.indices.reduce(into: []) { groups, index in
      let place = groups.firstIndex { group in
        let first = cells[group[0]]
        return first.variant.id == cells[index].variant.id && first.recipe == cells[index].recipe
      }
      if let place { groups[place].append(index) } else { groups.append([index]) }
    }
  }

  /// The metrics of a constant answer on rows with the counts of the test part.
  private static func majority(
    of data: DatasetSummary
  ) throws(ReportError) -> ClassificationMetrics? {
    let most = data.beats.indices.max { left, right in
      (data.beats[left].trainCount, right) < (data.beats[right].trainCount, left)
    }
    guard let most, data.testCount > 0 else { return nil }
    let labels = data.beats.indices.flatMap {
      Array(repeating: $0, count: data.beats[$0].testCount)
    }
    let answer = data.classes.indices.map { $0 == most ? 1.0 : 0.0 }
    do throws(StatisticsError) {
      return try ClassificationMetrics(
        labels: labels, probabilities: labels.flatMap { _ in answer },
        classCount: data.classes.count)
    } catch {
      throw .inconsistentData(task: data.id, problem: error.fact)
    }
  }
}
