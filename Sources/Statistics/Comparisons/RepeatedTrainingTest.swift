/// Whether two groups of models, for example the trainings of two recipes with several seeds each,
/// differ on average, all of them evaluated on the same units.
///
/// What varies between trainings and what varies between units count both: the result is about the
/// recipes, not about the models at hand. It is the analysis of several readers and several cases,
/// with trainings as the readers, each of one group, and subjects as the cases: the variance of the
/// difference is that of the two means over trainings, plus what subjects have in common within a
/// group and not between the groups, taken from the units' influences (jackknife) and never below 0.
/// The difference over its standard error has Student's distribution, with Satterthwaite's degrees of
/// freedom. Sources: Obuchowski and Rockette 1995, doi:10.1080/03610919508813243; Hillis 2007,
/// doi:10.1002/sim.2532; Satterthwaite 1946, doi:10.2307/3002019.
public struct RepeatedTrainingTest: Sendable, Equatable {
  /// The mean of the first group less that of the second.
  public let difference: Double
  /// Its standard error; 0 where neither trainings nor units differ.
  public let standardError: Double
  /// Degrees of freedom of the standard error; `nil` where it is 0.
  public let degreesOfFreedom: Double?

  /// Compares groups by what their units add to a metric.
  ///
  /// `nil` with fewer than two models in a group or fewer than two units, where the metric is
  /// undefined for a model, and where units differ.
  ///
  /// - Complexity: O(models² × units).
  public init?(_ first: [UnitContributions], _ second: [UnitContributions], by metric: Metric) {
    guard first.count > 1, second.count > 1, let units = first.first?.unitCount, units > 1,
      (first + second).allSatisfy({ $0.shares == first[0].shares }),
      let one = Group(first, metric), let other = Group(second, metric)
    else { return nil }
    let between = max(
      0,
      Double(units) / Double(units - 1)
        * (one.commonVariance + other.commonVariance - 2 * one.covariance(with: other)))
    let variance = one.varianceOfMean + other.varianceOfMean + between
    // Each part with the square of itself over its own degrees of freedom.
    let uncertainty =
      one.varianceOfMean * one.varianceOfMean / Double(first.count - 1)
      + other.varianceOfMean * other.varianceOfMean / Double(second.count - 1)
      + between * between / Double(units - 1)
    difference = one.mean - other.mean
    standardError = variance.squareRoot()
    degreesOfFreedom = uncertainty > 0 ? variance * variance / uncertainty : nil
  }

  /// The p-value, both sides; `nil` where nothing varies and the groups differ.
  public var pValue: Double? {
    guard let degreesOfFreedom else { return difference == 0 ? 1 : nil }
    let t = (difference / standardError).magnitude
    return min(1, 2 * StudentDistribution(degreesOfFreedom: degreesOfFreedom).cdf(-t))
  }

  /// The interval of the difference that holds the true one with a probability of `level`; `nil`
  /// where nothing varies.
  public func interval(level: Double = 0.95) -> (low: Double, high: Double)? {
    guard let degreesOfFreedom else { return nil }
    let reach =
      standardError
      * StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile((1 + level) / 2)
    return (difference - reach, difference + reach)
  }
}

/// The models of one group.
private struct Group {
  let mean: Double
  /// The variance of the mean over trainings.
  let varianceOfMean: Double
  /// The mean covariance, over samples of units, of two models of the group.
  let commonVariance: Double
  /// The influence of each unit on each model, `[models][units]`.
  private let influences: [[Double]]

  init?(_ models: [UnitContributions], _ metric: Metric) {
    let values = models.compactMap { $0.whole(of: metric) }
    let influences = models.compactMap { $0.influences(of: metric) }
    guard values.count == models.count, influences.count == models.count else { return nil }
    let count = Double(models.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    self.influences = influences
    varianceOfMean = squares / (count - 1) / count
    let pairs = influences.indices.flatMap { one in (0..<one).map { (one, $0) } }
    commonVariance =
      pairs.reduce(0) { $0 + Self.product(influences[$1.0], influences[$1.1]) }
      / Double(pairs.count)
  }

  /// The mean covariance, over samples of units, of a model of this group and one of another.
  func covariance(with other: Group) -> Double {
    let sum = influences.reduce(0) { sum, one in
      other.influences.reduce(sum) { $0 + Self.product(one, $1) }
    }
    return sum / Double(influences.count * other.influences.count)
  }

  private static func product(_ one: [Double], _ other: [Double]) -> Double {
    zip(one, other).reduce(0) { $0 + $1.0 * $1.1 }
  }
}
