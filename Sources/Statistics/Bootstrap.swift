import Dispatch

/// An interval between two percentiles of bootstrap replicates.
public struct BootstrapInterval: Sendable, Equatable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double
  /// The share of replicates between them, for example 0.95.
  public let level: Double
  /// Draws in which the metric was undefined and which are left out.
  public let undefinedDraws: Int
}

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

  /// The percentile interval of a metric (Efron and Tibshirani 1993, chapter 13).
  ///
  /// `nil` where more than one draw in twenty is undefined: the ends would be those of a selection.
  public func interval(of metric: Metric, level: Double = 0.95) -> BootstrapInterval? {
    let sorted = values(of: metric).filter { !$0.isNaN }.sorted()
    let undefined = drawCount - sorted.count
    guard !sorted.isEmpty, undefined * 20 <= drawCount else { return nil }
    return BootstrapInterval(
      low: sorted.quantile((1 - level) / 2), high: sorted.quantile((1 + level) / 2), level: level,
      undefinedDraws: undefined)
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

extension Metric {
  /// Whether the metric rests on the F1 of one of some classes.
  fileprivate func needsF1(of classes: [Int]) -> Bool {
    switch self {
    case .summary(.macroF1): !classes.isEmpty
    case .perClass(.f1, let index): classes.contains(index)
    case .summary, .perClass: false
    }
  }
}

extension [Double] {
  /// The quantile of sorted numbers by linear interpolation (Hyndman and Fan 1996, type 7, the
  /// default of NumPy); not a number where there are none.
  func quantile(_ share: Double) -> Double {
    guard let last = indices.last else { return .nan }
    let position = Swift.max(0, Swift.min(1, share)) * Double(last)
    let lower = Int(position)
    let upper = Swift.min(lower + 1, last)
    return self[lower] + (position - Double(lower)) * (self[upper] - self[lower])
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
    for model in models {
      precondition(
        model.count == rowCount, "\(model.count) predictions for draws of \(rowCount) rows")
    }
    let metrics = models.map { Metric.all(classCount: $0.classCount) }
    let occurring = models.map { model in
      (0..<model.classCount).filter(Set(model.labels).contains)
    }
    let values = evaluate(draws: draws, workers: workers, width: metrics.map(\.count)) {
      weights, model in
      let result = models[model].metrics(weights: weights)
      let absent = occurring[model].filter { result.confusion.supports[$0] == 0 }
      return metrics[model].map { $0.needsF1(of: absent) ? .nan : result[$0].value ?? .nan }
    }
    return zip(metrics, values).map { metrics, values in
      BootstrapReplicates(metrics: metrics, drawCount: draws, values: values)
    }
  }

  /// Some numbers for every draw and every index of `width`; row-major `[draws, width[index]]`.
  func evaluate(
    draws: Int, workers: Int, width: [Int],
    _ statistic: @Sendable (_ weights: [UInt16], _ index: Int) -> [Double]
  ) -> [[Double]] {
    precondition(draws >= 0 && workers > 0, "\(draws) draws by \(workers) workers")
    let rowWidth = width.reduce(0, +)
    let all = [Double](unsafeUninitializedCapacity: draws * rowWidth) { buffer, count in
      buffer.initialize(repeating: .nan)
      // Each draw writes its own row.
      nonisolated(unsafe) let buffer = buffer
      DispatchQueue.concurrentPerform(iterations: workers) { worker in
        for draw in stride(from: worker, to: draws, by: workers) {
          let weights = weights(draw: draw)
          var position = draw * rowWidth
          for index in width.indices {
            for value in statistic(weights, index) {
              buffer[position] = value
              position += 1
            }
          }
        }
      }
      count = draws * rowWidth
    }
    var offset = 0
    return width.map { width in
      defer { offset += width }
      return (0..<draws).flatMap { draw in
        all[draw * rowWidth + offset..<draw * rowWidth + offset + width]
      }
    }
  }
}
