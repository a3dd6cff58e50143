import Statistics
import Tensors
import Testing

private func areClose(_ values: [Double], _ expected: [Double]) -> Bool {
  values.count == expected.count && zip(values, expected).allSatisfy { isClose($0, $1) }
}

/// Random predictions with many ties: probabilities are multiples of 1/16.
func randomPredictions(
  rows: Int, classes: Int, seed: Int
) -> (labels: [Int], probabilities: [Double]) {
  var random = Philox(seed: seed, purpose: "predictions").stream()
  let labels = (0..<rows).map { _ in random.nextIndex(below: classes) }
  let probabilities = labels.flatMap { label in
    var parts = [Double](repeating: 0, count: classes)
    for _ in 0..<16 {
      parts[random.nextIndex(below: 3) == 0 ? label : random.nextIndex(below: classes)] += 1 / 16.0
    }
    return parts
  }
  return (labels, probabilities)
}

@Suite("Metrics against scikit-learn")
struct GoldenMetricTests {
  @Test("The golden file is there")
  func exists() {
    #expect(GoldenCase.all.count == 17)
  }

  @Test("Every metric is that of scikit-learn, undefined where it is", arguments: GoldenCase.all)
  func metrics(golden: GoldenCase) throws {
    let metrics = try ClassificationMetrics(
      labels: golden.labels, probabilities: golden.probabilities, classCount: golden.classes)
    #expect(metrics.confusion.counts == golden.confusion)
    #expect(metrics.calibration.map(\.count) == golden.bins)
    for metric in Metric.all(classCount: golden.classes) {
      let expected: Double?
      switch metric {
      case .summary(let name):
        expected = try #require(golden.summary[name.rawValue])
      case .perClass(let name, let index):
        expected = try #require(golden.perClass[name.rawValue])[index]
      }
      let value = metrics[metric]
      #expect(
        isClose(value.value, expected), "\(metric): \(value), not \(String(describing: expected))")
      #expect((value.reason == nil) == (value.value != nil))
    }
  }

  @Test("The points of both curves are those of scikit-learn", arguments: GoldenCase.all)
  func curves(golden: GoldenCase) throws {
    let predictions = try Predictions(
      labels: golden.labels, probabilities: golden.probabilities, classCount: golden.classes)
    for (index, curves) in golden.curves.enumerated() {
      guard let curves else {
        #expect(throws: StatisticsError.self) { try predictions.rocCurve(of: index) }
        continue
      }
      for drops in [false, true] {
        let roc = try predictions.rocCurve(of: index, dropsIntermediate: drops)
        let expected = drops ? curves.rocDropped : curves.roc
        #expect(areClose(roc.falsePositiveRates, expected[0]))
        #expect(areClose(roc.truePositiveRates, expected[1]))
        #expect(roc.thresholds.first == .infinity)
        #expect(Array(roc.thresholds.dropFirst()) == expected[2])
        let curve = try predictions.precisionRecallCurve(of: index, dropsIntermediate: drops)
        let points = drops ? curves.prDropped : curves.pr
        #expect(areClose(curve.precisions, points[0]))
        #expect(areClose(curve.recalls, points[1]))
        #expect(curve.thresholds == points[2])
      }
      let average = try predictions.precisionRecallCurve(of: index).averagePrecision
      #expect(isClose(average, golden.perClass["auprc"]?[index]))
    }
  }
}

@Suite("Properties of metrics")
struct MetricPropertyTests {
  static func metrics(_ labels: [Int], _ p: [Double], _ classes: Int) throws -> [Double?] {
    let metrics = try ClassificationMetrics(labels: labels, probabilities: p, classCount: classes)
    return Metric.all(classCount: classes).map { metrics[$0].value }
  }

  @Test("The order of the rows does not matter", arguments: 1...5)
  func rowOrder(seed: Int) throws {
    let (labels, p) = randomPredictions(rows: 200, classes: 4, seed: seed)
    var random = Philox(seed: seed, purpose: "order").stream()
    let order = random.shuffled(Array(0..<200))
    let shuffled = try Self.metrics(
      order.map { labels[$0] }, order.flatMap { p[$0 * 4..<$0 * 4 + 4] }, 4)
    let original = try Self.metrics(labels, p, 4)
    #expect(zip(original, shuffled).allSatisfy { isClose($0, $1) })
  }

