internal import CKernels
import Dispatch

/// A curve on a fixed grid with its pointwise bootstrap band.
public struct CurveBand: Sendable, Equatable {
  /// Which curve.
  public enum Kind: Sendable {
    /// Sensitivity at each false positive rate, interpolated linearly.
    case roc
    /// Precision at each recall, as steps.
    case precisionRecall
  }

  /// False positive rates or recalls, ascending from 0 to 1.
  public let grid: [Double]
  /// The curve of all rows.
  public let center: [Double]
  /// Lower end of the band.
  public let low: [Double]
  /// Upper end of the band.
  public let high: [Double]
  /// The share of replicates between the ends, at each point of the grid.
  public let level: Double
  /// Draws in which the curve was undefined and which are left out.
  public let undefinedDraws: Int

  /// `points` numbers from 0 to 1, evenly.
  public static func grid(points: Int = 101) -> [Double] {
    (0..<points).map { Double($0) / Double(max(1, points - 1)) }
  }
}

/// One ranking that a mean curve is made of.
public struct CurveMember: Sendable, Hashable {
  /// Index of the model.
  public let model: Int
  /// The class that counts as positive.
  public let classIndex: Int

  /// The curve of a class as a model ranks it.
  public init(model: Int, classIndex: Int) {
    self.model = model
    self.classIndex = classIndex
  }
}

extension CurveBand.Kind {
  /// The mean curve of some models, for example the seeds of one architecture, and some classes;
  /// not a number where one of them is undefined.
  ///
  /// - Precondition: The classes exist.
  public func mean(of models: [Predictions], classes: [Int], grid: [Double]) -> [Double] {
    let curves = models.flatMap { model in
      let whole = DrawBlock([[UInt16](repeating: 1, count: model.unitCount)])
      return classes.map { values(of: model.rankings[$0], whole, at: grid)[0] }
    }
    return Self.mean(curves, count: grid.count)
  }

  /// The values of one curve on a grid, for each weighting of a block.
  fileprivate func values(
    of ranking: ClassRanking, _ block: DrawBlock, at grid: [Double]
  ) -> [[Double]] {
    switch self {
    case .roc: ranking.truePositiveRates(block, at: grid)
    case .precisionRecall: ranking.precisions(block, at: grid)
    }
  }

  fileprivate static func mean(_ curves: [[Double]], count: Int) -> [Double] {
    guard !curves.isEmpty else { return [Double](repeating: .nan, count: count) }
    var sum = [Double](repeating: 0, count: count)
    for curve in curves {
      for index in sum.indices { sum[index] += curve[index] }
    }
    return sum.map { $0 / Double(curves.count) }
  }
}

extension Resampling {
  /// The mean curve of some models and some classes, with its band; `nil` where the curve is
  /// undefined for all rows or for more than one draw in twenty, or is of one class that too few
  /// subjects have, ``ClassSubjects/fewest``.
  ///
  /// - Parameters:
  ///   - models: For example the seeds of one architecture.
  ///   - classes: One class, or all of them for the macro average.
  ///   - grid: Ascending from 0 to 1.
  /// - Precondition: Models have as many rows as the resampling, and the classes exist.
  public func band(
    _ kind: CurveBand.Kind, of models: [Predictions], classes: [Int],
    grid: [Double] = CurveBand.grid(), draws: Int, level: Double = 0.95, workers: Int
  ) -> CurveBand? {
    let members = models.indices.flatMap { model in
      classes.map { CurveMember(model: model, classIndex: $0) }
    }
    return bands(
      kind, of: models, series: [members], grid: grid, draws: draws, level: level,
      workers: workers)[0]
  }

  /// Mean curves with their bands from the same draws: the curve of a member is read once a draw,
  /// however many series it belongs to.
  ///
  /// - Parameters:
  ///   - series: The members of each mean curve.
  ///   - grid: Ascending from 0 to 1.
  /// - Returns: A band for each series, `nil` where ``band(_:of:classes:grid:draws:level:workers:)``
  ///   has none.
  /// - Precondition: Models have as many rows as the resampling, and models and classes exist.
  public func bands(
    _ kind: CurveBand.Kind, of models: [Predictions], series: [[CurveMember]],
    grid: [Double] = CurveBand.grid(), draws: Int, level: Double = 0.95, workers: Int
  ) -> [CurveBand?] {
    let models = models.map(prepared)
    var places: [CurveMember: Int] = [:]
    var rankings: [ClassRanking] = []
    for member in series.joined() where places[member] == nil {
      places[member] = rankings.count
      rankings.append(models[member.model].rankings[member.classIndex])
    }
    let members = series.map { $0.compactMap { places[$0] } }
    let distinct = rankings
    let read = { @Sendable (block: DrawBlock) -> [[Double]] in
      let curves = distinct.map { kind.values(of: $0, block, at: grid) }
      return block.draws.indices.map { lane in
        members.flatMap { CurveBand.Kind.mean($0.map { curves[$0][lane] }, count: grid.count) }
      }
    }
    let center = read(DrawBlock([[UInt16](repeating: 1, count: unitCount)]))[0]
    let replicates = evaluate(
      weightings: draws, workers: workers, width: [grid.count * series.count],
      { unitWeights(draw: $0) }
    ) { block, _ in read(block) }[0]
    let holders = models.first.map { classHolders(of: $0) }
    return series.indices.map { index in
      guard holders?.areTooFew(for: series[index]) != true else { return nil }
      let columns = index * grid.count..<(index + 1) * grid.count
      return CurveBand(
        grid: grid, center: Array(center[columns]),
        columns: columns.map { replicates[$0 * draws..<($0 + 1) * draws] }, level: level)
    }
  }
}

