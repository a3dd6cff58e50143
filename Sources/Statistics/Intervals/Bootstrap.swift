import Tensors

/// The metrics of one model, or of a combination of models, in every bootstrap draw.
public typealias BootstrapReplicates = Replicates<Metric>

/// Some statistics of one model, or of a combination of models, in every bootstrap draw.
public struct Replicates<Statistic: Hashable & Sendable>: Sendable, Equatable {
  /// The statistics, in the order of the columns.
  public let metrics: [Statistic]
  /// The number of draws.
  public let drawCount: Int
  /// `[statistics, draws]`; not a number where a statistic is undefined.
  let values: [Double]

  /// The values of a metric in the order of the draws, not a number where it is undefined; empty
  /// for a metric that is not there.
  public func values(of metric: Statistic) -> [Double] {
    guard let column = metrics.firstIndex(of: metric) else { return [] }
    return Array(values[column * drawCount..<(column + 1) * drawCount])
  }

  /// So many seeds are drawn anew; of fewer nothing is known about the spread between trainings.
  public static var fewestSeeds: Int { 3 }

  /// The mean over the seeds of one architecture, draw by draw; three seeds and more are drawn with
  /// replacement too, so that the interval holds what varies between trainings.
  ///
  /// `nil` where there are no models, or their draws or metrics differ.
  ///
  /// - Parameter architecture: Its name: seeds of different ones are drawn independently.
  public static func mean(
    ofSeeds models: [Replicates], architecture: String
  ) -> Replicates? {
    guard let first = models.first, models.allSatisfy(first.isComparable) else { return nil }
    guard models.count > 1 else { return first }
    let generator = Philox(seed: 1, purpose: "bootstrap", path: "seeds of \(architecture)")
    let seeds = (0..<first.drawCount).map { drawn(models.count, generator.stream(UInt32($0))) }
    let values = first.metrics.indices.flatMap { column in
      seeds.indices.map { draw in
        let place = column * first.drawCount + draw
        return seeds[draw].reduce(0) { $0 + models[$1].values[place] } / Double(models.count)
      }
    }
    return Replicates(
      metrics: first.metrics, drawCount: first.drawCount, values: values)
  }

  /// As many seeds as there are, drawn with replacement where they are enough.
  private static func drawn(_ count: Int, _ random: consuming RandomStream) -> [Int] {
    guard count >= fewestSeeds else { return Array(0..<count) }
    return (0..<count).map { _ in random.nextIndex(below: count) }
  }

  /// The same draws of one statistic; `nil` where it is not there.
  public func only(_ metric: Statistic) -> Replicates? {
    guard metrics.contains(metric) else { return nil }
    return Replicates(metrics: [metric], drawCount: drawCount, values: values(of: metric))
  }

  /// The difference to another model, draw by draw; `nil` where draws or metrics differ.
  public func difference(to other: Replicates) -> Replicates? {
    guard isComparable(to: other) else { return nil }
    return Replicates(
      metrics: metrics, drawCount: drawCount, values: zip(values, other.values).map { $0 - $1 })
  }

  private func isComparable(to other: Replicates) -> Bool {
    metrics == other.metrics && drawCount == other.drawCount
  }
}

extension Resampling {
  /// Metrics of some models in every draw, the same draws for each model.
  ///
  /// A draw without a class that the rows have says nothing about the F1 of that class, where a
  /// false positive would make it 0: it is undefined there, and so is the mean over the classes.
  /// Metrics of a class that too few subjects have, ``ClassSubjects/fewest``, are undefined in all
  /// draws.
  /// The result does not depend on the number of workers.
  ///
  /// - Parameter metrics: Those that are needed, so that others need not be made; all where there
  ///   are none.
  /// - Precondition: Every model has as many rows as the resampling, and there is a worker.
  public func replicates(
    of models: [Predictions], metrics chosen: [Metric] = [], draws: Int, workers: Int
  ) -> [BootstrapReplicates] {
    let made = metrics(chosen, of: models.map(prepared), weightings: draws, workers: workers) {
      unitWeights(draw: $0)
    }
    return zip(models, made).map { model, made in
      let holders = classHolders(of: model)
      return BootstrapReplicates(metrics: made.metrics, drawCount: draws, values: made.values)
        .leavingOut { holders.effectiveCount($0).isTooFew }
    }
  }
}
