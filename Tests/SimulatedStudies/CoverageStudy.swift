import Dispatch
public import Statistics

/// How often intervals hold the value that the metric has for the whole population.
public struct CoverageStudy: Sendable {
  /// Where the sets come from.
  public let population: SimulatedPopulation
  /// The number of sets.
  public let sets: Int
  /// Bootstrap draws of each.
  public let draws: Int

  /// A study of so many sets.
  public init(_ population: SimulatedPopulation, sets: Int, draws: Int) {
    self.population = population
    self.sets = sets
    self.draws = draws
  }

  /// The metrics that are looked at.
  public static let metrics: [Metric] = [
    .summary(.accuracy), .perClass(.sensitivity, 1), .summary(.macroF1), .summary(.aurocMacro),
    .perClass(.averagePrecision, 1), .summary(.logLoss),
  ]

  /// The share of sets whose interval holds the true value.
  public struct Row: Sendable {
    /// The metric.
    public let metric: Metric
    /// How the interval is made.
    public let method: IntervalMethod
    /// The share, 0…1.
    public let coverage: Double
    /// The mean width of the intervals.
    public let width: Double
  }

  /// Makes the intervals of all sets, by all methods.
  public func rows(workers: Int) throws -> [Row] {
    let truth = try truth(workers: workers)
    let kinds = Self.metrics.flatMap { metric in
      IntervalMethod.allCases.map { (metric: metric, method: $0) }
    }
    let intervals = try concurrently(sets, workers: workers) { set in
      let sample = try population.sample(set, models: 1)
      let resampling = population.resampling(of: sample, seed: set)
      let replicates = resampling.replicates(of: sample.models, draws: draws, workers: 1)[0]
      let contributions = resampling.contributions(of: sample.models, workers: 1)[0]
      return kinds.map {
        replicates.interval(of: $0.metric, method: $0.method, contributions: contributions)
      }
    }
    return kinds.indices.map { index in
      let metric = kinds[index].metric
      let value = truth[metric].value ?? .nan
      let found = intervals.compactMap { $0[index] }
      let holding = found.count { $0.low <= value && value <= $0.high }
      return Row(
        metric: metric, method: kinds[index].method,
        coverage: Double(holding) / Double(found.count),
        width: found.reduce(0) { $0 + $1.high - $1.low } / Double(found.count))
    }
  }

  /// The metrics of a very large set: its error is small beside that of the sets.
  private func truth(workers: Int) throws -> ClassificationMetrics {
    let large = SimulatedPopulation(
      subjects: population.rowsPerSubject > 1 ? 20_000 : 400_000,
      rowsPerSubject: population.rowsPerSubject, interaction: population.interaction,
      skill: population.skill)
    return try large.sample(0, models: 1).models[0].metrics()
  }
}

/// The results of all numbers below a count, in their order.
func concurrently<Value: Sendable>(
  _ count: Int, workers: Int, _ body: @Sendable (Int) throws -> Value
) throws -> [Value] {
  var results = [Result<Value, any Error>?](repeating: nil, count: count)
  results.withUnsafeMutableBufferPointer { buffer in
    // Each number writes its own place.
    nonisolated(unsafe) let buffer = buffer
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for number in stride(from: worker, to: count, by: workers) {
        buffer[number] = Result { try body(number) }
      }
    }
  }
  return try results.compactMap { try $0?.get() }
}
