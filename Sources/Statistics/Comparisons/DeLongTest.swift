/// Whether the area under the ROC curve of one of two models is larger, on the same rows.
///
/// Each row counts as independent of the others: with several rows a subject it rejects too often.
/// O(rows · log rows). Sources: DeLong, DeLong and Clarke-Pearson 1988, doi:10.2307/2531595; Sun and
/// Xu 2014, doi:10.1109/LSP.2014.2337313. For the mean over several classes, each against the rest,
/// a row's components are added over the classes, and rows of one class vary together.
public struct DeLongTest: Sendable, Equatable {
  /// The first area less the second.
  public let difference: Double
  /// Its standard error; 0 where no row tells the two apart.
  public let standardError: Double

  /// The p-value, both sides; `nil` where rows that do not vary give different areas.
  public var pValue: Double? {
    guard standardError > 0 else { return difference == 0 ? 1 : nil }
    return NormalDistribution.twoSidedP(difference / standardError)
  }

  /// Compares the area of one class against the rest, or the mean area of several classes.
  ///
  /// `nil` where an area is undefined, or where a single row stands for its kind.
  ///
  /// - Precondition: Both have the same labels, and the classes exist.
  public init?(_ first: Predictions, _ second: Predictions, classes: [Int]) {
    precondition(first.labels == second.labels, "predictions of different rows")
    let labels = first.labels
    let kinds = classes.count == 1 ? labels.map { $0 == classes[0] ? 1 : 0 } : labels
    let kindCount = classes.count == 1 ? 2 : first.classCount
    var parts = [Double](repeating: 0, count: labels.count)
    var difference = 0.0
    for index in classes {
      guard let one = AreaParts(first, index), let other = AreaParts(second, index) else {
        return nil
      }
      difference += (one.area - other.area) / Double(classes.count)
      for row in parts.indices {
        parts[row] += (one.parts[row] - other.parts[row]) / Double(classes.count)
      }
    }
    guard let variance = Self.variance(of: parts, kinds, count: kindCount) else { return nil }
    self.difference = difference
    standardError = variance.squareRoot()
  }

  /// The variance of a sum over rows that vary within their kind only; `nil` where a kind has a
  /// single row.
  private static func variance(of parts: [Double], _ kinds: [Int], count: Int) -> Double? {
    var sizes = [Double](repeating: 0, count: count)
    var means = sizes
    for (kind, part) in zip(kinds, parts) {
      sizes[kind] += 1
      means[kind] += part
    }
    for kind in means.indices where sizes[kind] > 0 { means[kind] /= sizes[kind] }
    var squares = [Double](repeating: 0, count: count)
    for (kind, part) in zip(kinds, parts) {
      squares[kind] += (part - means[kind]) * (part - means[kind])
    }
    guard !sizes.contains(1) else { return nil }
    return zip(sizes, squares).reduce(0) { sum, kind in
      kind.0 == 0 ? sum : sum + kind.0 * kind.1 / (kind.0 - 1)
    }
  }
}

/// The area of a class against the rest with the share that each row has in it: the rows of the
/// other kind that it is in order with, over the number of rows of its own kind.
private struct AreaParts {
  let area: Double
  private(set) var parts: [Double]

  init?(_ predictions: Predictions, _ index: Int) {
    let scores = predictions.scores(of: index)
    let isPositive = predictions.labels.map { $0 == index }
    let positives = Double(isPositive.count { $0 })
    let negatives = Double(isPositive.count) - positives
    guard positives > 0, negatives > 0 else { return nil }
    let order = FallingOrder(
      count: scores.count, score: { scores[$0] }, isPositive: { isPositive[$0] })
    parts = [Double](repeating: 0, count: scores.count)
    var above = (positives: 0.0, negatives: 0.0)
    var start = 0
    var sum = 0.0
    for end in order.elements.indices where order.endsTie(at: end) {
      let rows = order.elements[start...end]
      let tied = Double(rows.count { $0.isPositive })
      let others = Double(rows.count) - tied
      let won = negatives - above.negatives - others / 2
      for row in rows {
        parts[row.row] =
          (row.isPositive ? won : above.positives + tied / 2) / (positives * negatives)
      }
      sum += tied * won
      above.positives += tied
      above.negatives += others
      start = end + 1
    }
    area = sum / (positives * negatives)
  }
}
