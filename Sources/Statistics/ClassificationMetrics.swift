/// What is said about one class.
public struct ClassMetrics: Sendable, Equatable {
  /// Rows of the class.
  public let support: Int
  /// TP / (TP + FN).
  public let sensitivity: MetricValue
  /// TP / (TP + FP).
  public let positivePredictiveValue: MetricValue
  /// TN / (TN + FP).
  public let specificity: MetricValue
  /// The harmonic mean of sensitivity and positive predictive value.
  public let f1: MetricValue
  /// Area under the ROC curve of the class against the rest.
  public let auroc: MetricValue
  /// Average precision of the class against the rest.
  public let averagePrecision: MetricValue
}

/// Everything that is said about the predictions of a model.
///
/// Where scikit-learn defines a metric the value is the same; where a metric is undefined there is
/// a reason instead of a number.
public struct ClassificationMetrics: Sendable, Equatable {
  /// How often each class was predicted for rows of each class.
  public let confusion: ConfusionMatrix
  /// The share of rows that were right.
  public let accuracy: MetricValue
  /// The mean F1 of the classes.
  public let macroF1: MetricValue
  /// The mean sensitivity of the classes that occur.
  public let balancedAccuracy: MetricValue
  /// Agreement beyond chance.
  public let cohenKappa: MetricValue
  /// The correlation of truth and prediction.
  public let matthewsCorrelation: MetricValue
  /// The mean of −log p of the true class.
  public let logLoss: MetricValue
  /// The mean squared error of the probabilities: summed over the classes, of two classes that of
  /// the second.
  public let brierScore: MetricValue
  /// The mean area under the ROC curves; of two classes that of the second.
  public let aurocMacro: MetricValue
  /// The same mean, weighted by the rows of each class.
  public let aurocWeighted: MetricValue
  /// The mean average precision.
  public let averagePrecisionMacro: MetricValue
  /// The mean distance of confidence and accuracy over 15 bins.
  public let expectedCalibrationError: MetricValue
  /// The bins behind it; empty where the scores are no probabilities.
  public let calibration: [CalibrationBin]
  /// What is said about each class.
  public let perClass: [ClassMetrics]

  /// The metrics of labels and probabilities, row-major `[rows, classes]`.
  ///
  /// - Throws: As the initialiser of ``Predictions``.
  public init(
    labels: [Int], probabilities: [Double], classCount: Int
  ) throws(StatisticsError) {
    self = try Predictions(
      labels: labels, probabilities: probabilities, classCount: classCount
    ).metrics()
  }

  init(
    _ confusion: ConfusionMatrix, areas: [(auroc: MetricValue, averagePrecision: MetricValue)],
    logLoss: MetricValue, brierScore: MetricValue, calibration: [CalibrationBin],
    calibrationError: MetricValue
  ) {
    self.confusion = confusion
    accuracy = confusion.accuracy
    balancedAccuracy = confusion.balancedAccuracy
    cohenKappa = confusion.cohenKappa
    matthewsCorrelation = confusion.matthewsCorrelation
    self.logLoss = logLoss
    self.brierScore = brierScore
    self.calibration = calibration
    expectedCalibrationError = calibrationError
    let perClass = areas.indices.map { index in
      ClassMetrics(
        support: confusion.supports[index], sensitivity: confusion.sensitivity(index),
        positivePredictiveValue: confusion.positivePredictiveValue(index),
        specificity: confusion.specificity(index), f1: confusion.f1(index),
        auroc: areas[index].auroc, averagePrecision: areas[index].averagePrecision)
    }
    self.perClass = perClass
    macroF1 = .mean(perClass.map(\.f1))
    let aurocs = perClass.map(\.auroc)
    let total = Double(confusion.total)
    let shares = confusion.supports.map { Double($0) / total }
    // The two curves of a binary task are one; the second class is the positive one.
    aurocMacro = aurocs.count == 2 ? aurocs[1] : .mean(aurocs)
    aurocWeighted = aurocs.count == 2 ? aurocs[1] : .weightedSum(aurocs, shares)
    averagePrecisionMacro = .mean(perClass.map(\.averagePrecision))
  }
}

extension Predictions {
  /// The metrics of all rows.
  public func metrics() -> ClassificationMetrics {
    metrics(weights: [UInt16](repeating: 1, count: unitCount))
  }

  /// The metrics when each row counts as often as its weight; O(rows × classes).
  ///
  /// - Precondition: There is one weight a row, or of grouped rows one a group, and the sum over the
  ///   rows is below 2³¹.
  public func metrics(weights: [UInt16]) -> ClassificationMetrics {
    metrics(DrawBlock([weights]))[0]
  }

  /// The metrics of every weighting of a block.
  func metrics(_ block: DrawBlock) -> [ClassificationMetrics] {
    precondition(
      block.lanes.count == unitCount, "\(block.lanes.count) weights for \(unitCount) units")
    let areas = rankings.map { $0.areas(block) }
    let sums = RowSums(of: facts, classCount: classCount, block)
    return block.draws.indices.map { lane in
      let laneAreas = areas.map { $0[lane] }
      let confusion = sums.confusion(lane)
      guard areProbabilities else {
        let reason = MetricValue.undefined("the scores are not probabilities")
        return ClassificationMetrics(
          confusion, areas: laneAreas, logLoss: reason, brierScore: reason,
          calibration: [], calibrationError: reason)
      }
      let total = Double(confusion.total)
      let calibration = sums.calibration(lane)
      return ClassificationMetrics(
        confusion, areas: laneAreas,
        logLoss: .quotient(sums.logLoss[lane], total, "there are no rows"),
        brierScore: .quotient(sums.squaredError[lane], total, "there are no rows"),
        calibration: calibration, calibrationError: calibration.expectedCalibrationError)
    }
  }
}

/// Sums over rows, for each weighting of a block.
private struct RowSums {
  private let classCount: Int
  private var counts: [DrawBlock.Counts]
  private(set) var logLoss = DrawBlock.Sums.zero
  private(set) var squaredError = DrawBlock.Sums.zero
  private var bins = [Bin](repeating: Bin(), count: CalibrationBin.count)

  private struct Bin {
    var count = DrawBlock.Counts.zero
    var correct = DrawBlock.Counts.zero
    var confidence = DrawBlock.Sums.zero
  }

  init(of facts: [RowFacts], classCount: Int, _ block: DrawBlock) {
    self.classCount = classCount
    counts = [DrawBlock.Counts](repeating: .zero, count: classCount * classCount)
    for fact in facts {
      let weights = block.lanes[Int(fact.unit)]
      let rows = DrawBlock.weights(weights, of: fact.count)
      let shares = DrawBlock.Sums(weights)
      counts[Int(fact.label) * classCount + Int(fact.predicted)] &+= rows
      logLoss += shares * fact.logLoss
      squaredError += shares * fact.squaredError
      let bin = Int(fact.bin)
      bins[bin].count &+= rows
      bins[bin].confidence += shares * fact.confidence
      if fact.label == fact.predicted { bins[bin].correct &+= rows }
    }
  }

  /// The confusion matrix of one weighting.
  func confusion(_ lane: Int) -> ConfusionMatrix {
    ConfusionMatrix(classCount: classCount, counts: counts.map { Int($0[lane]) })
  }

  /// The bins of one weighting.
  func calibration(_ lane: Int) -> [CalibrationBin] {
    bins.enumerated().map { index, bin in
      CalibrationBin(
        index: index, count: Int(bin.count[lane]), confidence: bin.confidence[lane],
        correct: Int(bin.correct[lane]))
    }
  }
}
