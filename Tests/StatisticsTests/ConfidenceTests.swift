import Foundation
import Testing

@testable import Statistics

/// Made by `Golden/confidence.py`.
private struct ConfidenceGolden: Decodable {
  let classes: Int
  let labels: [Int]
  let probabilities: [Double]
  let temperature: Double
  let scaled: [Double]
  let shares: [Double]
  let accuracies: [Double]
  let meanError: Double

  static func load() throws -> [ConfidenceGolden] {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/confidence.json")
    return try JSONDecoder().decode([ConfidenceGolden].self, from: Data(contentsOf: file))
  }

  var predictions: Predictions {
    get throws {
      try Predictions(labels: labels, probabilities: probabilities, classCount: classes)
    }
  }

  func logLoss(_ probabilities: [Double]) throws -> Double {
    let metrics = try ClassificationMetrics(
      labels: labels, probabilities: probabilities, classCount: classes)
    return try #require(metrics.logLoss.value)
  }
}

@Suite("Confidence")
struct ConfidenceTests {
  private func fitted(_ golden: ConfidenceGolden) throws -> TemperatureScaling {
    try #require(
      TemperatureScaling(
        fittedTo: golden.labels, probabilities: golden.probabilities, classCount: golden.classes))
  }

  @Test("The temperature with the least log loss is that of scipy, and so are the probabilities")
  func temperature() throws {
    for golden in try ConfidenceGolden.load() {
      let scaling = try fitted(golden)
      // A minimiser that compares values finds the place to half of the digits.
      #expect(isClose(scaling.temperature, golden.temperature, within: 1e-6))
      let same = TemperatureScaling(temperature: golden.temperature)
        .scaled(golden.probabilities, classCount: golden.classes)
      #expect(zip(same, golden.scaled).allSatisfy { isClose($0, $1) })
    }
  }

  @Test("No other temperature has a smaller log loss, and the answers stay")
  func least() throws {
    for golden in try ConfidenceGolden.load() {
      let scaling = try fitted(golden)
      let scaled = scaling.scaled(golden.probabilities, classCount: golden.classes)
      let loss = try golden.logLoss(scaled)
      for factor in [0.9, 0.999, 1.001, 1.1] {
        let other = TemperatureScaling(temperature: factor * scaling.temperature)
        let moved = other.scaled(golden.probabilities, classCount: golden.classes)
        #expect(try golden.logLoss(moved) > loss)
      }
      let predicted = try golden.predictions.with(probabilities: scaled).predicted
      #expect(try predicted == golden.predictions.predicted)
    }
  }

  @Test("Sharpened probabilities have the temperature that undoes it")
  func undone() throws {
    let golden = try ConfidenceGolden.load()[0]
    let scaling = try fitted(golden)
    let sharp = TemperatureScaling(temperature: 0.25)
      .scaled(golden.probabilities, classCount: golden.classes)
    let undoing = try #require(
      TemperatureScaling(
        fittedTo: golden.labels, probabilities: sharp, classCount: golden.classes))
    #expect(isClose(undoing.temperature, 4 * scaling.temperature, within: 1e-9))
  }

  @Test(
    "There is no temperature where all rows are right, where none is there, where nothing is said")
  func undefined() {
    func fit(_ labels: [Int], _ probabilities: [Double]) -> TemperatureScaling? {
      TemperatureScaling(fittedTo: labels, probabilities: probabilities, classCount: 2)
    }
    #expect(fit([], []) == nil)
    #expect(fit([0, 1], [0.9, 0.1, 0.3, 0.7]) == nil)
    #expect(fit([0, 1], [0.5, 0.5, 0.5, 0.5]) == nil)
    #expect(fit([0, 1, 1], [0.9, 0.1, 0.3, 0.7, 0.6, 0.4]) != nil)
    #expect(
      TemperatureScaling.crossFitted(
        labels: [0, 1], probabilities: [0.9, 0.1, 0.3, 0.7], classCount: 2) == nil)
  }

  @Test("A certain answer that is wrong has a finite temperature")
  func certain() throws {
    let scaling = try #require(
      TemperatureScaling(
        fittedTo: [0, 0, 0, 1], probabilities: [1, 0, 1, 0, 0, 1, 0, 1], classCount: 2))
    // Three in four are right, and the odds are 2⁻¹²⁶ : 1: log 3 = 126 log 2 / T.
    #expect(isClose(scaling.temperature, 126 * 0.693147180559945 / 1.09861228866811, within: 1e-9))
  }

  @Test("Rows are scaled by what was fitted without them")
  func crossFitted() throws {
    let golden = try ConfidenceGolden.load()[1]
    let whole = try fitted(golden).scaled(golden.probabilities, classCount: golden.classes)
    func crossFitted(_ labels: [Int]) throws -> [Double] {
      try #require(
        TemperatureScaling.crossFitted(
          labels: labels, probabilities: golden.probabilities, classCount: golden.classes))
    }
    let held = try crossFitted(golden.labels)
    // Scores that chose the temperature flatter it.
    #expect(try golden.logLoss(held) >= golden.logLoss(whole))
    #expect(try golden.logLoss(held) < golden.logLoss(golden.probabilities))
    // What a row is decides the other parts' temperatures, not its own.
    var changed = golden.labels
    changed[7] = (changed[7] + 1) % golden.classes
    let moved = try crossFitted(changed)
    let row = 7 * golden.classes..<8 * golden.classes
    #expect(moved[row] == held[row] && moved != held)
  }

  @Test("Accuracies of the surest rows, and their mean error, are those by definition, with ties")
  func selective() throws {
    for golden in try ConfidenceGolden.load() {
      let selective = SelectiveAccuracy(try golden.predictions)
      for (share, expected) in zip(golden.shares, golden.accuracies) {
        #expect(isClose(selective.accuracy(keeping: share).value, expected), "\(share)")
      }
      #expect(isClose(selective.meanError.value, golden.meanError))
      #expect(
        try selective.accuracy(keeping: 1).value == golden.predictions.metrics().accuracy.value)
    }
  }

  @Test("One metric of all is that of all")
  func some() throws {
    let predictions = try ConfidenceGolden.load()[0].predictions
    let resampling = Resampling(rowCount: predictions.count, seed: 3)
    let wanted = [Metric.summary(.logLoss), .perClass(.f1, 1)]
    let all = resampling.replicates(of: [predictions], draws: 20, workers: 2)[0]
    let contributions = resampling.contributions(of: [predictions], workers: 1)[0]
    for metric in wanted {
      let one = try #require(contributions.only(metric))
      #expect(all.only(metric)?.values(of: metric) == all.values(of: metric))
      #expect(one.values(of: metric) == contributions.values(of: metric))
      #expect(one.whole(of: metric) == contributions.whole(of: metric))
    }
  }

  @Test("Bins of several models together hold all of their rows")
  func bins() throws {
    let predictions = try ConfidenceGolden.load().filter { $0.classes == 5 }.map {
      try $0.predictions
    }
    let both = predictions.map { $0.metrics().calibration }
    let whole = try ClassificationMetrics(
      labels: predictions.flatMap(\.labels), probabilities: predictions.flatMap(\.probabilities),
      classCount: 5
    ).calibration
    for (index, bin) in whole.enumerated() {
      let joined = CalibrationBin(joining: both.map { $0[index] })
      #expect(joined.count == bin.count && isClose(joined.accuracy, bin.accuracy))
      #expect(isClose(joined.meanConfidence, bin.meanConfidence))
    }
  }

  @Test(
    "Scores of probabilities have the draws and parts of all metrics, by rows and by subject",
    arguments: [false, true])
  func redrawn(bySubject: Bool) throws {
    let models = try [7, 8].map { try BootstrapTests.predictions(90, 3, seed: $0) }
    let subjects = (0..<90).map { "subject \($0 % 11)" }
    let resampling = Resampling(rowCount: 90, subjects: bySubject ? subjects : nil, seed: 3)
    let all = resampling.replicates(of: models, draws: 45, workers: 2)
    let few = resampling.probabilityReplicates(of: models, draws: 45, workers: 2)
    let allParts = resampling.contributions(of: models, workers: 2)
    let fewParts = resampling.probabilityContributions(of: models, workers: 2)
    for model in models.indices {
      #expect(few[model].metrics == ProbabilityScore.all && few[model].drawCount == 45)
      for metric in ProbabilityScore.all {
        let draws = zip(few[model].values(of: metric), all[model].values(of: metric))
        #expect(draws.allSatisfy { isClose($0, $1) })
        let parts = try zip(
          #require(fewParts[model].values(of: metric)), #require(allParts[model].values(of: metric))
        )
        // Parts are differences of a thousandth: they lose three digits.
        #expect(parts.allSatisfy { ($0 - $1).magnitude < 1e-10 })
      }
    }
    #expect(few[0] != few[1])
  }
}
