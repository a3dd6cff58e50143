import Tensors

/// What each unit of a resampling, a subject or a group of rows, adds to the metrics of a model.
///
/// Made of the metrics without each unit in turn. A unit with a share s of the rows adds
/// θ − (1 − s) θ₍₋ᵤ₎. Of a mean over rows, such as accuracy, these are exactly the unit's own terms;
/// of other metrics they are so to first order (size-weighted pseudo-values of the jackknife; Efron
/// and Tibshirani 1993, chapter 11).
public struct UnitContributions: Sendable, Equatable {
  /// The metrics, in the order of the columns.
  let metrics: [Metric]
  /// The share of the rows that each unit has.
  let shares: [Double]
  /// The metrics of all rows.
  private let whole: [Double]
  /// Row-major `[units, metrics]`; the metrics without a unit.
  private let without: [Double]

  /// The number of units.
  public var unitCount: Int { shares.count }

  /// The metric of all rows; `nil` where it is undefined or not there.
  public func whole(of metric: Metric) -> Double? {
    guard let column = metrics.firstIndex(of: metric), !whole[column].isNaN else { return nil }
    return whole[column]
  }

  /// What each unit adds to a metric; `nil` where the metric is undefined without one of them.
  public func values(of metric: Metric) -> [Double]? {
    guard let whole = whole(of: metric), let others = without(metric) else { return nil }
    return zip(others, shares).map { whole - (1 - $1) * $0 }
  }

  /// The skewness that ``IntervalMethod/biasCorrected`` corrects for; `nil` as for
  /// ``values(of:)``, and where no unit changes the metric.
  func acceleration(of metric: Metric) -> Double? {
    guard let others = without(metric) else { return nil }
    let mean = others.reduce(0, +) / Double(others.count)
    var squares = 0.0
    var cubes = 0.0
    for value in others {
      let influence = mean - value
      squares += influence * influence
      cubes += influence * influence * influence
    }
    guard squares > 0 else { return nil }
    return cubes / (6 * squares * squares.squareRoot())
  }

  private func without(_ metric: Metric) -> [Double]? {
    guard let column = metrics.firstIndex(of: metric) else { return nil }
    let values = shares.indices.map { without[$0 * metrics.count + column] }
    return values.contains(where: \.isNaN) ? nil : values
  }

  /// The mean over models: for several seeds of one architecture.
  ///
  /// `nil` where there are no models, or their units or metrics differ.
  public static func mean(_ models: [UnitContributions]) -> UnitContributions? {
    guard let first = models.first, models.allSatisfy(first.isComparable) else { return nil }
    func mean(_ values: KeyPath<UnitContributions, [Double]>) -> [Double] {
      first[keyPath: values].indices.map { index in
        models.reduce(0) { $0 + $1[keyPath: values][index] } / Double(models.count)
      }
    }
    return UnitContributions(
      metrics: first.metrics, shares: first.shares, whole: mean(\.whole), without: mean(\.without))
  }

  /// The difference to another model; `nil` where units or metrics differ.
  public func difference(to other: UnitContributions) -> UnitContributions? {
    guard isComparable(to: other) else { return nil }
    return UnitContributions(
      metrics: metrics, shares: shares, whole: zip(whole, other.whole).map { $0 - $1 },
      without: zip(without, other.without).map { $0 - $1 })
  }

  private func isComparable(to other: UnitContributions) -> Bool {
    metrics == other.metrics && shares == other.shares
  }

  fileprivate init(metrics: [Metric], shares: [Double], whole: [Double], without: [Double]) {
    self.metrics = metrics
    self.shares = shares
    self.whole = whole
    self.without = without
  }
}

extension Resampling {
  /// Rows are left out by groups, at most so many.
  static let groupLimit = 200

  /// What each subject, or where rows are drawn each of 200 random groups of them, adds to all
  /// metrics of some models.
  ///
  /// - Precondition: Every model has as many rows as the resampling, and there is a worker.
  public func contributions(of models: [Predictions], workers: Int) -> [UnitContributions] {
    let groups = groups
    let groupCount = (groups.max() ?? -1) + 1
    // The last weighting is that of all rows.
    let values = metrics(of: models, weightings: groupCount + 1, workers: workers) { group in
      groups.map { $0 == group ? 0 : 1 }
    }
    var counts = [Int](repeating: 0, count: groupCount)
    for group in groups { counts[group] += 1 }
    let shares = counts.map { Double($0) / Double(rowCount) }
    return zip(models, values).map { model, values in
      let metrics = Metric.all(classCount: model.classCount)
      let wholeStart = groupCount * metrics.count
      return UnitContributions(
        metrics: metrics, shares: shares, whole: Array(values[wholeStart...]),
        without: Array(values[..<wholeStart]))
    }
  }

  /// The group that each row is left out with: its subject, or a random one of equal sizes.
  private var groups: [Int] {
    if let units { return units }
    var random = Philox(seed: 1, purpose: "groups of rows").stream()
    let groupCount = min(rowCount, Self.groupLimit)
    var groups = [Int](repeating: 0, count: rowCount)
    for (place, row) in random.shuffled(Array(0..<rowCount)).enumerated() {
      groups[row] = place % groupCount
    }
    return groups
  }
}
