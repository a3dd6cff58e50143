/// How often a model is right among the rows that it is surest of, for every number of rows that it
/// answers: what it would be worth if it left the others to a person.
///
/// A row's confidence is its highest probability. Where rows of equal confidence meet the border, as
/// large a share of them counts as is kept: the mean over all their orders. Source: Geifman and
/// El-Yaniv 2017, Selective classification for deep neural networks, arXiv:1705.08500.
public struct SelectiveAccuracy: Sendable {
  /// Rows down to each distinct confidence, and how many of them were right; from 0 up.
  private let steps: [(kept: Int, right: Int)]

  /// The number of rows.
  private var rowCount: Int { steps.last?.kept ?? 0 }

  /// Ranks rows by confidence.
  ///
  /// - Precondition: The scores are probabilities.
  /// - Complexity: O(rows · log rows).
  public init(_ predictions: Predictions) {
    precondition(predictions.areProbabilities, "confidence of scores that are no probabilities")
    let rows = predictions.facts.map {
      (confidence: $0.confidence, isRight: $0.label == $0.predicted)
    }
    .sorted { $0.confidence > $1.confidence }
    var steps = [(kept: 0, right: 0)]
    var right = 0
    for (place, row) in rows.enumerated() {
      right += row.isRight ? 1 : 0
      let isLast = place + 1 == rows.count || rows[place + 1].confidence != row.confidence
      if isLast { steps.append((place + 1, right)) }
    }
    self.steps = steps
  }

  /// The accuracy among the surest rows, as large a share of all as is kept.
  ///
  /// - Parameter share: 0…1; at least one row is kept.
  public func accuracy(keeping share: Double) -> MetricValue {
    let kept = max(1, share * Double(rowCount))
    return .quotient(rightCount(keeping: kept), rowCount == 0 ? 0 : kept, "there are no rows")
  }

  /// The mean error over every number of rows kept, from one to all (area under the risk–coverage
  /// curve): small where a model knows which of its answers are wrong.
  public var meanError: MetricValue {
    var sum = 0.0
    for (before, after) in zip(steps, steps.dropFirst()) {
      let rise = Double(after.right - before.right) / Double(after.kept - before.kept)
      for kept in before.kept + 1...after.kept {
        let right = Double(before.right) + rise * Double(kept - before.kept)
        sum += (Double(kept) - right) / Double(kept)
      }
    }
    return .quotient(sum, Double(rowCount), "there are no rows")
  }

  /// Right answers among so many rows, between two steps by their share.
  private func rightCount(keeping kept: Double) -> Double {
    var low = 0
    var high = steps.count - 1
    while low < high {
      let middle = (low + high) / 2
      if Double(steps[middle].kept) < kept { low = middle + 1 } else { high = middle }
    }
    guard low > 0 else { return 0 }
    let (before, after) = (steps[low - 1], steps[low])
    let share = (kept - Double(before.kept)) / Double(after.kept - before.kept)
    return Double(before.right) + share * Double(after.right - before.right)
  }
}
