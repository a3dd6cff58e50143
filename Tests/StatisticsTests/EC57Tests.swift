import Foundation
import Testing

@testable import Statistics

/// Made by `Golden/ec57.py`.
private struct EC57Golden: Decodable {
  struct Average: Decodable {
    let value: Double?
    let count: Int
  }

  let labels: [Int]
  let predicted: [Int]
  let records: [String]
  let gross: [String: [String: Double?]]
  let average: [String: [String: Average]]
  let jKappa: Double
  let macroF1: Double
  let meanSensitivity: Double
  let supraventricularF1Without232: Double

  static func load() throws -> EC57Golden {
    let file = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "Golden/ec57.json")
    return try JSONDecoder().decode(EC57Golden.self, from: Data(contentsOf: file))
  }

  var counted: EC57 { EC57(labels: labels, predicted: predicted, records: records) }
}

@Suite("EC57")
struct EC57Tests {
  private let symbols = ["N", "S", "V", "F", "Q"]

  private func isClose(_ value: Double?, _ expected: Double?) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return (value - expected).magnitude <= 1e-12
  }

  @Test("Gross and average measures of every class are those of a count beat by beat")
  func golden() throws {
    let golden = try EC57Golden.load()
    let counted = golden.counted
    #expect(counted.records.map(\.name) == ["100", "232", "208", "105"])
    for (beat, symbol) in zip(EC57Class.allCases, symbols) {
      for measure in EC57Measure.allCases {
        let gross = try #require(golden.gross[symbol]?[measure.rawValue])
        #expect(isClose(counted.gross.ec57(measure, of: beat).value, gross), "\(symbol) \(measure)")
        let expected = try #require(golden.average[symbol]?[measure.rawValue])
        let average = counted.average(measure, of: beat)
        #expect(isClose(average.value.value, expected.value), "\(symbol) \(measure)")
        #expect(average.recordCount == expected.count)
      }
    }
  }

  @Test("jκ and the means without Q are those of scikit-learn, also without a record")
  func scikitLearn() throws {
    let golden = try EC57Golden.load()
    let counted = golden.counted
    #expect(isClose(counted.gross.jKappa.value, golden.jKappa))
    #expect(isClose(counted.gross.macroF1WithoutUnknown.value, golden.macroF1))
    #expect(isClose(counted.gross.meanSensitivityWithoutUnknown.value, golden.meanSensitivity))
    #expect(
      isClose(counted.without("232").f1(1).value, golden.supraventricularF1Without232))
    #expect(counted.without("232").total == 450 && counted.without("x") == counted.gross)
  }

  @Test("F and Q read as V, and Q read as S, are no false positives; everything else is")
  func falsePositives() {
    func counted(_ truth: Int, as answer: Int) -> (predictivity: Double?, rate: Double?) {
      let beats = EC57(
        labels: [truth, answer, 0], predicted: [answer, answer, 0], records: ["1", "1", "1"]
      ).gross
      let beat = EC57Class.allCases[answer]
      return (
        beats.ec57(.positivePredictivity, of: beat).value,
        beats.ec57(.falsePositiveRate, of: beat).value
      )
    }
    for (truth, answer) in [(3, 2), (4, 2), (4, 1)] {
      #expect(counted(truth, as: answer) == (1, 0))
    }
    for (truth, answer) in [(0, 2), (1, 2), (0, 1), (2, 1), (3, 1), (4, 3)] {
      #expect(counted(truth, as: answer) == (0.5, 0.5))
    }
  }

  @Test("What is undefined is no number, and says why")
  func undefined() {
    let normal = EC57(labels: [0, 0], predicted: [0, 0], records: ["1", "2"])
    #expect(normal.gross.ec57(.sensitivity, of: .ventricular).reason != nil)
    #expect(normal.gross.ec57(.falsePositiveRate, of: .ventricular).value == 0)
    #expect(normal.gross.ec57(.falsePositiveRate, of: .normal).reason != nil)
    #expect(normal.average(.sensitivity, of: .fusion).value.reason == "no record has a value")
    #expect(normal.average(.sensitivity, of: .fusion).recordCount == 0)
    #expect(normal.gross.jKappa.value == nil)
  }

  @Test("A draw counts every record of a person as often as the person is drawn")
  func draws() throws {
    let golden = try EC57Golden.load()
    // Two records are one person's.
    let subjects = ["a", "b", "a", "c"]
    let resampling = EC57Resampling(subjects: subjects, seed: 5, workers: 2)
    #expect(resampling.personCount == 3)
    let replicates = resampling.drawn([golden.counted, golden.counted], draws: 40)
    for statistic in EC57Statistic.all {
      let bits = replicates.map { $0.values(of: statistic).map(\.bitPattern) }
      #expect(bits[0] == bits[1])
    }
    let plain = Resampling(subjects: subjects, seed: 5)
    for draw in 0..<40 {
      let drawn = redrawn(golden, plain.weights(draw: draw))
      for statistic in EC57Statistic.all {
        let expected =
          statistic.scope == .gross
          ? drawn.gross.ec57(statistic.measure, of: statistic.beat)
          : drawn.average(statistic.measure, of: statistic.beat).value
        let value = replicates[0].values(of: statistic)[draw]
        #expect(isClose(value.isNaN ? nil : value, expected.value), "\(draw) \(statistic)")
      }
    }
  }

  /// The beats of each record as often as its weight, every copy a record of its own.
  private func redrawn(_ golden: EC57Golden, _ weights: [UInt16]) -> EC57 {
    let names = golden.counted.records.map(\.name)
    var rows: [(label: Int, predicted: Int, record: String)] = []
    for (name, weight) in zip(names, weights) {
      for copy in 0..<Int(weight) {
        for row in golden.labels.indices where golden.records[row] == name {
          rows.append((golden.labels[row], golden.predicted[row], "\(name) \(copy)"))
        }
      }
    }
    return EC57(
      labels: rows.map(\.label), predicted: rows.map(\.predicted), records: rows.map(\.record))
  }

  @Test("What people add sums up to the measure, and intervals hold it")
  func contributions() throws {
    let golden = try EC57Golden.load()
    let resampling = EC57Resampling(
      subjects: golden.counted.records.map(\.name), seed: 1, workers: 1)
    let contributions = resampling.contributions(of: [golden.counted])[0]
    let replicates = resampling.drawn([golden.counted], draws: 500)[0]
    for beat in [EC57Class.normal, .ventricular] {
      for scope in EC57Statistic.Scope.allCases {
        let statistic = EC57Statistic(scope, .sensitivity, of: beat)
        let value =
          scope == .gross
          ? golden.counted.gross.ec57(.sensitivity, of: beat)
          : golden.counted.average(.sensitivity, of: beat).value
        let parts = try #require(contributions.values(of: statistic))
        #expect(parts.count == 4)
        #expect((parts.reduce(0, +) - (try #require(value.value))).magnitude < 1e-5)
        let interval = try #require(
          replicates.interval(
            of: statistic, method: resampling.intervalMethod, contributions: contributions))
        let mean = try #require(value.value)
        #expect(interval.low < mean && mean < interval.high)
      }
    }
    // Only one record has fusion beats: in a third of the draws there are none.
    let fusion = EC57Statistic(.gross, .sensitivity, of: .fusion)
    #expect(replicates.interval(of: fusion) == nil)
  }

  @Test("A class mostly in one record has an interval of the mean over records only")
  func rare() throws {
    // Six records with V beats, almost all of them in the first; all but one of each are found.
    var (labels, predicted, records): ([Int], [Int], [String]) = ([], [], [])
    for record in 0..<6 {
      let beats = record == 0 ? 200 : 5
      labels += [Int](repeating: 2, count: beats) + [Int](repeating: 0, count: beats)
      predicted += [0] + [Int](repeating: 2, count: beats) + [Int](repeating: 0, count: beats - 1)
      records += [String](repeating: "\(record)", count: 2 * beats)
    }
    let counted = EC57(labels: labels, predicted: predicted, records: records)
    let replicates = EC57Resampling(
      subjects: counted.records.map(\.name), seed: 1, workers: 1
    ).replicates(of: [counted], draws: 300)[0]
    for measure in [EC57Measure.sensitivity, .positivePredictivity] {
      #expect(replicates.interval(of: EC57Statistic(.gross, measure, of: .ventricular)) == nil)
      #expect(replicates.interval(of: EC57Statistic(.average, measure, of: .ventricular)) != nil)
    }
  }
}
