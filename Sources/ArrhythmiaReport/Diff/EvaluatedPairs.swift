import Datasets
import Experiments
import Statistics

/// Trainings of two runs with their answers on the same test rows.
struct EvaluatedPairs {
  /// One variant's results, a cell a seed.
  struct Results {
    let old: [CellResult]
    let new: [CellResult]
  }

  private let pairs: [EvaluatedPair]
  private let data: DatasetSummary

  /// Evaluates pairs of one task.
  ///
  /// - Throws: `ReportError` where answers do not fit the data or each other.
  init(
    _ results: [Results], on data: DatasetSummary, _ options: DiffOptions
  ) throws(ReportError) {
    self.data = data
    var draws = BootstrapDraws()
    draws.intervals = options.draws
    let bootstrap = try TaskBootstrap(of: data, draws: draws, workers: options.workers)
    let stored = results.flatMap { $0.old + $0.new }
    guard let first = stored.first else {
      pairs = []
      return
    }
    var cells: [EvaluatedCell] = []
    for cell in stored.concurrentMap({ cell in
      Result { () throws(ReportError) in try EvaluatedCell(cell, of: data, first: first, bootstrap)
      }
    }) {
      cells.append(try cell.get())
    }
    let metrics = options.scores.map { $0.metric(isBinary: data.classes.count == 2) }
    let contributions = bootstrap.contributions(of: cells.map(\.drawn), metrics: metrics)
    var evaluated: [EvaluatedPair] = []
    for result in results {
      let places = evaluated.reduce(0) { $0 + $1.old.cells.count + $1.new.cells.count }
      func side(_ count: Int, from start: Int) -> EvaluatedPair.Side {
        EvaluatedPair.Side(
          cells: Array(cells[start..<start + count]),
          contributions: Array(contributions[start..<start + count]))
      }
      evaluated.append(
        EvaluatedPair(
          old: side(result.old.count, from: places),
          new: side(result.new.count, from: places + result.old.count), bootstrap: bootstrap))
    }
    pairs = evaluated
  }

  /// What a pair comes to.
  struct Findings: Sendable {
    let scores: [ScoreDiff]
    let rows: ChangedRows?
    let curves: [CurveGap]
  }

  /// The findings of every pair, in their order.
  func findings(_ options: DiffOptions) -> [Findings] {
    // Draws of many models at once share their weights; all at once would not fit into memory.
    pairs.pages(of: 4).flatMap { page -> [Findings] in
      let drawn = page.filter { $0.scope == .models }
      let metrics = options.scores.map { $0.metric(isBinary: data.classes.count == 2) }
      let replicates = drawn.first.map { first in
        first.bootstrap.replicates(
          of: drawn.flatMap { $0.cells.map(\.drawn) }, metrics: metrics)
      }
      var start = 0
      let withDraws = page.map { pair -> (EvaluatedPair, [BootstrapReplicates]) in
        guard pair.scope == .models, let replicates else { return (pair, []) }
        defer { start += pair.cells.count }
        return (pair, Array(replicates[start..<start + pair.cells.count]))
      }
      return withDraws.concurrentMap { pair, replicates in
        Findings(
          scores: pair.scores(options, replicates: replicates),
          rows: options.hasRows ? pair.changedRows(of: data) : nil,
          curves: options.hasCurves ? pair.curves : [])
      }
    }
  }
}

/// The trainings of one variant in two runs.
private struct EvaluatedPair: Sendable {
  struct Side: Sendable {
    let cells: [EvaluatedCell]
    let contributions: [UnitContributions]
  }

  let old: Side
  let new: Side
  let bootstrap: TaskBootstrap

  var cells: [EvaluatedCell] { old.cells + new.cells }

  /// Recipes are spoken of only where the spread between trainings is known.
  var scope: ScoreDiff.Scope {
    min(old.cells.count, new.cells.count) >= BootstrapReplicates.fewestSeeds ? .recipes : .models
  }

  /// - Parameter replicates: The draws of the old cells, then of the new ones; none where the scope
  ///   needs none.
  func scores(_ options: DiffOptions, replicates: [BootstrapReplicates]) -> [ScoreDiff] {
    let (one, other) = (
      variant(new, Array(replicates.dropFirst(old.cells.count)), side: "new"),
      variant(old, Array(replicates.prefix(old.cells.count)), side: "old")
    )
    let classCount = cells[0].predictions.classCount
    let beatwise = BeatwiseTests(
      one, other, classCount: classCount, hasDeLong: options.scores.contains(.auroc))
    return options.scores.map { score in
      let metric = score.metric(isBinary: classCount == 2)
      let means = [other, one].map { ScoreEstimate($0.values(of: metric)).mean }
      return ScoreDiff(
        id: score.rawValue, title: score.title(isBinary: classCount == 2), old: means[0],
        new: means[1],
        basis: means.contains { $0 == nil }
          ? .notComparable(reason: Reason.absentClass)
          : .tested(test(one, other, by: metric, beatwise.test(of: score), options)))
    }
  }

  func changedRows(of data: DatasetSummary) -> ChangedRows {
    ChangedRows(old.cells.map(\.predictions), new.cells.map(\.predictions), of: data)
  }

  /// The curves of every class, of two that of the second; those that the test rows define.
  var curves: [CurveGap] {
    let classCount = cells[0].predictions.classCount
    let classes = classCount == 2 ? [1] : Array(0..<classCount)
    return CurveGap.Kind.allCases.flatMap { kind in
      classes.compactMap {
        CurveGap(kind, of: $0, old.cells.map(\.predictions), new.cells.map(\.predictions))
      }
    }
  }

  private func variant(
    _ side: Side, _ replicates: [BootstrapReplicates], side name: String
  ) -> EvaluatedVariant {
    let first = side.cells[0].result
    return EvaluatedVariant(
      facts: first.variant, recipe: first.recipe, trainingShare: first.trainingShare,
      cells: side.cells,
      draws: Lazy { BootstrapReplicates.mean(ofSeeds: replicates, architecture: name) },
      contributions: UnitContributions.mean(side.contributions), bootstrap: bootstrap)
  }

  private func test(
    _ one: EvaluatedVariant, _ other: EvaluatedVariant, by metric: Metric,
    _ beatwise: (name: String, pValues: [Double])?, _ options: DiffOptions
  ) -> ScoreTest {
    let fixed = Comparison(one, other, by: metric, level: options.level)
    let repeated =
      scope == .recipes
      ? RepeatedTrainingTest(new.contributions, old.contributions, by: metric) : nil
    let interval =
      scope == .recipes
      ? repeated?.interval(level: 1 - options.level)
      : fixed?.interval.map { (low: $0.low, high: $0.high) }
    let pValue = scope == .recipes ? repeated?.pValue : fixed?.pValue
    let values = [one, other].map { $0.values(of: metric).compactMap(\.self) }
    return ScoreTest(
      scope: scope, level: options.level,
      interval: interval.map { ScoreTest.Interval(low: $0.low, high: $0.high) }, pValue: pValue,
      adjustedPValue: pValue, fixedTrainingsPValue: fixed?.pValue, effect: fixed?.effect,
      cliffsDelta: values.allSatisfy { $0.count > 1 }
        ? RankSumTest(values[0], values[1])?.cliffsDelta : nil,
      beatwise: beatwise.map { ScoreTest.Beatwise(name: $0.name, pValues: $0.pValues) })
  }
}
