/// The intervals around each beat of a record, as numbers near 1: none in seconds, which tell
/// people apart.
///
/// Intervals between neighbouring beats as in de Chazal et al. 2004, doi:10.1109/TBME.2004.827359,
/// with the record's slow beats as a second reference: where most beats of a record are premature,
/// its median interval is that of premature ones.
struct RhythmFeatures {
  /// What the numbers of a beat are, in their order.
  static let names = [
    "before / local mean", "after / local mean", "before / median", "after / median",
    "before / after", "before / slow", "after / slow", "second before / median",
    "third before / median", "second after / median", "third after / median",
  ]

  /// No ratio is larger: a pause of any length is a pause.
  private static let limit = 4.0

  /// Seconds from each beat to the next; one fewer than beats.
  private let intervals: [Double]
  private let median: Double
  /// 90th percentile.
  private let slow: Double

  /// Measures the intervals of a record.
  init(peaks: [Int], samplingRate: Double) {
    intervals = zip(peaks, peaks.dropFirst()).map { Double($1 - $0) / samplingRate }
    let sorted = intervals.map { Float($0) }.sorted()
    median = Double(RowSpread.quantile(0.5, ofSorted: sorted))
    slow = Double(RowSpread.quantile(0.9, ofSorted: sorted))
  }

  /// The numbers of a beat, by its place in the record, see ``names``.
  func numbers(of beat: Int) -> [Float] {
    let (before, after) = (interval(beat - 1), interval(beat))
    let local = localMean(around: beat)
    let others = [beat - 2, beat - 3, beat + 1, beat + 2].map { ratio(interval($0), median) }
    return [
      ratio(before, local), ratio(after, local), ratio(before, median), ratio(after, median),
      ratio(before, after), ratio(before, slow), ratio(after, slow),
    ] + others
  }

  /// The interval that begins with a beat; the record's median beyond its ends.
  private func interval(_ beat: Int) -> Double {
    intervals.indices.contains(beat) ? intervals[beat] : median
  }

  /// The mean of ten intervals, five before the beat and five after it, as far as there are any.
  private func localMean(around beat: Int) -> Double {
    let near = intervals[max(0, beat - 5)..<max(0, min(intervals.count, beat + 5))]
    return near.isEmpty ? median : near.reduce(0, +) / Double(near.count)
  }

  /// A quotient up to the limit; 1 where there is no rhythm to compare with.
  private func ratio(_ interval: Double, _ reference: Double) -> Float {
    reference > 0 ? Float(min(interval / reference, Self.limit)) : 1
  }
}
