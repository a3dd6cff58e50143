/// A curve over all thresholds of a classifier, read off at fixed places so that the curves of
/// several seeds can be averaged.
enum ClassifierCurve {
  /// Sensitivity over false-positive rate.
  case roc
  /// Precision over recall.
  case precisionRecall

  /// Where the curve is read off: dense near 0 for ROC curves, where good classifiers crowd.
  var places: [Double] {
    switch self {
    case .roc:
      (0..<40).map { Double($0) / 2000 } + (10..<100).map { Double($0) / 500 }
        + (20...100).map { Double($0) / 100 }
    case .precisionRecall: (0...250).map { Double($0) / 250 }
    }
  }

  /// The area under the curve and its values; `nil` where one of the two sides has no rows.
  func read(_ points: RankedRows.Points) -> (area: Double, values: [Double])? {
    guard points.positives > 0, points.negatives > 0 else { return nil }
    switch self {
    case .roc: return (Self.rocArea(points), sensitivities(points))
    case .precisionRecall: return (Self.averagePrecision(points), precisions(points))
    }
  }

  /// Trapezoids, which count ties one half (Mann–Whitney).
  private static func rocArea(_ points: RankedRows.Points) -> Double {
    var (area, lastTrue, lastFalse) = (0.0, 0.0, 0.0)
    for (hits, alarms) in zip(points.truePositives, points.falsePositives) {
      area += (alarms - lastFalse) * (hits + lastTrue) / 2
      (lastTrue, lastFalse) = (hits, alarms)
    }
    return area / (points.positives * points.negatives)
  }

  /// Σ (Rₙ − Rₙ₋₁) Pₙ.
  private static func averagePrecision(_ points: RankedRows.Points) -> Double {
    var (sum, last) = (0.0, 0.0)
    for (hits, alarms) in zip(points.truePositives, points.falsePositives)
    where hits > last {
      sum += (hits - last) * hits / (hits + alarms)
      last = hits
    }
    return sum / points.positives
  }

  /// Straight lines between thresholds; at a jump the upper end.
  private func sensitivities(_ points: RankedRows.Points) -> [Double] {
    var index = 0
    let count = points.falsePositives.count
    return places.map { place in
      let wanted = place * points.negatives
      while index < count, points.falsePositives[index] <= wanted { index += 1 }
      let (x, y) =
        index == 0
        ? (0.0, 0.0) : (points.falsePositives[index - 1], points.truePositives[index - 1])
      guard index < count else { return y / points.positives }
      let share = (wanted - x) / (points.falsePositives[index] - x)
      return (y + share * (points.truePositives[index] - y)) / points.positives
    }
  }

  /// The precision of the first threshold that reaches a recall.
  private func precisions(_ points: RankedRows.Points) -> [Double] {
    var index = 0
    return places.map { place in
      let wanted = max(place * points.positives, 1e-9)
      while points.truePositives[index] < wanted * (1 - 1e-12) { index += 1 }
      return points.truePositives[index]
        / (points.truePositives[index] + points.falsePositives[index])
    }
  }
}
