/// Two variants on the same test rows: the difference of their mean accuracies, row by row.
///
/// The interval is the normal approximation for the mean of paired differences, each row's
/// difference being that of the shares of seeds in which it is right. Rows count as independent,
/// which beats of one subject are not: it is optimistic.
struct Comparison: Sendable, Equatable {
  /// 97.5th percentile of the standard normal distribution.
  private static let quantile = 1.959963984540054

  /// Accuracy of the first less that of the second.
  let difference: Double
  /// Lower end of the 95 % interval.
  let low: Double
  /// Upper end of the 95 % interval.
  let high: Double

  /// Whether the interval leaves out zero.
  var isShown: Bool { low > 0 || high < 0 }

  /// Compares two variants of a task; `nil` with fewer than two rows.
  init?(_ first: EvaluatedVariant, _ second: EvaluatedVariant) {
    let differences = zip(first.correctness, second.correctness).map { $0 - $1 }
    let summary = SeedSummary(differences)
    guard let mean = summary.mean, let deviation = summary.deviation else { return nil }
    let margin = Self.quantile * deviation / Double(differences.count).squareRoot()
    (difference, low, high) = (mean, mean - margin, mean + margin)
  }
}
