/// How often the intervals of reports hold the true value in simulations, as docs/statistics.md has it;
/// a test holds the two against each other.
struct IntervalCoverage {
  /// Subjects of a simulated set.
  let subjects: Int
  /// The least and the most, over six metrics, of the percentage of sets whose expanded BCa interval
  /// holds the true value.
  let shares: ClosedRange<Double>
  /// The same where 98 of 100 rows are right.
  let sureShares: ClosedRange<Double>

  /// As many subjects as the split by record and the published split test.
  static let measured = [
    IntervalCoverage(subjects: 22, shares: 93.2...97.0, sureShares: 89.2...93.3),
    IntervalCoverage(subjects: 47, shares: 94.3...97.2, sureShares: 91.6...96.0),
  ]
}
