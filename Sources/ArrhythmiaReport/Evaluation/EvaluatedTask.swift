public import Datasets
public import Experiments
public import Statistics

/// The results of one task with their metrics.
public struct EvaluatedTask: Sendable {
  /// The results.
  public let results: TaskResults
  /// The variants, in study order, each recipe on its own.
  public let variants: [EvaluatedVariant]
  /// What was trained with a share of the training rows only, in study order.
  public let partialVariants: [EvaluatedVariant]
  /// A constant answer: the most frequent class of the training rows; `nil` without rows.
  public let majority: ClassificationMetrics?
  /// Whether published results may stand beside these.
  public let isComparableWithPublished: Bool
  /// How the test rows are drawn for every interval and band of the task.
  let bootstrap: TaskBootstrap
  let knownLeads = Memo<Metric, [VariantComparison]>()
  let knownDifferences = Memo<Metric, [VariantComparison]>()
  private let knownCalibrations: Lazy<[CalibratedVariant]>
  private let knownReportedClasses: Lazy<[ReportedClassesScore]>

  init(
    _ results: TaskResults, of study: StudyResults, draws: BootstrapDraws, workers: Int
  ) throws(ReportError) {
    let data = results.data
    if data.isWronglyCalledInterPatient {
      let count = data.sharedSubjectCount.map(String.init) ?? "nobody knows how many"
      throw .inconsistentData(
        task: data.id,
        problem: "it is called \"\(data.protocolLabel)\", but \(count) people stand on both sides")
    }
    let stored = results.cells + results.partialCells
    let bootstrap = try TaskBootstrap(of: data, draws: draws, workers: workers)
    self.bootstrap = bootstrap
    var cells: [EvaluatedCell] = []
    for cell in stored.concurrentMap({ cell in
      Result { () throws(ReportError) in
        try EvaluatedCell(cell, of: data, first: stored[0], bootstrap)
      }
    }) {
      cells.append(try cell.get())
    }
    let drawn = cells.map(\.drawn)
    let replicates = Lazy { bootstrap.replicates(of: drawn) }
    let contributions = bootstrap.contributions(of: drawn)
    self.results = results
    isComparableWithPublished = data.hasPublishedSplit && !study.isDemonstration
    majority = try Self.majority(of: data)
    let groups = Self.groups(of: stored).map { group in
      let first = stored[group[0]]
      return EvaluatedVariant(
        facts: first.variant, recipe: first.recipe, trainingShare: first.trainingShare,
        cells: group.map { cells[$0] },
        draws: Lazy {
          BootstrapReplicates.mean(
            ofSeeds: group.map { replicates.wrapped[$0] },
            architecture: EvaluatedVariant.architecture(of: first))
        },
        contributions: UnitContributions.mean(group.map { contributions[$0] }),
        bootstrap: bootstrap)
    }
    let variants = groups.filter { $0.trainingShare == 1 }
    self.variants = variants
    knownCalibrations = Lazy { CalibratedVariant.all(variants) }
    knownReportedClasses = Lazy { Self.reportedClassesScores(of: variants, bootstrap) }
    partialVariants = groups.filter { $0.trainingShare < 1 }
  }

  /// The variants, in study order, beside themselves at temperatures fitted on validation rows.
  var calibrations: [CalibratedVariant] { knownCalibrations.wrapped }

  /// The mean F1 of N, S, V and F of each variant, in study order; none where the classes are others.
  var reportedClassesScores: [ReportedClassesScore] {
    hasBeatClasses ? knownReportedClasses.wrapped : []
  }

  /// Stable name of the task.
  public var id: String { results.data.id }
  /// What the rows are.
  public var data: DatasetSummary { results.data }
  /// Whether the rows were generated.
  public var isSynthetic: Bool { data.source == .synthetic }
  /// Whether there are two classes only, of which the second counts as positive.
  public var isBinary: Bool { data.classes.count == 2 }

  /// The variant that others are compared with: the baseline under its published recipe, or under
  /// the first there is.
  public var baseline: EvaluatedVariant? {
    let all = variants.filter { $0.facts.id == "baseline" }
    return all.first { $0.recipeName.isPublished } ?? all.first
  }

  /// The people behind each class of the test rows; `nil` where they are not known.
  var classSubjects: [ClassSubjects]? {
    (variants + partialVariants).first.flatMap { bootstrap.subjects(of: $0.cells[0].predictions) }
  }

  /// The trained networks, without the ensembles that join them.
  var networks: [EvaluatedVariant] { variants.filter { !$0.isEnsemble } }

  /// The ensembles, in study order.
  var ensembles: [EvaluatedVariant] { variants.filter(\.isEnsemble) }

  /// The variant with the best mean; the first of several.
  public func best(by metric: Metric) -> EvaluatedVariant? {
    variants.reduce(nil) { best, variant in
      guard let value = variant.mean(of: metric) else { return best }
      guard let highest = best?.mean(of: metric), highest >= value else { return variant }
      return best
    }
  }

  /// The variants that are best or not shown to be worse, in study order; none where no mean is
  /// defined, and none where no difference to the best has an interval, so that nothing is shown.
  func notShownWorse(by metric: Metric) -> [EvaluatedVariant] {
    guard let best = best(by: metric) else { return [] }
    let leads = leads(by: metric)
    guard leads.isEmpty || leads.contains(where: { $0.comparison?.interval != nil }) else {
      return []
    }
    let close = leads.filter { $0.comparison?.verdict == .notShown }.map(\.variant)
    return variants.filter { variant in
      variant.isSame(as: best) || close.contains { $0.isSame(as: variant) }
    }
  }

  /// The cells of each variant under one recipe on as many rows, by their index, in study order.
  private static func groups(of cells: [CellResult]) -> [[Int]] {
    cells.indices.reduce(into: []) { groups, index in
      let place = groups.firstIndex { group in
        let first = cells[group[0]]
        return first.variant.id == cells[index].variant.id && first.recipe == cells[index].recipe
          && first.trainingShare == cells[index].trainingShare
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
