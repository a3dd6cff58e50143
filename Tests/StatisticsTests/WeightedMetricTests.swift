import Testing

@testable import Statistics

/// A case of `Golden/weighted.json`.
private struct WeightedCase: Decodable {
  let name: String
  let classes: Int
  let labels: [Int]
  let probabilities: [Double]
  let weights: [UInt16]
  let summary: [String: Double?]
  let perClass: [String: [Double?]]

  private enum CodingKeys: String, CodingKey {
    case name, classes, labels, probabilities, weights, summary
    case perClass = "per_class"
  }
}

@Suite("Weighted metrics")
struct WeightedMetricTests {
  @Test(
    "Rows that count several times or not at all are weighted as by scikit-learn, also without a class"
  )
  func sampleWeights() throws {
    let cases = try golden("weighted", as: [WeightedCase].self)
    #expect(cases.count == 8)
    for golden in cases {
      let metrics = try Predictions(
        labels: golden.labels, probabilities: golden.probabilities, classCount: golden.classes
      ).metrics(weights: golden.weights)
      for metric in Metric.all(classCount: golden.classes) {
        let expected =
          switch metric {
          case .summary(let name): try #require(golden.summary[name.rawValue])
          case .perClass(let name, let index):
            try #require(golden.perClass[name.rawValue])[index]
          }
        let value = metrics[metric].value
        #expect(isClose(value, expected), "\(golden.name): \(metric)")
      }
    }
  }

  @Test("Weightings side by side have the results of each alone, to the last bit")
  func sideBySide() throws {
    let predictions = try BootstrapTests.predictions(90, 4, seed: 2)
    let resampling = Resampling(rowCount: 90, seed: 3)
    let draws = (0..<DrawBlock.width).map { resampling.weights(draw: $0) }
    for count in [1, 3, DrawBlock.width] {
      let together = predictions.metrics(DrawBlock(Array(draws.prefix(count))))
      #expect(together == draws.prefix(count).map { predictions.metrics(weights: $0) })
    }
  }
}

@Suite("Groups of rows")
struct GroupedRowsTests {
  /// Predictions with ties, some sure and right, and a group for each row.
  private func grouped(
    rows: Int, classes: Int, groups: Int, seed: Int, levels: Double
  ) throws -> (rows: Predictions, groups: Predictions, units: [Int]) {
    let (labels, p) = randomPredictions(rows: rows, classes: classes, seed: seed)
    let probabilities = labels.indices.flatMap { row -> [Double] in
      var values = p[row * classes..<(row + 1) * classes].map { ($0 * levels).rounded() + 0.125 }
      if row % 3 != 0 { values[labels[row]] += 3 * levels }
      let sum = values.reduce(0, +)
      return values.map { $0 / sum }
    }
    let units = (0..<rows).map { ($0 * 7 + $0 / 5) % groups }
    let predictions = try Predictions(
      labels: labels, probabilities: probabilities, classCount: classes)
    return (predictions, predictions.grouped(by: units, count: groups), units)
  }

  @Test("Rows joined by group have the metrics of single rows", arguments: 1...8)
  func metrics(seed: Int) throws {
    let classes = seed % 2 == 0 ? 2 : 5
    let (rows, groups, units) = try grouped(
      rows: 400, classes: classes, groups: 3 + seed, seed: seed, levels: seed < 4 ? 4 : 1e6)
    let resampling = Resampling(subjects: units.map { "\($0)" }, seed: seed)
    for draw in 0..<20 {
      let single = rows.metrics(weights: resampling.weights(draw: draw))
      let joined = resampling.prepared(rows).metrics(weights: resampling.unitWeights(draw: draw))
      #expect(single.confusion == joined.confusion)
      for (one, other) in zip(single.perClass, joined.perClass) { #expect(one == other) }
      for metric in Metric.all(classCount: classes) {
        #expect(isClose(joined[metric].value, single[metric].value), "\(metric)")
      }
    }
    #expect(groups.metrics().perClass == rows.metrics().perClass)
  }

  @Test("Curves of groups are those of rows, to the last bit", arguments: 1...8)
  func curves(seed: Int) throws {
    let (rows, _, units) = try grouped(
      rows: 300, classes: 3, groups: 4 + seed, seed: seed, levels: seed < 4 ? 4 : 1e6)
    let resampling = Resampling(subjects: units.map { "\($0)" }, seed: seed)
    let joined = resampling.prepared(rows)
    let grid = CurveBand.grid()
    // A full block, and one with lanes to spare.
    for draws in [0..<8, 8..<13] {
      let block = DrawBlock(draws.map(resampling.weights))
      let unitBlock = DrawBlock(draws.map(resampling.unitWeights))
      for index in 0..<3 {
        let (one, other) = (rows.rankings[index], joined.rankings[index])
        let (rates, precisions) = (
          one.truePositiveRates(block, at: grid), one.precisions(block, at: grid)
        )
        #expect(bits(rates) == bits(other.truePositiveRates(unitBlock, at: grid)))
        #expect(bits(precisions) == bits(other.precisions(unitBlock, at: grid)))
        for (lane, draw) in draws.enumerated() {
          let plain = PlainCurve(rows, of: index, weights: resampling.weights(draw: draw))
          #expect(bits([rates[lane]]) == bits([grid.map(plain.truePositiveRate)]))
          #expect(bits([precisions[lane]]) == bits([grid.map(plain.precision)]))
        }
      }
    }
  }

  private func bits(_ curves: [[Double]]) -> [[UInt64]] { curves.map { $0.map(\.bitPattern) } }
}

/// Counts at and above each score of one class, a row at a time.
private struct PlainCurve {
  private var points: [(positives: Double, negatives: Double)] = [(0, 0)]

