/// Rows at and above each distinct score, from the highest down: what both curves are made from.
struct ThresholdCounts {
  var thresholds: [Double] = []
  var truePositives: [Int] = []
  var falsePositives: [Int] = []

  /// Counts rows at and above each distinct score.
  ///
  /// - Throws: If there are no rows, the numbers differ, or a score is not finite.
  init(isPositive: [Bool], scores: [Double]) throws(StatisticsError) {
    guard !isPositive.isEmpty else { throw .noRows }
    guard isPositive.count == scores.count else {
      throw .scoreCount(rows: isPositive.count, columns: 1, found: scores.count)
    }
    for (row, score) in scores.enumerated() where !score.isFinite {
      throw .notFinite(row: row, column: 0)
    }
    var positives = 0
    var negatives = 0
    let order = FallingOrder(
      count: scores.count, score: { scores[$0] }, isPositive: { isPositive[$0] })
    for (index, element) in order.elements.enumerated() {
      positives += element.isPositive ? 1 : 0
      negatives += element.isPositive ? 0 : 1
      if order.endsTie(at: index) {
        thresholds.append(scores[element.row])
        truePositives.append(positives)
        falsePositives.append(negatives)
      }
    }
  }

  /// All positive rows.
  var positives: Int { truePositives.last ?? 0 }
  /// All negative rows.
  var negatives: Int { falsePositives.last ?? 0 }

  /// Leaves only the entries at some indices.
  mutating func keep(_ indices: [Int]) {
    thresholds = indices.map { thresholds[$0] }
    truePositives = indices.map { truePositives[$0] }
    falsePositives = indices.map { falsePositives[$0] }
  }
}
