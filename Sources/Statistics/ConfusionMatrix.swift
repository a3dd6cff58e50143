/// How often each class was predicted for rows of each class.
public struct ConfusionMatrix: Sendable, Equatable {
  /// The number of classes.
  public let classCount: Int
  /// Rows, row-major `[truth, prediction]`.
  public let counts: [Int]
  /// Rows of each class.
  public let supports: [Int]
  /// Predictions of each class.
  public let predictions: [Int]

  /// A matrix of counts, row-major `[truth, prediction]`.
  ///
  /// - Precondition: There are `classCount` times `classCount` counts.
  public init(classCount: Int, counts: [Int]) {
    precondition(
      counts.count == classCount * classCount,
      "\(counts.count) counts for \(classCount) × \(classCount) cells")
    self.classCount = classCount
    self.counts = counts
    var supports = [Int](repeating: 0, count: classCount)
    var predictions = supports
    for truth in 0..<classCount {
      for prediction in 0..<classCount {
        supports[truth] += counts[truth * classCount + prediction]
        predictions[prediction] += counts[truth * classCount + prediction]
      }
    }
    self.supports = supports
    self.predictions = predictions
  }

  /// Rows of a class that were predicted as another (or the same).
  public subscript(truth: Int, prediction: Int) -> Int {
    counts[truth * classCount + prediction]
  }

  /// All rows.
  public var total: Int { supports.reduce(0, +) }

  /// Rows that were right.
  public var correct: Int { (0..<classCount).reduce(0) { $0 + self[$1, $1] } }

  /// The share of rows that were right.
  public var accuracy: MetricValue {
    .quotient(Double(correct), Double(total), "there are no rows")
  }

  /// TP / (TP + FN), also called recall.
  public func sensitivity(_ index: Int) -> MetricValue {
    .quotient(
      Double(self[index, index]), Double(supports[index]), "class \(index) does not occur")
  }

  /// TP / (TP + FP), the positive predictive value, also called precision.
  public func positivePredictiveValue(_ index: Int) -> MetricValue {
    .quotient(
      Double(self[index, index]), Double(predictions[index]), "class \(index) is never predicted")
  }

  /// TN / (TN + FP).
  public func specificity(_ index: Int) -> MetricValue {
    let negatives = total - supports[index]
    let falsePositives = predictions[index] - self[index, index]
    return .quotient(
      Double(negatives - falsePositives), Double(negatives), "every row is of class \(index)")
  }

  /// 2 TP / (2 TP + FP + FN).
  public func f1(_ index: Int) -> MetricValue {
    .quotient(
      2 * Double(self[index, index]), Double(supports[index] + predictions[index]),
      "class \(index) neither occurs nor is predicted")
  }

  /// The mean F1 of all classes, or of some of them.
  public func macroF1(of classes: [Int]? = nil) -> MetricValue {
    .mean((classes ?? Array(0..<classCount)).map(f1))
  }

  /// The mean sensitivity of the classes that occur, as scikit-learn has it.
  public var balancedAccuracy: MetricValue {
    let occurring = (0..<classCount).filter { supports[$0] > 0 }
    return occurring.isEmpty
      ? .undefined("there are no rows") : .mean(occurring.map(sensitivity))
  }

  /// Agreement beyond chance. Cohen 1960, doi:10.1177/001316446002000104.
  public var cohenKappa: MetricValue {
    let rows = Double(total)
    let chance = chanceAgreement
    return .quotient(
      Double(correct) * rows - chance, rows * rows - chance,
      "all rows are of one class and predicted as such")
  }

  /// The correlation of truth and prediction for any number of classes.
  /// Gorodkin 2004, doi:10.1016/j.compbiolchem.2004.09.006.
  public var matthewsCorrelation: MetricValue {
    let rows = Double(total)
    func variance(_ counts: [Int]) -> Double {
      rows * rows - counts.reduce(0) { $0 + Double($1) * Double($1) }
    }
    let truth = variance(supports)
    let prediction = variance(predictions)
    return .quotient(
      Double(correct) * rows - chanceAgreement, (truth * prediction).squareRoot(),
      truth == 0 ? "only one class occurs" : "only one class is predicted")
  }

  /// Expected right rows if truth and prediction were independent, times the number of rows.
  private var chanceAgreement: Double {
    zip(supports, predictions).reduce(0) { $0 + Double($1.0) * Double($1.1) }
  }
}
