import Tensors

/// What each unit adds to the metrics of a model.
public typealias UnitContributions = Contributions<Metric>

/// What tells how many units a statistic rests on, by which intervals are expanded.
enum UnitBasis: Sendable, Equatable {
  /// All units.
  case all
  /// So many: the effective number of people of a class, see ``ClassSubjects``.
  case subjects(Double)
  /// Those that count by their influences a on the statistic, (Σa²)² / Σa⁴, but at least
  /// ``ClassSubjects/fewest``, so that no end is that of a single draw. Of a mean over classes that is
  /// few where some of them are had by few people.
  case influences
}

/// What each unit of a resampling, a subject or a group of rows, adds to some statistics of a model.
///
/// A unit with a share s of the rows adds what the metric θ gains as the unit gains weight, plus s θ:
/// (infinitesimal jackknife; Jaeckel 1972; Efron and Tibshirani 1993, chapter 21). The parts sum up to
/// θ. Of a mean over rows, such as accuracy, they are exactly the unit's own terms; of other metrics
/// they are so to first order, also where a unit holds most rows of a class.
public struct Contributions<Statistic: Hashable & Sendable>: Sendable, Equatable {
  /// The metrics, in the order of the columns.
  let metrics: [Statistic]
  /// The share of the rows that each unit has.
  let shares: [Double]
  /// What tells how many units each metric rests on.
  private let bases: [UnitBasis]
  /// The metrics of all rows.
  private let whole: [Double]
  /// Row-major `[units, metrics]`; not a number where a metric is undefined.
  private let parts: [Double]

  /// The number of units.
  public var unitCount: Int { shares.count }

  /// How many units a metric rests on; all of them where it is not there.
  func effectiveCount(of metric: Statistic) -> Double {
    guard let column = metrics.firstIndex(of: metric) else { return Double(unitCount) }
    switch bases[column] {
    case .all: return Double(unitCount)
    case .subjects(let count): return count
    case .influences:
      let squares = (influences(of: metric) ?? []).map { $0 * $0 }
      let sum = squares.reduce(0, +)
      let fourths = squares.reduce(0) { $0 + $1 * $1 }
      guard fourths > 0 else { return Double(unitCount) }
      return min(max(Double(ClassSubjects.fewest), sum * sum / fourths), Double(unitCount))
    }
  }

  /// The metric of all rows; `nil` where it is undefined or not there.
  public func whole(of metric: Statistic) -> Double? {
    guard let column = metrics.firstIndex(of: metric), !whole[column].isNaN else { return nil }
    return whole[column]
  }

  /// What each unit adds to a metric; `nil` where the metric is undefined or not there.
  public func values(of metric: Statistic) -> [Double]? {
    guard let column = metrics.firstIndex(of: metric) else { return nil }
    let values = shares.indices.map { parts[$0 * metrics.count + column] }
    return values.contains(where: \.isNaN) ? nil : values
  }

  /// How far what each unit adds is from its share of the metric: its influence, of which the squares
  /// add up to the metric's variance between samples of units; `nil` as for ``values(of:)``.
  func influences(of metric: Statistic) -> [Double]? {
    guard let whole = whole(of: metric), let values = values(of: metric) else { return nil }
    return zip(values, shares).map { $0 - $1 * whole }
  }

  /// The skewness that ``IntervalMethod/biasCorrected`` corrects for; `nil` as for
  /// ``values(of:)``, and where no unit changes the metric.
  func acceleration(of metric: Statistic) -> Double? {
    guard let influences = influences(of: metric) else { return nil }
    var squares = 0.0
    var cubes = 0.0
    for influence in influences {
      squares += influence * influence
      cubes += influence * influence * influence
    }
    guard squares > 0 else { return nil }
    return cubes / (6 * squares * squares.squareRoot())
  }

  /// The mean over models: for several seeds of one architecture.
  ///
  /// `nil` where there are no models, or their units or metrics differ.
  public static func mean(_ models: [Contributions]) -> Contributions? {
    guard let first = models.first, models.allSatisfy(first.isComparable) else { return nil }
    func mean(_ values: KeyPath<Contributions, [Double]>) -> [Double] {
      first[keyPath: values].indices.map { index in
        models.reduce(0) { $0 + $1[keyPath: values][index] } / Double(models.count)
      }
    }
    return Contributions(
      metrics: first.metrics, shares: first.shares, bases: first.bases,
      whole: mean(\.whole), parts: mean(\.parts))
  }

  /// The same of one statistic; `nil` where it is not there.
  public func only(_ metric: Statistic) -> Contributions? {
    guard let column = metrics.firstIndex(of: metric) else { return nil }
    return Contributions(
      metrics: [metric], shares: shares, bases: [bases[column]],
      whole: [whole[column]],
      parts: shares.indices.map { parts[$0 * metrics.count + column] })
  }

