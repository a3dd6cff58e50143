internal import Documents
internal import Statistics

/// Two variants on the same test rows: the difference of their means over seeds.
///
/// The interval is that of the paired percentile bootstrap: in every draw both variants are
/// evaluated on the same subjects or rows. The trainings are held fixed.
struct Comparison: Equatable {
  /// What an interval says about a difference.
  enum Verdict: Equatable {
    case higher
    case lower
    /// The interval holds 0.
    case notShown
    /// There is no interval that could say anything.
    case noInterval

    /// Whether it says that the two differ.
    var isClaim: Bool { self == .higher || self == .lower }
  }

  /// The mean of the first less that of the second.
  let difference: Double
  /// Its 95 % interval; `nil` where the metric is undefined in more than one draw in twenty.
  let interval: BootstrapInterval?

  /// Compares two variants of a task; `nil` where a mean is undefined.
  init?(_ first: EvaluatedVariant, _ second: EvaluatedVariant, by metric: Metric) {
    guard let one = first.estimate(of: metric).mean, let other = second.estimate(of: metric).mean
    else { return nil }
    difference = one - other
    interval = second.replicates.flatMap { first.replicates?.difference(to: $0) }?
      .interval(of: metric)
  }

  var verdict: Verdict {
    guard let interval else { return .noInterval }
    return interval.low > 0 ? .higher : interval.high < 0 ? .lower : .notShown
  }

  /// The difference in points with its interval, for sentences.
  var numbers: Prose {
    let interval: Prose =
      interval.map { " (\(Number.points($0.low)) to \(Number.points($0.high)))" } ?? ""
    return "\(.points(difference))\(interval)"
  }

  /// The same, and that no difference is shown where none is.
  var words: Prose { "\(numbers)\(verdict.isClaim ? "" : ", " + verdict.words)" }
}
