// Scores of a ranking, with ties taken together.

extension Scores {
  /// Rows with one score: how many are positive, and how many are not.
  private struct Tie {
    var positives = 0
    var negatives = 0
  }

  private static func ties(_ isPositive: [Bool], _ scores: [Double]) -> [Tie] {
    let order = scores.indices.sorted { (scores[$0], $0) > (scores[$1], $1) }
    var ties: [Tie] = []
    var last: Double?
    for row in order {
      if ties.isEmpty || scores[row] != last { ties.append(Tie()) }
      last = scores[row]
      if isPositive[row] {
        ties[ties.count - 1].positives += 1
      } else {
        ties[ties.count - 1].negatives += 1
      }
    }
    return ties
  }

  /// Probability that a positive row ranks above a negative one, ties counted half.
  static func auroc(_ isPositive: [Bool], _ scores: [Double]) -> Double? {
    let positives = isPositive.count { $0 }
    let pairs = positives * (isPositive.count - positives)
    guard pairs > 0 else { return nil }
    var (above, twiceWon) = (0, 0)
    for tie in ties(isPositive, scores) {
      twiceWon += tie.negatives * (2 * above + tie.positives)
      above += tie.positives
    }
    return Double(twiceWon) / (2 * Double(pairs))
  }

  /// Σ (Rₙ − Rₙ₋₁) Pₙ over the distinct scores.
  static func auprc(_ isPositive: [Bool], _ scores: [Double]) -> Double? {
    let positives = isPositive.count { $0 }
    guard positives > 0 else { return nil }
    var (found, taken, sum) = (0, 0, 0.0)
    for tie in ties(isPositive, scores) {
      found += tie.positives
      taken += tie.positives + tie.negatives
      sum += Double(tie.positives) / Double(positives) * (Double(found) / Double(taken))
    }
    return sum
  }
}
