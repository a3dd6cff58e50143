/// The area under the ROC curve, where no other metric is wanted.
///
/// The Mann–Whitney statistic, in which a tie counts half: Hanley and McNeil 1982,
/// doi:10.1148/radiology.143.1.7063747.
public enum ROCArea {
  /// The area of each class against the rest; undefined where a class, or all others, are missing.
  ///
  /// - Parameter scores: Row-major `[rows, classes]`.
  /// - Throws: As the initialiser of ``Predictions`` for scores.
  /// - Complexity: O(rows × classes), where scores differ in their highest bits.
  public static func ofEachClass(
    labels: [Int], scores: [Double], classCount: Int
  ) throws(StatisticsError) -> [MetricValue] {
    try Predictions.check(labels, scores, classCount)
    return (0..<classCount).map { index in
      let order = FallingOrder(
        count: labels.count, score: { scores[$0 * classCount + index] },
        isPositive: { labels[$0] == index })
      return area(order, name: "class \(index)")
    }
  }

  private static func area(_ order: FallingOrder, name: String) -> MetricValue {
    var positives = 0
    var positivesAbove = 0
    var above = 0
    var doubledPairs = 0
    for (index, element) in order.elements.enumerated() {
      positives += element.isPositive ? 1 : 0
      guard order.endsTie(at: index) else { continue }
      let negatives = index + 1 - above - (positives - positivesAbove)
      doubledPairs += negatives * (positivesAbove + positives)
      (positivesAbove, above) = (positives, index + 1)
    }
    let negatives = order.elements.count - positives
    guard positives > 0 else { return .undefined("\(name) does not occur") }
    return .quotient(
      Double(doubledPairs), 2 * Double(positives) * Double(negatives),
      "every row is of \(name)")
  }
}
