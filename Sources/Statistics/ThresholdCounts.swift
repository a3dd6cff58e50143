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
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    for (index, row) in order.enumerated() {
      positives += isPositive[row] ? 1 : 0
      negatives += isPositive[row] ? 0 : 1
      let isLast = index + 1 == order.count
      if isLast || scores[order[index + 1]] != scores[row] {
        thresholds.append(scores[row])
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
