import Experiments
import Statistics

/// A variant beside itself at the temperatures that were fitted to its answers on validation rows.
struct CalibratedVariant {
  /// The scores of probabilities.
  enum Score: String, CaseIterable {
    case calibrationError = "ece"
    case brier
    case logLoss = "log-loss"

    var summary: SummaryMetric {
      switch self {
      case .calibrationError: .expectedCalibrationError
      case .brier: .brierScore
      case .logLoss: .logLoss
      }
    }
    var metric: Metric { .summary(summary) }
    var title: String {
      switch self {
      case .calibrationError: "ECE"
      case .brier: "Brier score"
      case .logLoss: "Log loss"
      }
    }
  }

  /// As it answers.
  let before: EvaluatedVariant
  /// The same answers at their temperatures, drawn anew for the scores of probabilities only; `nil`
  /// where there are none.
  let after: EvaluatedVariant?
  /// The cells that `after` is made of; of all seeds, or none.
  let cells: [CalibratedCell]
  /// What the temperature changes about each score, corrected for the number of variants; nothing
  /// without a temperature.
  private(set) var changes: [Score: Comparison] = [:]

  /// The temperature over the seeds, of several folds their mean.
  var temperature: ScoreEstimate {
    ScoreEstimate(
      cells.map { $0.temperatures.reduce(0, +) / Double(max(1, $0.temperatures.count)) })
  }

  /// A score on validation rows as the networks answer, over the seeds.
  func validationBefore(_ score: Score) -> Double? {
    ScoreEstimate(cells.map { $0.validationBefore[score.summary].value }).mean
  }

  /// The same with each fifth at the temperature of the other four.
  func validationAfter(_ score: Score) -> Double? {
    ScoreEstimate(cells.map { $0.validationAfter[score.summary].value }).mean
  }

  /// Why there is no temperature; empty where there is one.
  var reason: String {
    if after != nil { return "" }
    return before.cells.allSatisfy { !$0.result.validation.isEmpty }
      ? "no temperature is best for the validation rows (of a fold, or of four fifths of it): all are "
        + "answered rightly, or the answers do not follow the class"
      : "the stored results hold no answers to validation rows"
  }

  /// All variants of a task, in their order.
  static func all(_ variants: [EvaluatedVariant]) -> [CalibratedVariant] {
    let scaled = variants.concurrentMap { variant -> [CalibratedCell] in
      let cells = variant.cells.compactMap { CalibratedCell($0) }
      return cells.count == variant.cells.count ? cells : []
    }
    let bootstrap = variants.first?.bootstrap
    let models = scaled.flatMap { $0.map(\.cell.predictions) }
    let replicates = Lazy { bootstrap?.probabilityReplicates(of: models) ?? [] }
    let contributions = bootstrap?.probabilityContributions(of: models) ?? []
    var first = 0
    let variants = zip(variants, scaled).map { variant, cells in
      let places = first..<first + cells.count
      first = places.upperBound
      let after = EvaluatedVariant(
        facts: variant.facts, recipe: variant.recipe, trainingShare: variant.trainingShare,
        cells: cells.map(\.cell),
        draws: Lazy {
          BootstrapReplicates.mean(
            ofSeeds: Array(replicates.wrapped[places]),
            architecture: EvaluatedVariant.architecture(of: variant.cells[0].result))
        }, contributions: UnitContributions.mean(Array(contributions[places])),
        bootstrap: variant.bootstrap)
      return CalibratedVariant(before: variant, after: cells.isEmpty ? nil : after, cells: cells)
    }
    return compared(variants)
  }

  /// The variants with what their temperatures change, one family of comparisons a score.
  private static func compared(_ variants: [CalibratedVariant]) -> [CalibratedVariant] {
    var variants = variants
    let scaled = variants.indices.filter { variants[$0].after != nil }
    let pairs = variants.compactMap { variant in
      variant.after.map { (first: $0, second: variant.before) }
    }
    for score in Score.allCases {
      for (index, change) in zip(scaled, Comparison.family(pairs, by: score.metric)) {
        variants[index].changes[score] = change
      }
    }
    return variants
  }
}
