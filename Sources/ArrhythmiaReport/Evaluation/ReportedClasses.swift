import Datasets
import Documents
import Statistics

/// The mean F1 of N, S, V and F of one variant, without Q: what the literature on these beats
/// compares.
struct ReportedClassesScore {
  /// The variant.
  let variant: EvaluatedVariant
  /// The mean with its interval.
  let estimate: ScoreEstimate
  /// The best variant less this one, corrected for the number of variants; `nil` for the best, and
  /// where a mean is undefined.
  fileprivate(set) var comparison: Comparison?
  /// Whether it is the best or not shown to be worse.
  fileprivate(set) var isBest = false
  fileprivate let replicates: Replicates<MeanF1>?
  fileprivate let contributions: Contributions<MeanF1>?

  /// The ends of the interval, for a table.
  var intervalCells: [Document.Table.Cell] {
    [estimate.interval?.low, estimate.interval?.high].map {
      .number(
        .percent($0),
        otherwise: estimate.mean == nil ? Reason.neverPredicted : Reason.rareInDraws)
    }
  }
}

extension EvaluatedTask {
  /// Whether the classes are those of EC57, of which Q is left with a few beats or those of a few
  /// records.
  var hasBeatClasses: Bool { data.classes.map(\.symbol) == ["N", "S", "V", "F", "Q"] }

  /// The mean F1 without Q of a variant; `nil` where the classes are others.
  func reportedClassesScore(of variant: EvaluatedVariant) -> ReportedClassesScore? {
    reportedClassesScores.first { $0.variant.isSame(as: variant) }
  }

  /// The mean F1 without Q of some variants, in their order.
  static func reportedClassesScores(
    of variants: [EvaluatedVariant], _ bootstrap: TaskBootstrap
  ) -> [ReportedClassesScore] {
    let statistic = MeanF1(of: EC57Class.reported.map(\.rawValue))
    let models = variants.flatMap { $0.cells.map(\.drawn) }
    let replicates = bootstrap.replicates(of: models, statistic)
    let contributions = bootstrap.contributions(of: models, statistic)
    var first = 0
    let scores = variants.map { variant in
      let places = first..<first + variant.cells.count
      first = places.upperBound
      let drawn = Replicates.mean(Array(replicates[places]), variant)
      let parts = Contributions.mean(Array(contributions[places]))
      return ReportedClassesScore(
        variant: variant,
        estimate: ScoreEstimate(
          variant.cells.map { statistic.value(of: $0.metrics.confusion).value },
          interval: drawn?.scoreInterval(
            of: statistic, method: bootstrap.intervalMethod, contributions: parts)),
        replicates: drawn, contributions: parts)
    }
    return compared(scores, by: statistic, bootstrap.differenceMethod)
  }

  /// The scores beside the best of them, the first of several.
  private static func compared(
    _ scores: [ReportedClassesScore], by statistic: MeanF1, _ method: IntervalMethod
  ) -> [ReportedClassesScore] {
    let defined = scores.indices.filter { scores[$0].estimate.mean != nil }
    guard
      let best = defined.max(by: {
        (scores[$0].estimate.mean ?? 0, $1) < (scores[$1].estimate.mean ?? 0, $0)
      }), let highest = scores[best].estimate.mean
    else { return scores }
    var scores = scores
    let others = defined.filter { $0 != best }
    let comparisons = others.map { other -> Comparison? in
      guard let mean = scores[other].estimate.mean else { return nil }
      return Comparison(
        highest - mean, of: statistic,
        replicates: scores[other].replicates.flatMap {
          scores[best].replicates?.difference(to: $0)
        },
        contributions: scores[other].contributions.flatMap {
          scores[best].contributions?.difference(to: $0)
        }, method: method)
    }
    scores[best].isBest = true
    for (other, comparison) in zip(others, Comparison.corrected(comparisons)) {
      scores[other].comparison = comparison
      scores[other].isBest = comparison?.verdict == .notShown
    }
    return scores
  }
}

extension Replicates {
  /// The mean over the seeds of a variant.
  fileprivate static func mean(_ models: [Replicates], _ variant: EvaluatedVariant) -> Replicates? {
    mean(
      ofSeeds: models, architecture: EvaluatedVariant.architecture(of: variant.cells[0].result))
  }
}
