import Statistics

/// The curves of one class in two runs, means over the seeds, and the area between them.
public struct CurveGap: Sendable, Equatable {
  /// Which curve.
  public enum Kind: String, Sendable, CaseIterable {
    /// Receiver operating characteristic.
    case roc
    /// Precision against recall.
    case precisionRecall = "precision_recall"
  }

  /// Which curve.
  public let kind: Kind
  /// The class that counts as positive.
  public let classIndex: Int
  /// False positive rates or recalls, ascending.
  let places: [Double]
  /// The curve of the old run at these places.
  let old: [Double]
  /// The curve of the new run.
  let new: [Double]

  /// The curves of a class; `nil` where the test rows do not define them.
  init?(_ kind: Kind, of classIndex: Int, _ old: [Predictions], _ new: [Predictions]) {
    let curve: CurveBand.Kind = kind == .roc ? .roc : .precisionRecall
    self.kind = kind
    self.classIndex = classIndex
    places = curve.places
    self.old = curve.mean(of: old, classes: [classIndex], grid: curve.places)
    self.new = curve.mean(of: new, classes: [classIndex], grid: curve.places)
    guard !(self.old + self.new).contains(where: \.isNaN) else { return nil }
  }

  /// The area between the curves, whichever is above: by trapezoids of the distances, of precision
  /// by steps as it is drawn.
  public var area: Double {
    let distances = zip(old, new).map { ($0 - $1).magnitude }
    return places.indices.dropFirst().reduce(0) { sum, index in
      let height =
        kind == .roc ? (distances[index - 1] + distances[index]) / 2 : distances[index]
      return sum + (places[index] - places[index - 1]) * height
    }
  }
}
