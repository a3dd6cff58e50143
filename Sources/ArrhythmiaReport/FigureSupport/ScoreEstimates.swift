internal import Datasets
internal import Experiments

/// A score by which variants are compared.
enum ComparisonScore: CaseIterable {
  case accuracy
  /// Macro-F1 for several classes, F1 of class 1 for two.
  case f1
  /// Area under the ROC curve; for two classes only.
  case auroc

  func title(isBinary: Bool) -> String {
    switch self {
    case .accuracy: "accuracy"
    case .f1: isBinary ? "F1" : "macro-F1"
    case .auroc: "AUROC"
    }
  }

  func published(_ result: PublishedResult) -> Double? {
    switch self {
    case .accuracy: result.accuracy
    case .f1: result.f1
    case .auroc: result.auroc
    }
  }

  static func all(isBinary: Bool) -> [ComparisonScore] {
    isBinary ? allCases : [.accuracy, .f1]
  }
}

extension TaskResults {
  /// The mean of a score over a variant's seeds with its bootstrap interval, `nil` where it is not
  /// defined.
  func estimate(_ score: ComparisonScore, of variant: VariantResults) -> Estimate? {
    switch score {
    case .accuracy: estimate(variant, Self.accuracy)
    case .f1:
      estimate(variant) { counts in
        isBinary ? Self.f1(counts, 1) : Self.macroF1(counts)
      }
    case .auroc:
      ClassifierCurve.roc.series(
        [("", ranked(variant.cells, positive: 1, for: .roc))], withMean: false
      ).first?.area
    }
  }

  private func estimate(
    _ variant: VariantResults, _ score: ([[Double]]) -> Double?
  ) -> Estimate? {
    let classes = data.classes.count
    let labels = variant.cells[0].labels
    let predictions = variant.cells.map { $0.predictions(classes: classes) }
    func mean(_ weights: [UInt16]) -> Double? {
      let scores = predictions.compactMap { predictions in
        score(Self.counts(labels, predictions, weights, classes))
      }
      guard scores.count == predictions.count else { return nil }
      return scores.reduce(0, +) / Double(scores.count)
    }
    let bootstrap = RowBootstrap(rowCount: labels.count)
    let draws = (0..<RowBootstrap.drawCount).compactMap { mean(bootstrap.weights(draw: $0)) }
    return mean([UInt16](repeating: 1, count: labels.count)).map {
      Estimate(value: $0, draws: draws)
    }
  }

  private static func counts(
    _ labels: [Int], _ predictions: [Int], _ weights: [UInt16], _ classes: Int
  ) -> [[Double]] {
    var flat = [Double](repeating: 0, count: classes * classes)
    for index in labels.indices {
      flat[labels[index] * classes + predictions[index]] += Double(weights[index])
    }
    return (0..<classes).map { Array(flat[$0 * classes..<($0 + 1) * classes]) }
  }

  private static func accuracy(_ counts: [[Double]]) -> Double? {
    let total = counts.joined().reduce(0, +)
    return total > 0 ? counts.indices.reduce(0) { $0 + counts[$1][$1] } / total : nil
  }

  /// 2 TP / (2 TP + FP + FN).
  private static func f1(_ counts: [[Double]], _ index: Int) -> Double? {
    let total = counts[index].reduce(0, +) + counts.reduce(0) { $0 + $1[index] }
    return total > 0 ? 2 * counts[index][index] / total : nil
  }

  private static func macroF1(_ counts: [[Double]]) -> Double? {
    let scores = counts.indices.compactMap { f1(counts, $0) }
    return scores.count == counts.count ? scores.reduce(0, +) / Double(scores.count) : nil
  }
}
