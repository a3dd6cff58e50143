import Tensors

/// What rows of one unit add to sums over rows: those of one class that are predicted as one class
/// with similar confidence.
struct RowFacts: Sendable {
  /// The row, or the group of rows, that is weighted.
  private(set) var unit: Int32
  /// How many rows.
  private(set) var count: Int32 = 1
  /// Their class.
  let label: Int32
  /// What they are predicted as.
  let predicted: Int32
  /// Bin of the confidence; 0 without probabilities.
  let bin: Int32
  /// Sums over the rows; 0 without probabilities.
  private(set) var logLoss = 0.0
  private(set) var squaredError = 0.0
  private(set) var confidence = 0.0

  /// The facts of a row.
  ///
  /// The log loss is that of scikit-learn, which keeps probabilities 2⁻⁵² away from 0 and 1.
  ///
  /// - Parameter probabilities: One for each class, if they are such.
  init(unit: Int, label: Int, predicted: Int, _ probabilities: ArraySlice<Double>?) {
    self.unit = Int32(unit)
    self.label = Int32(label)
    self.predicted = Int32(predicted)
    guard let probabilities else {
      bin = 0
      return
    }
    let first = probabilities.startIndex
    let truth = probabilities[first + label]
    logLoss = -Elementary.log(max(Double.ulpOfOne, min(1 - Double.ulpOfOne, truth)))
    let square = probabilities.reduce(0) { $0 + $1 * $1 } - truth * truth
    let whole = square + (truth - 1) * (truth - 1)
    // Of two classes, whose errors are equal, the score counts one.
    squaredError =
      probabilities.count == 2
      ? (probabilities[first + 1] - Double(label)) * (probabilities[first + 1] - Double(label))
      : whole
    confidence = probabilities[first + predicted]
    bin = Int32(CalibrationBin.index(of: confidence))
  }

  fileprivate mutating func move(to unit: Int) { self.unit = Int32(unit) }

  fileprivate mutating func add(_ other: RowFacts) {
    count += other.count
    logLoss += other.logLoss
    squaredError += other.squaredError
    confidence += other.confidence
  }
}

extension [RowFacts] {
  /// The facts of rows, joined where unit, class, prediction and bin are the same.
  func grouped(by units: [Int], count: Int, classCount: Int) -> [RowFacts] {
    var places = [Int](
      repeating: -1, count: count * classCount * classCount * CalibrationBin.count)
    var grouped: [RowFacts] = []
    for fact in self {
      var fact = fact
      fact.move(to: units[Int(fact.unit)])
      let cell = (Int(fact.unit) * classCount + Int(fact.label)) * classCount + Int(fact.predicted)
      let place = cell * CalibrationBin.count + Int(fact.bin)
      if places[place] < 0 {
        places[place] = grouped.count
        grouped.append(fact)
      } else {
        grouped[places[place]].add(fact)
      }
    }
    return grouped
  }
}