  /// Without ties at the top, whose winner is the lowest index and so depends on the numbering.
  @Test("Numbering the classes differently only renames them", arguments: 1...5)
  func labelPermutation(seed: Int) throws {
    let (labels, p) = randomPredictions(rows: 200, classes: 3, seed: seed)
    let kept = labels.indices.filter { row in
      let scores = p[row * 3..<row * 3 + 3].sorted()
      return scores[2] > scores[1]
    }
    let names = [2, 0, 1]
    let back = [1, 2, 0]
    let original = try ClassificationMetrics(
      labels: kept.map { labels[$0] }, probabilities: kept.flatMap { p[$0 * 3..<$0 * 3 + 3] },
      classCount: 3)
    let renamed = try ClassificationMetrics(
      labels: kept.map { names[labels[$0]] },
      probabilities: kept.flatMap { row in back.map { p[row * 3 + $0] } }, classCount: 3)
    for metric in SummaryMetric.allCases {
      #expect(isClose(renamed[metric].value, original[metric].value), "\(metric)")
    }
    for index in 0..<3 {
      for metric in ClassMetric.allCases {
        let value = renamed.perClass[names[index]][metric].value
        #expect(isClose(value, original.perClass[index][metric].value), "\(metric)")
      }
    }
  }

  @Test("Areas depend on the order of the scores only", arguments: 1...5)
  func monotoneChange(seed: Int) throws {
    let (labels, p) = randomPredictions(rows: 200, classes: 2, seed: seed)
    func areas(_ change: (Double) -> Double) throws -> [MetricValue] {
      let metrics = try Predictions(
        labels: labels, probabilities: p.map(change), classCount: 2, areProbabilities: false
      ).metrics()
      return metrics.perClass.flatMap { [$0.auroc, $0.averagePrecision] } + [metrics.accuracy]
    }
    #expect(try areas { $0 } == areas { $0 * $0 * $0 - 5 })
    #expect(try areas { $0 } == areas { Elementary.exp(3 * $0) })
  }

  @Test("The area is the share of pairs in order, ties counting half", arguments: 1...5)
  func mannWhitney(seed: Int) throws {
    let (labels, p) = randomPredictions(rows: 90, classes: 3, seed: seed)
    let metrics = try ClassificationMetrics(labels: labels, probabilities: p, classCount: 3)
    for index in 0..<3 {
      var won = 0.0
      var pairs = 0.0
      for a in labels.indices where labels[a] == index {
        for b in labels.indices where labels[b] != index {
          let (first, second) = (p[a * 3 + index], p[b * 3 + index])
          won += first > second ? 1 : first == second ? 0.5 : 0
          pairs += 1
        }
      }
      #expect(isClose(metrics.perClass[index].auroc.value, won / pairs))
    }
  }

  @Test("Scores that are no probabilities have ranks and predictions only")
  func scores() throws {
    let metrics = try Predictions(
      labels: [0, 1, 1], probabilities: [3.0, -1, 2, 9, 0, 0], classCount: 2,
      areProbabilities: false
    ).metrics()
    #expect(metrics.accuracy == .defined(2 / 3.0))
    #expect(metrics.logLoss == .undefined("the scores are not probabilities"))
    #expect(metrics.brierScore.value == nil && metrics.expectedCalibrationError.value == nil)
    #expect(metrics.calibration.isEmpty)
    #expect(metrics.aurocMacro == .defined(1))
  }

  @Test("Of equal scores the lowest class is predicted")
  func ties() throws {
    let predictions = try Predictions(
      labels: [0, 1], probabilities: [0.4, 0.4, 0.2, 0.2, 0.4, 0.4], classCount: 3)
    #expect(predictions.predicted == [0, 1])
  }

  @Test("Single precision gives the same as its values in double precision")
  func singlePrecision() throws {
    let (labels, p) = randomPredictions(rows: 50, classes: 4, seed: 9)
    let single = try Predictions(labels: labels, probabilities: p.map(Float.init), classCount: 4)
    let double = try Predictions(labels: labels, probabilities: p, classCount: 4)
    #expect(single.metrics() == double.metrics())
  }

