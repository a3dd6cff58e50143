/// Whether one of two models is right more often on the rows that only one of them has right.
///
/// Each row counts as independent of the others: with several rows a subject it rejects too often.
/// Exact (binomial) below 25 such rows, else χ² with one degree of freedom and the correction for
/// continuity. Sources: McNemar 1947, doi:10.1007/BF02295996; Edwards 1948,
/// doi:10.1007/BF02289261.
public struct McNemarTest: Sendable, Equatable {
  /// Rows that only the first model has right.
  public let onlyFirst: Int
  /// Rows that only the second model has right.
  public let onlySecond: Int

  /// Tests counts.
  public init(onlyFirst: Int, onlySecond: Int) {
    self.onlyFirst = onlyFirst
    self.onlySecond = onlySecond
  }

  /// Tests two models on the same rows.
  ///
  /// - Precondition: Both have the same labels.
  public init(_ first: Predictions, _ second: Predictions) {
    precondition(first.labels == second.labels, "predictions of different rows")
    var counts = (first: 0, second: 0)
    for (row, label) in first.labels.enumerated() {
      let isRight = (first.predicted[row] == label, second.predicted[row] == label)
      if isRight.0 && !isRight.1 { counts.first += 1 }
      if isRight.1 && !isRight.0 { counts.second += 1 }
    }
    self.init(onlyFirst: counts.first, onlySecond: counts.second)
  }

  /// Rows that only one model has right.
  public var discordant: Int { onlyFirst + onlySecond }

  /// Whether p is from the binomial distribution.
  public var isExact: Bool { discordant < 25 }

  /// The p-value, both sides.
  public var pValue: Double {
    guard isExact else {
      let excess = max(0, Double(abs(onlyFirst - onlySecond)) - 1)
      return NormalDistribution.twoSidedP(excess / Double(discordant).squareRoot())
    }
    var combinations = 1.0
    var reaching = 0.0
    var all = 1.0
    for count in 0...min(onlyFirst, onlySecond) {
      reaching += combinations
      combinations *= Double(discordant - count) / Double(count + 1)
    }
    for _ in 0..<discordant { all *= 2 }
    return min(1, 2 * reaching / all)
  }

  /// How many times as many rows only the first has right; `nil` where the second has none.
  public var oddsRatio: Double? {
    onlySecond == 0 ? nil : Double(onlyFirst) / Double(onlySecond)
  }
}
