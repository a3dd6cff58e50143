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
      let whole = [UInt16](repeating: 1, count: model.unitCount)
      return classes.map { values(of: model.rankings[$0], whole, at: grid) }
    }
    return Self.mean(curves, count: grid.count)
  }

  /// The values of one curve on a grid.
  fileprivate func values(
    of ranking: ClassRanking, _ weights: [UInt16], at grid: [Double]
  ) -> [Double] {
    switch self {
    case .roc: ranking.truePositiveRates(weights, at: grid)
    case .precisionRecall: ranking.precisions(weights, at: grid)
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
    let models = models.map(grouped)
    var places: [CurveMember: Int] = [:]
    var rankings: [ClassRanking] = []
    for member in series.joined() where places[member] == nil {
      places[member] = rankings.count
      rankings.append(models[member.model].rankings[member.classIndex])
    }
    let members = series.map { $0.compactMap { places[$0] } }
    let distinct = rankings
    let read = { @Sendable (weights: [UInt16]) in
      let curves = distinct.map { kind.values(of: $0, weights, at: grid) }
      return members.map { CurveBand.Kind.mean($0.map { curves[$0] }, count: grid.count) }
    }
    let centers = read([UInt16](repeating: 1, count: unitCount))
    let replicates = evaluate(
      weightings: draws, workers: workers, width: [grid.count * series.count],
      { unitWeights(draw: $0) }
    ) { block, _ in
      block.draws.map { Array(read($0).joined()) }
    }[0]
    return centers.indices.map { index in
      CurveBand(
        grid: grid, center: centers[index], replicates: replicates,
        from: index * grid.count, stride: grid.count * series.count, draws: draws, level: level)
    }
  }
}

extension CurveBand {
  /// The band of one curve among replicates, row-major `[draws, stride]`.
  fileprivate init?(
    grid: [Double], center: [Double], replicates: [Double], from start: Int, stride width: Int,
    draws: Int, level: Double
  ) {
    var columns = grid.indices.map { column in
      stride(from: start + column, to: replicates.count, by: width).map { replicates[$0] }
        .filter { !$0.isNaN }
    }
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
  func truePositiveRates(_ weights: [UInt16], at grid: [Double]) -> [Double] {
    let all = totals(weights)
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
    let positives = totals(weights).positives
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