extension CurveBand {
  /// The band between the draws of each point of a grid.
  fileprivate init?(
    grid: [Double], center: [Double], columns: [ArraySlice<Double>], level: Double
  ) {
    let draws = columns.first?.count ?? 0
    var columns = columns.map { $0.filter { !$0.isNaN } }
    let defined = columns.first?.count ?? 0
    guard defined > 0, (draws - defined) * 20 <= draws, !center.contains(where: \.isNaN) else {
      return nil
    }
    self.grid = grid
    self.center = center
    low = columns.indices.map { columns[$0].quantile((1 - level) / 2) }
    high = columns.indices.map { columns[$0].quantile((1 + level) / 2) }
    self.level = level
    undefinedDraws = draws - defined
  }
}

extension ClassRanking {
  /// Sensitivity at each false positive rate of an ascending grid, by linear interpolation; where
  /// the curve rises straight up, its upper end. Not a number where a kind of row is missing.
  func truePositiveRates(_ block: DrawBlock, at grid: [Double]) -> [[Double]] {
    let totals = totals(block)
    let crossings = crossings(block, of: .negative, totals) { negatives in
      grid.map { rate in
        Self.smallestCount(near: rate * negatives) { rate < Double($0) / negatives }
      }
    }
    return totals.indices.map { lane in
      let (positives, negatives) = (totals[lane].positives, totals[lane].negatives)
      guard positives > 0, negatives > 0 else { return grid.map { _ in .nan } }
      return zip(grid, crossings[lane]).map { rate, crossing in
        guard let crossing else { return 1 }
        let left = (
          x: crossing.negativesBefore / negatives, y: crossing.positivesBefore / positives
        )
        let right = (x: crossing.negatives / negatives, y: crossing.positives / positives)
        return left.y + (rate - left.x) / (right.x - left.x) * (right.y - left.y)
      }
    }
  }

  /// Precision at each recall of an ascending grid: that of the highest threshold which reaches the
  /// recall. Not a number where no row is positive.
  func precisions(_ block: DrawBlock, at grid: [Double]) -> [[Double]] {
    let totals = totals(block)
    let crossings = crossings(block, of: .positive, totals) { positives in
      grid.map { recall in
        Self.smallestCount(near: recall * positives) { recall <= Double($0) / positives }
      }
    }
    return crossings.map { points in
      points.map { $0.map { $0.positives / ($0.positives + $0.negatives) } ?? .nan }
    }
  }

  /// The smallest count above 0 for which a condition holds that holds for all larger ones too.
  ///
  /// Counts are compared in place of quotients: a division at every row would take most of the time.
  private static func smallestCount(near guess: Double, _ holds: (Int32) -> Bool) -> Int32 {
    var count = max(1, Int32(guess))
    while count > 1, holds(count - 1) { count -= 1 }
    while !holds(count) { count += 1 }
    return count
  }

  /// Rows of which kind are counted.
  private enum Kind: Int32 {
    case negative
    case positive
  }

  /// Where a curve goes past a number of rows: the rows at and above the score there, and at and
  /// above the one before it.
  private struct Crossing {
    let positives: Double
    let negatives: Double
    let positivesBefore: Double
    let negativesBefore: Double

    /// `nil` where nothing was written.
    init?(_ counts: DetectronCrossing) {
      guard counts.rows > 0 else { return nil }
      positives = Double(counts.positives)
      negatives = Double(counts.rows - counts.positives)
      positivesBefore = Double(counts.positives_before)
      negativesBefore = Double(counts.rows_before - counts.positives_before)
    }
  }

  /// Where rows of one kind first reach each of some numbers, for each weighting of a block; none
  /// where there are no such rows.
  ///
  /// - Parameter thresholds: The numbers, ascending, for a weighting with so many rows of the kind.
  private func crossings(
    _ block: DrawBlock, of kind: Kind, _ totals: [(positives: Double, negatives: Double)],
    _ thresholds: (Double) -> [Int32]
  ) -> [[Crossing?]] {
    let wanted = totals.map { thresholds(kind == .positive ? $0.positives : $0.negatives) }
    let count = wanted.first?.count ?? 0
    let unused = [Int32](repeating: .max, count: (DrawBlock.width - wanted.count) * count)
    var found = [DetectronCrossing](repeating: .init(), count: DrawBlock.width * count)
    withRows { rows in
      block.withWeights { weights in
        detectron_ranked_crossings(
          rows.baseAddress, rows.count, weights, kind.rawValue, wanted.joined() + unused, count,
          &found)
      }
    }
    return wanted.indices.map { lane in
      found[lane * count..<(lane + 1) * count].map(Crossing.init)
    }
  }
}
