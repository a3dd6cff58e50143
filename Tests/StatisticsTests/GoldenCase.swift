import Foundation
import Testing

/// A case of `Golden/metrics.json`.
struct GoldenCase: Decodable, CustomTestStringConvertible {
  /// Points of the curves of one class; the thresholds of the ROC curve without the first.
  struct Curves: Decodable {
    let roc: [[Double]]
    let pr: [[Double]]
    let rocDropped: [[Double]]
    let prDropped: [[Double]]

    private enum CodingKeys: String, CodingKey {
      case roc, pr
      case rocDropped = "roc_dropped"
      case prDropped = "pr_dropped"
    }
  }

  let name: String
  let classes: Int
  let labels: [Int]
  let probabilities: [Double]
  let confusion: [Int]
  let summary: [String: Double?]
  let bins: [Int]
  let curves: [Curves?]
  let perClass: [String: [Double?]]

  var testDescription: String { name }

  private enum CodingKeys: String, CodingKey {
    case name, classes, labels, probabilities, confusion, summary, bins, curves
    case perClass = "per_class"
  }

  /// All cases; none where the file is missing, which a test notices.
  static let all: [GoldenCase] = {
    guard
      let url = Bundle.module.url(forResource: "Golden/metrics", withExtension: "json"),
      let data = try? Data(contentsOf: url)
    else { return [] }
    return (try? JSONDecoder().decode([GoldenCase].self, from: data)) ?? []
  }()
}
