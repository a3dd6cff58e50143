/// Precision against recall over all thresholds.
///
/// The points are those of `sklearn.metrics.precision_recall_curve`: by rising threshold, so by
/// falling recall, with a last point (0, 1) that has no threshold. To be drawn as steps: the
/// precision of a point holds for the recalls from that of the next point up to its own.
public struct PrecisionRecallCurve: Sendable, Equatable {
  /// Rows with at least this score count as positive; one fewer than there are points.
  public let thresholds: [Double]
  /// TP / (TP + FP).
  public let precisions: [Double]
  /// TP / (TP + FN), descending.
  public let recalls: [Double]
  /// The share of positive rows: the precision of a predictor that knows nothing.
  public let prevalence: Double

  /// The curve of labels and scores.
  ///
  /// - Parameter dropsIntermediate: Leaves out points inside vertical lines.
  /// - Throws: If a number does not fit the others, a score is not finite, or no row is positive.
  public init(
    isPositive: [Bool], scores: [Double], dropsIntermediate: Bool = false
  ) throws(StatisticsError) {
    var counts = try ThresholdCounts(isPositive: isPositive, scores: scores)
    guard counts.positives > 0 else { throw .undefined(reason: "there is no positive row") }
    let positives = Double(counts.positives)
    prevalence = positives / Double(isPositive.count)
    if dropsIntermediate {
      let last = counts.thresholds.count - 1
      let values = counts.truePositives
      counts.keep(
        (0...last).filter { index in
          index == 0 || index == last || values[index] != values[index - 1]
            || values[index + 1] != values[index]
        })
    }
    let rates = zip(counts.truePositives, counts.falsePositives)
    precisions = rates.map { Double($0) / Double($0 + $1) }.reversed() + [1]
    recalls = counts.truePositives.map { Double($0) / positives }.reversed() + [0]
    thresholds = counts.thresholds.reversed()
  }

  /// Σ (Rₙ − Rₙ₋₁) Pₙ.
  public var averagePrecision: Double {
    recalls.indices.dropLast().reduce(0) { sum, index in
      sum + (recalls[index] - recalls[index + 1]) * precisions[index]
    }
  }
}

extension Predictions {
  /// The curve of a class against the rest.
  ///
  /// - Throws: If the class does not occur.
  /// - Precondition: The class exists.
  public func precisionRecallCurve(
    of index: Int, dropsIntermediate: Bool = false
  ) throws(StatisticsError) -> PrecisionRecallCurve {
    try PrecisionRecallCurve(
      isPositive: labels.map { $0 == index }, scores: scores(of: index),
      dropsIntermediate: dropsIntermediate)
  }
}
