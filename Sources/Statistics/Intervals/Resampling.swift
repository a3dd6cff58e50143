import Tensors

/// How the rows of bootstrap draws are chosen: with replacement, single rows or whole subjects.
///
/// A draw depends on seed and number only, so draws can be made in any order by any number of
/// threads, and all models see the same ones.
public struct Resampling: Sendable {
  /// The number of rows.
  public let rowCount: Int
  /// What is drawn: rows or subjects.
  public let unitCount: Int
  /// The unit of each row, or `nil` where the rows are the units.
  let units: [Int]?
  private let generator: Philox

  /// Draws rows.
  public init(rowCount: Int, seed: Int) {
    self.rowCount = rowCount
    unitCount = rowCount
    units = nil
    generator = Philox(seed: seed, purpose: "bootstrap", path: "rows")
  }

  /// Draws subjects, each with all of its rows.
  ///
  /// - Parameter subjects: The subject of each row.
  public init(subjects: [String], seed: Int) {
    var numbers: [String: Int] = [:]
    units = subjects.map { subject in
      if let number = numbers[subject] { return number }
      numbers[subject] = numbers.count
      return numbers.count - 1
    }
    rowCount = subjects.count
    unitCount = numbers.count
    generator = Philox(seed: seed, purpose: "bootstrap", path: "subjects")
  }

  /// Draws subjects where several are known, else rows: a single subject cannot be drawn in more
  /// than one way.
  public init(rowCount: Int, subjects: [String]?, seed: Int) {
    let bySubject = subjects.map { Resampling(subjects: $0, seed: seed) }
    if let bySubject, bySubject.unitCount > 1 {
      self = bySubject
    } else {
      self.init(rowCount: rowCount, seed: seed)
    }
  }

  /// Whether subjects are drawn, not rows.
  public var drawsSubjects: Bool { units != nil }

  /// How often each row occurs in a draw.
  ///
  /// - Precondition: `draw` lies in 0..<2³².
  public func weights(draw: Int) -> [UInt16] {
    let counts = unitWeights(draw: draw)
    guard let units else { return counts }
    return units.map { counts[$0] }
  }

  /// How often each row, or each subject where these are drawn, occurs in a draw.
  func unitWeights(draw: Int) -> [UInt16] {
    var random = generator.stream(UInt32(draw))
    var counts = [UInt16](repeating: 0, count: unitCount)
    for _ in 0..<unitCount {
      counts[random.nextIndex(below: unitCount)] += 1
    }
    return counts
  }

  /// Predictions of all rows, made short for weights of what is drawn. What is drawn from takes them
  /// as they are too and does this itself; here it is done once for many draws.
  ///
  /// - Precondition: There are as many as rows.
  public func prepared(_ predictions: Predictions) -> Predictions {
    precondition(
      predictions.count == rowCount, "\(predictions.count) predictions for \(rowCount) rows")
    guard let units, predictions.unitCount != unitCount else { return predictions }
    return predictions.grouped(by: units, count: unitCount)
  }
}
