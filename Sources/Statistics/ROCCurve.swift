/// The receiver operating characteristic: sensitivity against 1 − specificity over all thresholds.
///
/// The points are those of `sklearn.metrics.roc_curve`.
public struct ROCCurve: Sendable, Equatable {
  /// Rows with at least this score count as positive; infinite at the first point, (0, 0).
  public let thresholds: [Double]
  /// FP / (FP + TN), ascending.
  public let falsePositiveRates: [Double]
  /// TP / (TP + FN), ascending.
  public let truePositiveRates: [Double]

  /// The curve of labels and scores.
  ///
  /// - Parameter dropsIntermediate: Leaves out points on a straight line between their neighbours.
  /// - Throws: If a number does not fit the others, a score is not finite, or all rows are of one
  ///   kind.
  public init(
    isPositive: [Bool], scores: [Double], dropsIntermediate: Bool = true
  ) throws(StatisticsError) {
    var counts = try ThresholdCounts(isPositive: isPositive, scores: scores)
    guard counts.positives > 0 else { throw .undefined(reason: "there is no positive row") }
    guard counts.negatives > 0 else { throw .undefined(reason: "there is no negative row") }
    if dropsIntermediate {
      let last = counts.thresholds.count - 1
      func bends(_ values: [Int], _ index: Int) -> Bool {
        values[index + 1] - values[index] != values[index] - values[index - 1]
      }
      counts.keep(
        (0...last).filter { index in
          index == 0 || index == last || bends(counts.truePositives, index)
            || bends(counts.falsePositives, index)
        })
    }
    let (positives, negatives) = (Double(counts.positives), Double(counts.negatives))
    thresholds = [.infinity] + counts.thresholds
    truePositiveRates = [0] + counts.truePositives.map { Double($0) / positives }
    falsePositiveRates = [0] + counts.falsePositives.map { Double($0) / negatives }
  }
}

extension Predictions {
  /// The curve of a class against the rest.
  ///
  /// - Throws: If the class does not occur, or no other does.
  /// - Precondition: The class exists.
  public func rocCurve(
    of index: Int, dropsIntermediate: Bool = true
  ) throws(StatisticsError) -> ROCCurve {
    try ROCCurve(
      isPositive: labels.map { $0 == index }, scores: scores(of: index),
      dropsIntermediate: dropsIntermediate)
  }

  /// The scores of a class.
  func scores(of index: Int) -> [Double] {
    stride(from: index, to: scores.count, by: classCount).map { scores[$0] }
  }
}
