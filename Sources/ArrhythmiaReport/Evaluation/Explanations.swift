import Documents
import Experiments

/// Which samples a variant's answers rest on, and how far that depends on what it has learnt.
struct VariantExplanations {
  /// What is traced back to the samples, or compared with random weights.
  enum Method: CaseIterable {
    case gradients
    case magnitudes
    case activation

    var title: String {
      switch self {
      case .gradients: "Integrated gradients"
      case .magnitudes: "Their magnitudes"
      case .activation: "Grad-CAM"
      }
    }
  }

  /// How many of the layers have random weights.
  enum Depth: CaseIterable {
    case last
    case half
    case all

    var title: String {
      switch self {
      case .last: "last layer"
      case .half: "half"
      case .all: "all"
      }
    }
  }

  /// Rank correlations from which on two maps are called alike: a convention, half of the way.
  static let alike = 0.5

  /// The variant.
  let variant: EvaluatedVariant
  /// One a seed.
  private let seeds: [ExplanationFile]

  /// `nil` where not all of its cells were looked at.
  init?(_ variant: EvaluatedVariant) {
    seeds = variant.cells.compactMap(\.result.findings.explanations)
    guard seeds.count == variant.cells.count else { return nil }
    self.variant = variant
  }

  /// The rows of the first seed, one a class.
  var examples: [ExplanationFile.Example] { seeds[0].examples }
  /// Test rows that were looked at.
  var rowCount: Int { seeds.map(\.rowCount).max() ?? 0 }
  /// How far integrated gradients are from adding up to the difference, as a share of it.
  var gap: Double? { ScoreEstimate(seeds.map(\.gap)).mean }
  /// Rank correlation of their magnitudes with the heights of the samples.
  var likenessToRow: Double? { ScoreEstimate(seeds.map(\.likenessToRow)).mean }
  /// The share of integrated gradients, by their magnitudes, that numbers have which are no samples of
  /// the beat; `nil` for a network that is fed a beat only.
  var elsewhere: Double? { ScoreEstimate(seeds.map(\.elsewhere)).mean }
  /// Whether it has features along time.
  var hasActivation: Bool { examples.contains { $0.activation != nil } }

  /// Rank correlation with the parts of the same network with random weights.
  func likeness(_ method: Method, _ depth: Depth) -> Double? {
    ScoreEstimate(
      seeds.map { file in
        let count =
          switch depth {
          case .last: 1
          case .half: (file.layerCount + 1) / 2
          case .all: file.layerCount
          }
        let level = file.randomizations.first { $0.layers == count }
        return switch method {
        case .gradients: level?.gradients
        case .magnitudes: level?.magnitudes
        case .activation: level?.activation
        }
      }
    ).mean
  }
}

extension EvaluatedTask {
  /// The networks whose answers were traced back, in study order.
  var explanations: [VariantExplanations] { networks.compactMap { VariantExplanations($0) } }

  /// How many rows were traced back, as part of a sentence.
  var explainedRowWords: Prose {
    let count = ExplanationFile.rowsPerClass(folds: foldCount)
    let each: Prose = foldCount > 1 ? " in each of \(foldCount) folds" : ""
    return "\(count.counted("test row")) of each class\(each)"
  }
}
