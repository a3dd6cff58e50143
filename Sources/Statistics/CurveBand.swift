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

extension Resampling {
  /// The mean curve of some models and some classes, with its band; `nil` where the curve is
  /// undefined for all rows or for more than one draw in twenty.
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
    let rankings = models.flatMap { model in
      precondition(
        model.count == rowCount, "\(model.count) predictions for draws of \(rowCount) rows")
      return classes.map { model.rankings[$0] }
    }
    guard !rankings.isEmpty else { return nil }
    let mean = { @Sendable (weights: [UInt16]) in
      var sum = [Double](repeating: 0, count: grid.count)
      for ranking in rankings {
        let curve =
          kind == .roc
          ? ranking.truePositiveRates(weights, at: grid)
          : ranking.precisions(weights, at: grid)
        for (index, value) in curve.enumerated() {
          sum[index] += value / Double(rankings.count)
        }
      }
      return sum
    }
    let center = mean([UInt16](repeating: 1, count: rowCount))
    let replicates = evaluate(draws: draws, workers: workers, width: [grid.count]) { weights, _ in
      mean(weights)
    }[0]
    let columns = grid.indices.map { column in
      stride(from: column, to: replicates.count, by: grid.count).map { replicates[$0] }
        .filter { !$0.isNaN }.sorted()
    }
    let defined = columns.first?.count ?? 0
    guard defined > 0, (draws - defined) * 20 <= draws, !center.contains(where: \.isNaN) else {
      return nil
    }
    return CurveBand(
      grid: grid, center: center, low: columns.map { $0.quantile((1 - level) / 2) },
      high: columns.map { $0.quantile((1 + level) / 2) }, level: level,
      undefinedDraws: draws - defined)
  }
}

extension ClassRanking {
  /// Sensitivity at each false positive rate of an ascending grid, by linear interpolation; where
  /// the curve rises straight up, its upper end. Not a number where a kind of row is missing.
  func truePositiveRates(_ weights: [UInt16], at grid: [Double]) -> [Double] {
    var all = (positives: 0, rows: 0)
    walk(weights) { all = ($0, $1) }
    let positives = Double(all.positives)
    let negatives = Double(all.rows - all.positives)
    var rates = [Double](repeating: .nan, count: grid.count)
    guard positives > 0, negatives > 0 else { return rates }
    var next = 0
    var last = (x: 0.0, y: 0.0)
    walk(weights) { truePositives, rows in
      let point = (
        x: Double(rows - truePositives) / negatives, y: Double(truePositives) / positives
      )
      while next < grid.count, grid[next] < point.x {
        rates[next] = last.y + (grid[next] - last.x) / (point.x - last.x) * (point.y - last.y)
        next += 1
      }
      last = point
    }
    while next < grid.count {
      rates[next] = 1
      next += 1
    }
    return rates
  }

  /// Precision at each recall of an ascending grid: that of the highest threshold which reaches the
  /// recall. Not a number where no row is positive.
  func precisions(_ weights: [UInt16], at grid: [Double]) -> [Double] {
    var positives = 0
    walk(weights) { truePositives, _ in positives = truePositives }
    var precisions = [Double](repeating: .nan, count: grid.count)
    guard positives > 0 else { return precisions }
    var next = 0
    walk(weights) { truePositives, rows in
      let recall = Double(truePositives) / Double(positives)
      while next < grid.count, truePositives > 0, grid[next] <= recall {
        precisions[next] = Double(truePositives) / Double(rows)
        next += 1
      }
    }
    return precisions
  }
}
