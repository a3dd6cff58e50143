internal import Documents
internal import Statistics

/// Two variants on the same test rows: the difference of their means over seeds.
///
/// The interval is that of the paired bootstrap: in every draw both variants are evaluated on the
/// same subjects or rows. The p-value is that of sign flips of what each subject, or group of rows,
/// adds to the difference, corrected for the comparisons made with it; it holds the trainings fixed,
/// while the interval draws seeds too where a variant has three or more.
struct Comparison: Equatable {
  /// What interval and p-value say about a difference.
  enum Verdict: Equatable {
    case higher
    case lower
    /// The interval holds 0, or the p-value is not below 5 %.
    case notShown
    /// There is no interval that could say anything.
    case noInterval

    /// Whether it says that the two differ.
    var isClaim: Bool { self == .higher || self == .lower }
  }

  /// The level below which a p-value says that two differ.
  private let level: Double
  /// The mean of the first less that of the second.
  let difference: Double
  /// Its interval, of 95 % for the level of 5 %; `nil` where the metric is undefined in more than one draw in twenty.
  let interval: BootstrapInterval?
  /// The mean of what a subject or group of rows adds over its standard deviation; `nil` where that
  /// is unknown or 0.
  let effect: Double?
  /// The p-value by sign flips, after Holm's correction in a family.
  private(set) var pValue: Double?

  /// Compares two variants of a task, a family of its own; `nil` where a mean is undefined.
  init?(
    _ first: EvaluatedVariant, _ second: EvaluatedVariant, by metric: Metric, level: Double = 0.05
  ) {
    guard let one = first.mean(of: metric), let other = second.mean(of: metric)
    else { return nil }
    self.init(
      one - other, of: metric, level: level,
      replicates: second.replicates?.only(metric).flatMap {
        first.replicates?.only(metric)?.difference(to: $0)
      },
      contributions: second.contributions?.only(metric).flatMap {
        first.contributions?.only(metric)?.difference(to: $0)
      }, method: first.bootstrap.differenceMethod)
  }

  /// Judges a difference of any statistic, a family of its own.
  ///
  /// - Parameters:
  ///   - replicates: The difference in every draw.
  ///   - contributions: What each subject, or group of rows, adds to it.
  init<Statistic>(
    _ difference: Double, of statistic: Statistic, level: Double = 0.05,
    replicates: Replicates<Statistic>?, contributions: Contributions<Statistic>?,
    method: IntervalMethod
  ) {
    self.level = level
    self.difference = difference
    interval = replicates?.interval(
      of: statistic, level: 1 - level, method: method, contributions: contributions)
    let test = contributions?.values(of: statistic).map { SignFlipTest(differences: $0) }
    effect = test?.standardizedDifference
    pValue = test?.pValue
  }

  /// Compares pairs of variants, with p-values corrected for their number.
  static func family(
    _ pairs: [(first: EvaluatedVariant, second: EvaluatedVariant)], by metric: Metric
  ) -> [Comparison?] {
    corrected(pairs.map { Comparison($0.first, $0.second, by: metric) })
  }

  /// The same comparisons with p-values corrected for their number.
  static func corrected(_ comparisons: [Comparison?]) -> [Comparison?] {
    var comparisons = comparisons
    let adjusted = HolmCorrection.adjusted(comparisons.map { $0?.pValue })
    for index in comparisons.indices { comparisons[index]?.pValue = adjusted[index] }
    return comparisons
  }

  var verdict: Verdict {
    guard let interval, let pValue else { return .noInterval }
    guard pValue < level else { return .notShown }
    return interval.low > 0 ? .higher : interval.high < 0 ? .lower : .notShown
  }

  /// The difference in points with its interval, for sentences.
  var numbers: Prose {
    let interval: Prose =
      interval.map { " (\(Number.points($0.low)) to \(Number.points($0.high)))" } ?? ""
    return "\(.points(difference))\(interval)"
  }

  /// The same with the verdict.
  var words: Prose { "\(numbers), \(verdict.words)" }
}

/// A variant beside another one that several are compared with.
struct VariantComparison {
  /// The variant that is compared.
  let variant: EvaluatedVariant
  /// Its difference, corrected for the number of variants; `nil` where a mean is undefined.
  let comparison: Comparison?
}

extension EvaluatedTask {
  /// All other variants less the baseline, in study order; none without a baseline.
  func differencesToBaseline(by metric: Metric) -> [VariantComparison] {
    knownDifferences.value(of: metric) {
      guard let baseline else { return [] }
      let others = variants.filter { !$0.isSame(as: baseline) }
      let family = Comparison.family(others.map { ($0, baseline) }, by: metric)
      return zip(others, family).map(VariantComparison.init)
    }
  }

  /// A variant less the baseline; `nil` for the baseline itself.
  func differenceToBaseline(of variant: EvaluatedVariant, by metric: Metric) -> Comparison? {
    differencesToBaseline(by: metric).first { $0.variant.isSame(as: variant) }?.comparison
  }

  /// The best variant less all others, in study order; none where no mean is defined.
  func leads(by metric: Metric) -> [VariantComparison] {
    knownLeads.value(of: metric) {
      guard let best = best(by: metric) else { return [] }
      let others = variants.filter { !$0.isSame(as: best) }
      let family = Comparison.family(others.map { (best, $0) }, by: metric)
      return zip(others, family).map(VariantComparison.init)
    }
  }
}
