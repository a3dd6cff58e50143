/// The mean F1 of some classes, each against the rest: of those that a protocol reports, without one
/// that it leaves with a few rows.
public struct MeanF1: Hashable, Sendable {
  /// The classes that count.
  public let classes: [Int]

  /// The mean over some classes.
  public init(of classes: [Int]) { self.classes = classes }

  /// The mean of single rows.
  public func value(of confusion: ConfusionMatrix) -> MetricValue {
    confusion.macroF1(of: classes)
  }

  /// The mean in a draw, not a number where a class is absent that the rows have: a false positive
  /// would make its F1 0.
  fileprivate func value(of drawn: ConfusionMatrix, occurring: [Int]) -> Double {
    let isWhole = occurring.allSatisfy { drawn.supports[$0] > 0 || !classes.contains($0) }
    return isWhole ? value(of: drawn).value ?? .nan : .nan
  }
}

extension Resampling {
  /// The statistic of some models in every draw, the same draws as of all metrics.
  ///
  /// - Precondition: Every model has as many rows as the resampling, and there is a worker.
  public func replicates(
    of models: [Predictions], _ statistic: MeanF1, draws: Int, workers: Int
  ) -> [Replicates<MeanF1>] {
    values(statistic, of: models.map(prepared), weightings: draws, workers: workers) {
      unitWeights(draw: $0)
    }.map { Replicates(metrics: [statistic], drawCount: draws, values: $0) }
  }

  /// What each subject, or group of rows, adds to the statistic of some models.
  ///
  /// - Precondition: As of its replicates.
  public func contributions(
    of models: [Predictions], _ statistic: MeanF1, workers: Int
  ) -> [Contributions<MeanF1>] {
    let weighting = GroupWeighting(of: self)
    let values = values(
      statistic, of: models.map { grouped($0, by: weighting) }, weightings: weighting.weightings,
      workers: workers, weighting.weights)
    return zip(models, values).map { model, values in
      let basis = classHolders(of: model).meanBasis
      return Contributions(
        metrics: [statistic], shares: weighting.shares, values: values, step: weighting.step
      ) { _ in basis }
    }
  }

  private func values(
    _ statistic: MeanF1, of models: [Predictions], weightings: Int, workers: Int,
    _ weights: @Sendable (Int) -> [UInt16]
  ) -> [[Double]] {
    let counted = models.map(UnitCounts.init)
    return evaluate(
      weightings: weightings, workers: workers, width: models.map { _ in 1 }, weights
    ) { block, model in
      counted[model].confusions(block).map {
        [statistic.value(of: $0, occurring: counted[model].occurring)]
      }
    }
  }
}
