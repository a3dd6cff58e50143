/// Spearman's rank correlation: Pearson's correlation of ranks, equal values having the mean of theirs.
///
/// Source: Spearman 1904, doi:10.2307/1412159; equal to `scipy.stats.spearmanr`.
public struct RankCorrelation: Sendable, Equatable {
  /// −1…1; undefined where all values of a side are equal.
  public let value: MetricValue

  /// Correlates pairs.
  ///
  /// - Precondition: Both sides have as many values, and none is not a number.
  /// - Complexity: O(n log n).
  public init(_ one: [Double], _ other: [Double]) {
    precondition(one.count == other.count, "\(one.count) values beside \(other.count)")
    let (x, y) = (Self.centeredRanks(one), Self.centeredRanks(other))
    func sum(_ a: [Double], _ b: [Double]) -> Double { zip(a, b).reduce(0) { $0 + $1.0 * $1.1 } }
    value = .quotient(
      sum(x, y), (sum(x, x) * sum(y, y)).squareRoot(), "all values of one side are equal")
  }

  /// Ranks less their mean.
  private static func centeredRanks(_ values: [Double]) -> [Double] {
    let order = values.indices.sorted { values[$0] < values[$1] }
    var ranks = [Double](repeating: 0, count: values.count)
    var first = 0
    while first < order.count {
      var end = first + 1
      while end < order.count, values[order[end]] == values[order[first]] { end += 1 }
      for place in order[first..<end] {
        ranks[place] = Double(first + end - 1) / 2 - Double(values.count - 1) / 2
      }
      first = end
    }
    return ranks
  }
}
