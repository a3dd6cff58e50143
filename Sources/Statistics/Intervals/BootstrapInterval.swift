/// An interval between two percentiles of bootstrap replicates.
public struct BootstrapInterval: Sendable, Equatable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// The share of replicates between them, for example 0.95.
  public let level: Double
  /// Draws in which the metric was undefined and which are left out.
  public let undefinedDraws: Int

  /// Whether the ends differ by no more than sums of the same numbers in another order do.
  fileprivate var isConstant: Bool { high - low <= 1e-12 * max(1, low.magnitude) }
}

/// Which percentiles of the replicates an interval lies between.
public enum IntervalMethod: String, Sendable, Equatable, CaseIterable {
  /// The level's own percentiles. Efron and Tibshirani 1993, chapter 13.
  case percentile
  /// Farther percentiles for few units: those that make the interval of a mean as wide as that of
  /// Student's t. Hesterberg 2015, doi:10.1080/00031305.2015.1089789. Of a class, and of means over
  /// classes, the effective number of units counts.
  case expandedPercentile = "expanded percentile"
  /// Corrected for bias and skewness. Efron 1987, doi:10.1080/01621459.1987.10478410.
  case biasCorrected = "BCa"
  /// Corrected for bias and skewness, and as far out as for few units.
  case expandedBiasCorrected = "expanded BCa"

  /// No end lies farther out than this share of the draws, so that of 10,000 at least ten decide it.
  /// The coverage of docs/statistics.md was found with 1,000 draws, of which none lie farther.
  static let farthestShare = 0.001
}

extension Resampling {
  /// The method that is nearest to its level, by the simulations of docs/statistics.md.
  public var intervalMethod: IntervalMethod {
    drawsSubjects ? .expandedBiasCorrected : .percentile
  }

  /// The method for paired differences: by subject BCa leaves out 0 too often where nothing differs.
  public var differenceMethod: IntervalMethod {
    drawsSubjects ? .expandedPercentile : .percentile
  }
}

extension Replicates {
  /// The interval of a metric between two percentiles of its draws.
  ///
  /// `nil` where more than one draw in twenty is undefined: the ends would be those of a selection.
  ///
  /// - Parameters:
  ///   - method: All but plain percentiles need `contributions`, without which they are these.
  ///   - contributions: Of the same models from the same resampling.
  public func interval(
    of metric: Statistic, level: Double = 0.95, method: IntervalMethod = .percentile,
    contributions: Contributions<Statistic>? = nil
  ) -> BootstrapInterval? {
    var defined = values(of: metric).filter { !$0.isNaN }
    let undefined = drawCount - defined.count
    guard !defined.isEmpty, undefined * 20 <= drawCount else { return nil }
    let tail = (1 - level) / 2
    let shares = contributions.map {
      defined.shares(of: metric, level: level, method: method, contributions: $0)
    }
    let farthest = min(tail, IntervalMethod.farthestShare)
    func end(_ share: Double) -> Double {
      defined.quantile(min(max(share, farthest), 1 - farthest))
    }
    let (low, high) = shares ?? (tail, (1 + level) / 2)
    return BootstrapInterval(
      low: end(low), high: end(high), level: level,
      undefinedDraws: undefined)
  }

  /// The interval of a score; `nil` also where all draws give the same, as where every row is right:
  /// they say nothing then of rows that were not drawn. (Two models may well be the same, so that a
  /// difference may be the same in every draw.)
  public func scoreInterval(
    of metric: Statistic, level: Double = 0.95, method: IntervalMethod = .percentile,
    contributions: Contributions<Statistic>? = nil
  ) -> BootstrapInterval? {
    interval(of: metric, level: level, method: method, contributions: contributions)
      .flatMap { $0.isConstant ? nil : $0 }
  }
}

extension [Double] {
  /// The shares of replicates below the ends of an interval.
  fileprivate func shares<Statistic>(
    of metric: Statistic, level: Double, method: IntervalMethod,
    contributions: Contributions<Statistic>
  ) -> (low: Double, high: Double) {
    let units = contributions.effectiveCount(of: metric)
    let isExpanded = method == .expandedPercentile || method == .expandedBiasCorrected
    let deviate =
      isExpanded && units > 1
      ? (units / (units - 1)).squareRoot()
        * StudentDistribution(degreesOfFreedom: units - 1)
        .quantile((1 + level) / 2)
      : NormalDistribution.quantile((1 + level) / 2)
    guard method == .biasCorrected || method == .expandedBiasCorrected,
      let whole = contributions.whole(of: metric),
      let acceleration = contributions.acceleration(of: metric)
    else { return (NormalDistribution.cdf(-deviate), NormalDistribution.cdf(deviate)) }
    // Ties count half: metrics of few rows have few values.
    let below = reduce(0.0) { $0 + ($1 < whole ? 1 : $1 == whole ? 0.5 : 0) }
    guard below > 0, below < Double(count) else {
      return (NormalDistribution.cdf(-deviate), NormalDistribution.cdf(deviate))
    }
    let bias = NormalDistribution.quantile(below / Double(count))
    func share(_ deviate: Double) -> Double {
      let moved = bias + deviate
      let scale = 1 - acceleration * moved
      // Beyond that the skewness has carried the end off the draws.
      guard scale > 0 else { return moved > 0 ? 1 : 0 }
      return NormalDistribution.cdf(bias + moved / scale)
    }
    return (share(-deviate), share(deviate))
  }
}
