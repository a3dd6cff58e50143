/// What probabilities are worth, as far as neither the answers nor the order of the rows count.
///
/// A temperature changes these scores and no other, so that only they are drawn again for it.
public enum ProbabilityScore {
  /// The scores, in the order of columns.
  public static let all: [Metric] = [
    .summary(.expectedCalibrationError), .summary(.brierScore), .summary(.logLoss),
  ]
}

extension Resampling {
  /// The scores of probabilities of some models in every draw: the draws and, but for rounding, the
  /// values of ``replicates(of:draws:workers:)``, in a fraction of its time.
  ///
  /// - Precondition: Every model has as many rows as the resampling and gives probabilities.
  public func probabilityReplicates(
    of models: [Predictions], draws: Int, workers: Int
  ) -> [BootstrapReplicates] {
    let facts = models.map { rows(of: $0, in: units, count: unitCount) }
    return probabilityScores(of: facts, weightings: draws, workers: workers) {
      unitWeights(draw: $0)
    }.map { BootstrapReplicates(metrics: ProbabilityScore.all, drawCount: draws, values: $0) }
  }

  /// What each subject, or group of rows, adds to the scores of probabilities of some models.
  ///
  /// - Precondition: As ``probabilityReplicates(of:draws:workers:)``.
  public func probabilityContributions(
    of models: [Predictions], workers: Int
  ) -> [UnitContributions] {
    let weighting = GroupWeighting(of: self)
    let facts = models.map { rows(of: $0, in: weighting.groups, count: weighting.count) }
    return probabilityScores(
      of: facts, weightings: weighting.weightings, workers: workers, weighting.weights
    ).map {
      UnitContributions(
        metrics: ProbabilityScore.all, shares: weighting.shares, values: $0, step: weighting.step)
    }
  }

  /// What rows add to sums, those of a unit that are alike together.
  private func rows(of model: Predictions, in units: [Int]?, count: Int) -> [RowFacts] {
    precondition(
      model.count == rowCount && model.areProbabilities,
      "\(model.count) rows of probabilities for \(rowCount) rows")
    guard let units else { return model.facts }
    return model.facts.grouped(by: units, count: count, classCount: model.classCount)
  }

  private func probabilityScores(
    of models: [[RowFacts]], weightings: Int, workers: Int,
    _ weights: @Sendable (Int) -> [UInt16]
  ) -> [[Double]] {
    evaluate(
      weightings: weightings, workers: workers,
      width: models.map { _ in ProbabilityScore.all.count }, weights
    ) { block, model in
      ProbabilitySums(of: models[model], block).scores(block.draws.count)
    }
  }
}

/// Sums over rows for each weighting of a block; of a bin its confidence less its right answers, of
/// which alone the calibration error is made.
private struct ProbabilitySums {
  private var total = DrawBlock.Sums.zero
  private var logLoss = DrawBlock.Sums.zero
  private var squaredError = DrawBlock.Sums.zero
  private var excess = [DrawBlock.Sums](repeating: .zero, count: CalibrationBin.count)

  init(of facts: [RowFacts], _ block: DrawBlock) {
    for fact in facts {
      let weights = DrawBlock.Sums(block.lanes[Int(fact.unit)])
      let rows = Double(fact.count)
      total += weights * rows
      logLoss += weights * fact.logLoss
      squaredError += weights * fact.squaredError
      let right = fact.label == fact.predicted ? rows : 0
      excess[Int(fact.bin)] += weights * (fact.confidence - right)
    }
  }

  /// The scores of each weighting, in the order of ``ProbabilityScore/all``.
  func scores(_ count: Int) -> [[Double]] {
    (0..<count).map { lane in
      let rows = total[lane]
      let distance = excess.reduce(0) { $0 + $1[lane].magnitude }
      return [distance, squaredError[lane], logLoss[lane]].map { rows > 0 ? $0 / rows : .nan }
    }
  }
}
