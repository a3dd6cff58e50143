/// Whether the values of one of two groups, for example the seeds of two architectures, are larger.
///
/// Exact: over all ways to deal the pooled values to groups of these sizes, ties at their middle
/// ranks. Sources: Wilcoxon 1945, doi:10.2307/3001968; Mann and Whitney 1947,
/// doi:10.1214/aoms/1177730491; for δ, Cliff 1993, doi:10.1037/0033-2909.114.3.494.
public struct RankSumTest: Sendable, Equatable {
  /// The p-value, both sides.
  public let pValue: Double
  /// The smallest p-value that groups of these sizes can reach without ties.
  public let smallestPValue: Double
  /// How much more often a value of the first group is the larger one: −1 to 1.
  public let cliffsDelta: Double

  /// Compares two groups; `nil` where one is empty.
  ///
  /// - Complexity: O((n + m)³ n).
  public init?(_ first: [Double], _ second: [Double]) {
    guard !first.isEmpty, !second.isEmpty else { return nil }
    let pooled = first + second
    // Doubled, so that middle ranks are whole numbers.
    let ranks = pooled.map { value in
      pooled.reduce(1) { $0 + ($1 < value ? 2 : $1 == value ? 1 : 0) }
    }
    let ways = Self.ways(of: ranks, choosing: first.count)
    let total = ways.reduce(0, +)
    let expected = first.count * (pooled.count + 1)
    let observed = ranks[..<first.count].reduce(0, +)
    let reaching = ways.indices.reduce(0.0) { sum, rankSum in
      abs(rankSum - expected) >= abs(observed - expected) ? sum + ways[rankSum] : sum
    }
    pValue = reaching / total
    smallestPValue = min(1, 2 / total)
    cliffsDelta = Double(observed - expected) / Double(first.count * second.count)
  }

  /// How many choices of so many ranks have each sum.
  private static func ways(of ranks: [Int], choosing count: Int) -> [Double] {
    let largest = ranks.reduce(0, +)
    var ways = [[Double]](
      repeating: [Double](repeating: 0, count: largest + 1), count: count + 1)
    ways[0][0] = 1
    for rank in ranks {
      for chosen in stride(from: count, to: 0, by: -1) {
        for sum in stride(from: largest, through: rank, by: -1) {
          ways[chosen][sum] += ways[chosen - 1][sum - rank]
        }
      }
    }
    return ways[count]
  }
}