  /// The difference to another model; `nil` where units or metrics differ.
  public func difference(to other: Contributions) -> Contributions? {
    guard isComparable(to: other) else { return nil }
    return Contributions(
      metrics: metrics, shares: shares, bases: bases,
      whole: zip(whole, other.whole).map { $0 - $1 },
      parts: zip(parts, other.parts).map { $0 - $1 })
  }

  private func isComparable(to other: Contributions) -> Bool {
    metrics == other.metrics && shares == other.shares
  }

  fileprivate init(
    metrics: [Statistic], shares: [Double], bases: [UnitBasis], whole: [Double], parts: [Double]
  ) {
    self.metrics = metrics
    self.shares = shares
    self.bases = bases
    self.whole = whole
    self.parts = parts
  }

  /// Parts from the metrics as each unit weighs a little more and a little less,
  /// `[metrics, 2 · units + 1]`; the last ones are those of equal weights.
  ///
  /// With (1 + h s) θ₊ and (1 − h s) θ₋ in place of θ₊ and θ₋ the parts of means are exact for any h.
  ///
  /// - Parameter basis: What tells how many units a metric rests on.
  init(
    metrics: [Statistic], shares: [Double], values: [Double], step: Double,
    basis: (Statistic) -> UnitBasis = { _ in .all }
  ) {
    let starts = metrics.indices.map { $0 * (2 * shares.count + 1) }
    let parts = shares.indices.flatMap { unit in
      starts.map { start in
        let more = values[start + 2 * unit] * (1 + step * shares[unit])
        let less = values[start + 2 * unit + 1] * (1 - step * shares[unit])
        return (more - less) / (2 * step)
      }
    }
    self.init(
      metrics: metrics, shares: shares,
      bases: metrics.map(basis),
      whole: starts.map { values[$0 + 2 * shares.count] }, parts: parts)
  }
}

extension Resampling {
  /// Rows are weighted by groups, at most so many.
  public static let groupLimit = 200

  /// What each subject, or where rows are drawn each of 200 random groups of them, adds to all
  /// metrics of some models.
  ///
  /// - Parameter metrics: Those that are needed; all where there are none.
  /// - Precondition: Every model has as many rows as the resampling, and there is a worker.
  public func contributions(
    of models: [Predictions], metrics chosen: [Metric] = [], workers: Int
  ) -> [UnitContributions] {
    let weighting = GroupWeighting(of: self)
    let values = metrics(
      chosen, of: models.map { grouped($0, by: weighting) }, weightings: weighting.weightings,
      workers: workers, weighting.weights)
    return zip(models, values).map { model, values in
      UnitContributions(
        metrics: values.metrics, shares: weighting.shares, values: values.values,
        step: weighting.step, basis: classHolders(of: model).basis(of:))
    }
  }

  /// A model whose rows are joined by what is weighted.
  func grouped(_ model: Predictions, by weighting: GroupWeighting) -> Predictions {
    drawsSubjects ? prepared(model) : model.grouped(by: weighting.groups, count: weighting.count)
  }

  /// The group of each row: its subject, or a random one of equal sizes.
  fileprivate var groups: [Int] {
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

/// Weightings of groups of rows, subjects or random ones, by which their parts are measured: of every
/// group one more and one less, then all alike.
struct GroupWeighting: Sendable {
  /// The weight of all rows, beside which one more or less is little.
  private static let baseWeight = 1000

  /// The group of each row.
  let groups: [Int]
  /// The number of groups.
  let count: Int
  /// The share of the rows that each group has.
  let shares: [Double]
  private let base: UInt16

  init(of resampling: Resampling) {
    groups = resampling.groups
    count = (groups.max() ?? -1) + 1
    var counts = [Int](repeating: 0, count: count)
    for group in groups { counts[group] += 1 }
    shares = counts.map { Double($0) / Double(resampling.rowCount) }
    // Sums of weights stay below 2³¹.
    let limit = Int(Int32.max) / max(1, 2 * resampling.rowCount)
    base = UInt16(max(1, min(Self.baseWeight, limit)))
  }

  /// How many weightings there are.
  var weightings: Int { 2 * count + 1 }
  /// One more or less, as a share of a group's weight.
  var step: Double { 1 / Double(base) }

  /// The weight of each group in a weighting.
  func weights(_ place: Int) -> [UInt16] {
    let changed = place % 2 == 0 ? base + 1 : base - 1
    return (0..<count).map { $0 == place / 2 ? changed : base }
  }
}
