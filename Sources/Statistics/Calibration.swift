/// Rows of similar confidence: a bar of the reliability diagram.
///
/// The confidence of a row is its highest probability. Source: Guo et al. 2017, On calibration of
/// modern neural networks, arXiv:1706.04599.
public struct CalibrationBin: Sendable, Equatable {
  /// The number of bins.
  public static let count = 15

  /// Confidences above this one; the first bin also holds 0.
  public let lower: Double
  /// Confidences up to this one.
  public let upper: Double
  /// Rows in the bin.
  public let count: Int
  /// Mean confidence of the rows, or `nil` where there are none.
  public let meanConfidence: Double?
  /// Share of the rows that were right, or `nil` where there are none.
  public let accuracy: Double?

  /// The bin of a confidence: (i/15, (i + 1)/15].
  static func index(of confidence: Double) -> Int {
    max(0, min(count - 1, Int((confidence * Double(count)).rounded(.up)) - 1))
  }

  /// The bin at an index from sums over its rows.
  init(index: Int, count: Int, confidence: Double, correct: Int) {
    lower = Double(index) / Double(Self.count)
    upper = Double(index + 1) / Double(Self.count)
    self.count = count
    meanConfidence = count == 0 ? nil : confidence / Double(count)
    accuracy = count == 0 ? nil : Double(correct) / Double(count)
  }
}

extension [CalibrationBin] {
  /// The mean distance of accuracy and mean confidence, weighted by the rows of each bin.
  public var expectedCalibrationError: MetricValue {
    let rows = reduce(0) { $0 + $1.count }
    let distance = reduce(0.0) { sum, bin in
      guard let confidence = bin.meanConfidence, let accuracy = bin.accuracy else { return sum }
      return sum + Double(bin.count) * (accuracy - confidence).magnitude
    }
    return .quotient(distance, Double(rows), "there are no rows")
  }
}
