import Datasets
import Experiments
import Statistics

/// What a variant answers where noise is added to test rows, over its seeds.
struct VariantRobustness {
  /// The variant.
  let variant: EvaluatedVariant
  private let seeds: [RobustnessFile]
  private let classCount: Int

  /// `nil` where not all of its cells were asked.
  init?(_ variant: EvaluatedVariant) {
    let seeds = variant.cells.compactMap(\.result.findings.robustness)
    classCount = variant.cells[0].predictions.classCount
    guard seeds.count == variant.cells.count else { return nil }
    self.variant = variant
    self.seeds = seeds
  }

  /// Test rows that were disturbed.
  var rowCount: Int { seeds.map(\.rowCount).max() ?? 0 }

  /// A score of the same rows without noise; macro-F1 is the mean over the classes among them.
  func clean(_ score: Score) -> Double? { mean(score, seeds.map(\.clean)) }

  /// A score under a noise at a ratio; `nil` where that was not tried.
  func score(_ score: Score, _ disturbance: Disturbance, decibels: Int) -> Double? {
    let counts = seeds.compactMap { seed in
      seed.levels.first { $0.disturbance == disturbance && $0.decibels == decibels }?.counts
    }
    return counts.count == seeds.count ? mean(score, counts) : nil
  }

  private func mean(_ score: Score, _ counts: [[Int]]) -> Double? {
    ScoreEstimate(
      counts.map { counts in
        guard counts.count == classCount * classCount else { return nil }
        let matrix = ConfusionMatrix(classCount: classCount, counts: counts)
        return switch score {
        case .accuracy: matrix.accuracy.value
        case .f1:
          classCount == 2
            ? matrix.f1(1).value
            : matrix.macroF1(of: matrix.supports.indices.filter { matrix.supports[$0] > 0 }).value
        case .auroc, .auprc: nil
        }
      }
    ).mean
  }
}

extension EvaluatedTask {
  /// The variants that were asked about disturbed rows, in study order: networks, and ensembles whose
  /// members were.
  var robustness: [VariantRobustness] { variants.compactMap { VariantRobustness($0) } }

  /// Whether a network is fed more than a beat.
  func isFedContext(_ variant: EvaluatedVariant) -> Bool { variant.facts.id == "beat-rhythm" }

  /// What a macro-F1 of disturbed rows is a mean of.
  var meanF1Words: String {
    isBinary ? "" : " Macro-F1 is the mean over the classes that these rows hold."
  }
}

extension Disturbance {
  /// Its name, for titles.
  var title: String {
    switch self {
    case .baselineWander: "Baseline wander"
    case .muscleNoise: "Muscle noise"
    case .mainsHum: "Mains hum"
    }
  }
}
