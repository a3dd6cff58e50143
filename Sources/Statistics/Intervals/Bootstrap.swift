/// The metrics of one model, or of a combination of models, in every bootstrap draw.
public struct BootstrapReplicates: Sendable, Equatable {
  /// The metrics, in the order of the columns.
  public let metrics: [Metric]
  /// The number of draws.
  public let drawCount: Int
  /// Row-major `[draws, metrics]`; not a number where a metric is undefined.
  fileprivate let values: [Double]

  /// The values of a metric in the order of the draws, not a number where it is undefined; empty
  /// for a metric that is not there.
  public func values(of metric: Metric) -> [Double] {
    guard let column = metrics.firstIndex(of: metric) else { return [] }
    return stride(from: column, to: values.count, by: metrics.count).map { values[$0] }
  }

  /// The mean over models, draw by draw: for several seeds of one architecture.
  ///
  /// `nil` where there are no models, or their draws or metrics differ.
  public static func mean(_ models: [BootstrapReplicates]) -> BootstrapReplicates? {
    guard let first = models.first, models.allSatisfy(first.isComparable) else { return nil }
    let values = first.values.indices.map { index in
      models.reduce(0) { $0 + $1.values[index] } / Double(models.count)
    }
    return BootstrapReplicates(
      metrics: first.metrics, drawCount: first.drawCount, values: values)
  }

  /// The difference to another model, draw by draw; `nil` where draws or metrics differ.
  public func difference(to other: BootstrapReplicates) -> BootstrapReplicates? {
    guard isComparable(to: other) else { return nil }
    return BootstrapReplicates(
      metrics: metrics, drawCount: drawCount, values: zip(values, other.values).map { $0 - $1 })
  }

  private func isComparable(to other: BootstrapReplicates) -> Bool {
    metrics == other.metrics && drawCount == other.drawCount
  }
}

extension Resampling {
  /// All metrics of some models in every draw, the same draws for each model.
  ///
  /// A draw without a class that the rows have says nothing about the F1 of that class, where a
  /// false positive would make it 0: it is undefined there, and so is the mean over the classes.
  /// The result does not depend on the number of workers.
  ///
  /// - Precondition: Every model has as many rows as the resampling, and there is a worker.
  public func replicates(
    of models: [Predictions], draws: Int, workers: Int
  ) -> [BootstrapReplicates] {
    let values = metrics(of: models, weightings: draws, workers: workers) { weights(draw: $0) }
    return zip(models, values).map { model, values in
      BootstrapReplicates(
        metrics: Metric.all(classCount: model.classCount), drawCount: draws, values: values)
    }
  }
}