  @Test("The reason of an undefined metric says what is missing")
  func reasons() throws {
    let metrics = try ClassificationMetrics(
      labels: [0, 0], probabilities: [0.9, 0.1, 0, 0.8, 0.2, 0], classCount: 3)
    #expect(metrics.perClass[2].sensitivity.reason == "class 2 does not occur")
    #expect(metrics.perClass[2].positivePredictiveValue.reason == "class 2 is never predicted")
    #expect(metrics.perClass[2].f1.reason == "class 2 neither occurs nor is predicted")
    #expect(metrics.perClass[0].specificity.reason == "every row is of class 0")
    #expect(metrics.perClass[0].auroc.reason == "every row is of class 0")
    #expect(metrics.matthewsCorrelation.reason == "only one class occurs")
    #expect(metrics.macroF1.reason == "class 1 neither occurs nor is predicted")
  }
}

@Suite("Unusable predictions")
struct UnusablePredictionTests {
  @Test("Every unusable input is named, with its row and the remedy")
  func errors() {
    func error(_ labels: [Int], _ p: [Double], _ classes: Int) -> StatisticsError? {
      do {
        _ = try ClassificationMetrics(labels: labels, probabilities: p, classCount: classes)
        return nil
      } catch {
        return error
      }
    }
    #expect(error([], [], 2) == .noRows)
    #expect(error([0], [1], 1) == .tooFewClasses(1))
    #expect(error([0], [1], 0) == .tooFewClasses(0))
    #expect(error([0], [1], -3) == .tooFewClasses(-3))
    #expect(error([0, 1], [1, 0, 0], 2) == .scoreCount(rows: 2, columns: 2, found: 3))
    #expect(error([0], [1], .max) == .scoreCount(rows: 1, columns: .max, found: 1))
    #expect(error([0, 1], [1], .max) == .scoreCount(rows: 2, columns: .max, found: 1))
    #expect(error([0, 2], [1, 0, 0, 1], 2) == .label(row: 1, found: 2, classCount: 2))
    #expect(error([-1], [1, 0], 2) == .label(row: 0, found: -1, classCount: 2))
    #expect(error([0], [.nan, 0], 2) == .notFinite(row: 0, column: 0))
    #expect(error([0, 0], [1, 0, 0, .infinity], 2) == .notFinite(row: 1, column: 1))
    #expect(error([0], [1.5, -0.5], 2) == .notProbability(row: 0, column: 0, found: 1.5))
    #expect(error([0], [0.5, 0.4], 2) == .sum(row: 0, found: 0.9))
    #expect(error([0], [0.5, 0.5], 2) == nil)
  }

  @Test("A message of 2 columns and unbounded many is made without overflow")
  func descriptions() {
    let all: [StatisticsError] = [
      .noRows, .tooFewClasses(1), .scoreCount(rows: 2, columns: 3, found: 4),
      .scoreCount(rows: 2, columns: .max, found: 1),
      .label(row: 0, found: 7, classCount: 5), .notFinite(row: 1, column: 0),
      .notProbability(row: 0, column: 0, found: 2), .sum(row: 0, found: 0.9),
      .undefined(reason: "there is no positive row"),
    ]
    for error in all {
      #expect(error.description.contains(";"), "no remedy in: \(error.description)")
    }
  }

  @Test("Curves of one kind of row do not exist")
  func curves() {
    #expect(throws: StatisticsError.undefined(reason: "there is no negative row")) {
      try ROCCurve(isPositive: [true, true], scores: [1, 2])
    }
    #expect(throws: StatisticsError.undefined(reason: "there is no positive row")) {
      try PrecisionRecallCurve(isPositive: [false], scores: [1])
    }
    #expect(throws: StatisticsError.noRows) { try ROCCurve(isPositive: [], scores: []) }
    #expect(throws: StatisticsError.scoreCount(rows: 1, columns: 1, found: 0)) {
      try ROCCurve(isPositive: [true], scores: [])
    }
    #expect(throws: StatisticsError.notFinite(row: 1, column: 0)) {
      try PrecisionRecallCurve(isPositive: [true, false], scores: [0, .nan])
    }
  }
}
