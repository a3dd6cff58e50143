/// Labels beside what a model said about them, checked and sorted once, so that metrics of any
/// weighting of the rows take time proportional to rows and classes.
///
/// Weights are those of units: of each row, or of each group of rows, see ``grouped(by:count:)``.
public struct Predictions: Sendable {
  /// The number of classes.
  public let classCount: Int
  /// Class of each row.
  public let labels: [Int]
  /// The class that each row is predicted as: that of the highest score, the lowest one on ties.
  public let predicted: [Int]
  /// Scores, row-major `[rows, classes]`.
  let scores: [Double]
  /// Whether the scores are probabilities.
  let areProbabilities: Bool
  /// What is weighted: rows, or groups of them.
  private(set) var unitCount: Int
  /// The rows ranked by the score of each class.
  private(set) var rankings: [ClassRanking]
  /// What each row, or all rows alike of a unit, add to sums over rows.
  private(set) var facts: [RowFacts]

  /// The number of rows.
  public var count: Int { labels.count }

  /// Checks and sorts predictions.
  ///
  /// - Parameters:
  ///   - labels: Class of each row.
  ///   - probabilities: Row-major `[rows, classes]`.
  ///   - areProbabilities: `false` for scores of any size; then log loss, Brier score and
  ///     calibration are undefined.
  /// - Throws: If a number does not fit the others, a score is not finite, or a row of
  ///   probabilities lies outside 0…1 or does not sum to 1 within 10⁻⁶.
  public init(
    labels: [Int], probabilities: [Double], classCount: Int, areProbabilities: Bool = true
  ) throws(StatisticsError) {
    try Self.check(labels, probabilities, classCount)
    if areProbabilities {
      try Self.checkProbabilities(probabilities, classCount)
    }
    let predicted = labels.indices.map { row in
      let start = row * classCount
      return (1..<classCount).reduce(0) {
        probabilities[start + $1] > probabilities[start + $0] ? $1 : $0
      }
    }
    self.classCount = classCount
    self.labels = labels
    self.predicted = predicted
    self.areProbabilities = areProbabilities
    scores = probabilities
    unitCount = labels.count
    rankings = (0..<classCount).map { index in
      ClassRanking(
        rowCount: labels.count, name: "class \(index)",
        score: { probabilities[$0 * classCount + index] }, isPositive: { labels[$0] == index })
    }
    facts = labels.indices.map { row in
      RowFacts(
        unit: row, label: labels[row], predicted: predicted[row],
        areProbabilities
          ? probabilities[row * classCount..<(row + 1) * classCount] : nil)
    }
  }

  /// Checks and sorts predictions in single precision.
  public init(
    labels: [Int], probabilities: [Float], classCount: Int, areProbabilities: Bool = true
  ) throws(StatisticsError) {
    try self.init(
      labels: labels, probabilities: probabilities.map(Double.init), classCount: classCount,
      areProbabilities: areProbabilities)
  }

  /// Checks labels and scores that need not be probabilities.
  static func check(
    _ labels: [Int], _ scores: [Double], _ classCount: Int
  ) throws(StatisticsError) {
    guard classCount >= 2 else { throw .tooFewClasses(classCount) }
    guard !labels.isEmpty else { throw .noRows }
    let (needed, overflow) = labels.count.multipliedReportingOverflow(by: classCount)
    guard !overflow, scores.count == needed else {
      throw .scoreCount(rows: labels.count, columns: classCount, found: scores.count)
    }
    for (row, label) in labels.enumerated() where !(0..<classCount).contains(label) {
      throw .label(row: row, found: label, classCount: classCount)
    }
    for (index, score) in scores.enumerated() where !score.isFinite {
      throw .notFinite(row: index / classCount, column: index % classCount)
    }
  }

  private static func checkProbabilities(
    _ probabilities: [Double], _ classCount: Int
  ) throws(StatisticsError) {
    for row in 0..<probabilities.count / classCount {
      var sum = 0.0
      for column in 0..<classCount {
        let probability = probabilities[row * classCount + column]
        guard (0...1).contains(probability) else {
          throw .notProbability(row: row, column: column, found: probability)
        }
        sum += probability
      }
      guard (sum - 1).magnitude <= 1e-6 else { throw .sum(row: row, found: sum) }
    }
  }
}

extension Predictions {
  /// The same predictions for weights of whole groups of rows, for example of subjects: metrics take
  /// a fraction of the time. Counts, areas and curves are the same to the bit, sums of losses up to
  /// their rounding.
  ///
  /// - Parameters:
  ///   - units: The group of each row, from 0.
  ///   - count: How many groups there are.
  /// - Precondition: Rows are not grouped yet, and each has a group.
  func grouped(by units: [Int], count: Int) -> Predictions {
    precondition(unitCount == labels.count && units.count == labels.count, "no group for each row")
    var grouped = self
    grouped.unitCount = count
    grouped.rankings = rankings.map { $0.grouped(by: units, count: count) }
    grouped.facts = facts.grouped(by: units, count: count, classCount: classCount)
    return grouped
  }
}