  init(_ predictions: Predictions, of index: Int, weights: [UInt16]) {
    let scores = predictions.labels.indices.map {
      predictions.scores[$0 * predictions.classCount + index]
    }
    for score in Set(scores).sorted(by: >) {
      var point = points[points.count - 1]
      for row in scores.indices where scores[row] == score {
        let weight = Double(weights[row])
        if predictions.labels[row] == index {
          point.positives += weight
        } else {
          point.negatives += weight
        }
      }
      points.append(point)
    }
  }

  func truePositiveRate(at rate: Double) -> Double {
    let (positives, negatives) = points[points.count - 1]
    guard positives > 0, negatives > 0 else { return .nan }
    guard let right = points.firstIndex(where: { rate < $0.negatives / negatives }) else {
      return 1
    }
    let (from, to) = (points[right - 1], points[right])
    let left = (x: from.negatives / negatives, y: from.positives / positives)
    return left.y + (rate - left.x) / (to.negatives / negatives - left.x)
      * (to.positives / positives - left.y)
  }

  func precision(at recall: Double) -> Double {
    let positives = points[points.count - 1].positives
    guard positives > 0 else { return .nan }
    let point = points.first { $0.positives > 0 && recall <= $0.positives / positives }
    return point.map { $0.positives / ($0.positives + $0.negatives) } ?? .nan
  }
}

@Suite("Ranking")
struct RankingTests {
  private func order(of scores: [Double]) -> FallingOrder {
    FallingOrder(count: scores.count, score: { scores[$0] }, isPositive: { $0 % 3 == 0 })
  }

  @Test("Rows are sorted from the highest score down, equal scores by row")
  func order() {
    let scores = [
      0.25, -1, .infinity, 0, -0.0, .leastNonzeroMagnitude, -1e300, 0.25, .greatestFiniteMagnitude,
      -1,
    ]
    let order = self.order(of: scores)
    #expect(order.elements.map(\.row) == [2, 8, 0, 7, 5, 3, 4, 1, 9, 6])
    let ends = scores.indices.filter { order.endsTie(at: $0) }
    #expect(ends == [0, 1, 3, 4, 6, 8, 9])
    #expect(self.order(of: []).elements.isEmpty)
  }

  @Test("The order is that of a sort by comparison", arguments: 1...4)
  func random(seed: Int) throws {
    let (_, p) = randomPredictions(rows: 300, classes: 3, seed: seed)
    let scores = p.enumerated().map { $0 % 2 == 0 ? $1 - 0.4 : ($1 - 0.2) * 1e-9 }
    let order = self.order(of: scores)
    let expected = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
    }
    #expect(order.elements.map(\.row) == expected)
    #expect(order.elements.allSatisfy { $0.isPositive == ($0.row % 3 == 0) })
  }

  @Test("Scores that differ in their last bits only are told apart")
  func lastBits() {
    let scores = (0..<100).map { row -> Double in
      row % 10 == 0 ? -1 : 1 - Double(row * 37 % 50) * 0x1p-53
    }
    let expected = scores.indices.sorted {
      scores[$0] != scores[$1] ? scores[$0] > scores[$1] : $0 < $1
    }
    #expect(order(of: scores).elements.map(\.row) == expected)
  }

  @Test("The area alone is that of all metrics", arguments: 1...4)
  func areaAlone(seed: Int) throws {
    let (labels, p) = randomPredictions(rows: 150, classes: 3, seed: seed)
    let metrics = try ClassificationMetrics(labels: labels, probabilities: p, classCount: 3)
    #expect(
      try ROCArea.ofEachClass(labels: labels, scores: p, classCount: 3)
        == metrics.perClass.map(\.auroc))
    let areas = try ROCArea.ofEachClass(labels: [1, 1], scores: [0, 1, 0, 0, 1, 0], classCount: 3)
    #expect(areas.map { $0.value == nil } == [true, true, true])
    #expect(throws: StatisticsError.noRows) {
      try ROCArea.ofEachClass(labels: [], scores: [], classCount: 2)
    }
  }
}
