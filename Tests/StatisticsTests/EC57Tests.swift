import Foundation
import Statistics
import Testing

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
}
