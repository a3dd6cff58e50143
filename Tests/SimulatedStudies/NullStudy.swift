import Statistics

/// How often tests claim a difference between models that are equally good.
public struct NullStudy: Sendable {
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

  /// The scores that are compared.
  static let metrics: [(name: String, metric: Metric)] = [
    ("accuracy", .summary(.accuracy)), ("macro-F1", .summary(.macroF1)),
    ("AUROC", .summary(.aurocMacro)), ("AUPRC", .perClass(.averagePrecision, 1)),
  ]
  /// The first model is compared with so many others at once.
  private static let others = 4
  /// So many models stand for the seeds of either of two architectures.
  private static let seeds = 5

  /// How often a procedure claims a difference.
  public struct Row: Sendable {
    /// What decides.
    public let procedure: String
    /// The score that is compared.
    public let score: String
    /// The share of sets with a claim at 5 %.
    public let rejected: Double
  }

  /// Tests all sets.
  public func rows(workers: Int) throws -> [Row] {
    let claims = try concurrently(sets, workers: workers) { try self.claims(of: $0) }
    guard let first = claims.first else { return [] }
    return first.indices.map { index in
      Row(
        procedure: first[index].procedure, score: first[index].score,
        rejected: Double(claims.count { $0[index].isMade }) / Double(claims.count))
    }
  }

  private struct Claim: Sendable {
    let procedure: String
    let score: String
    let isMade: Bool
  }

  private func claims(of set: Int) throws -> [Claim] {
    let sample = try population.sample(set, models: 2 * Self.seeds)
    let resampling = population.resampling(of: sample, seed: set)
    let replicates = resampling.replicates(
      of: Array(sample.models[..<2]), draws: draws, workers: 1)
    let contributions = resampling.contributions(
      of: Array(sample.models[...Self.others]), workers: 1)
    return Self.metrics.flatMap { name, metric in
      claims(name, metric, replicates, contributions)
    } + beatwise(sample.models) + overSeeds(sample.models)
  }

  private func claims(
    _ name: String, _ metric: Metric, _ replicates: [BootstrapReplicates],
    _ contributions: [UnitContributions]
  ) -> [Claim] {
    let difference = replicates[0].difference(to: replicates[1])
    let parts = contributions[1...].compactMap { contributions[0].difference(to: $0) }
    func excludesZero(_ method: IntervalMethod) -> Bool {
      let interval = difference?.interval(of: metric, method: method, contributions: parts[0])
      return interval.map { $0.low > 0 || $0.high < 0 } ?? false
    }
    let pValues = parts.map { part in
      part.values(of: metric).map { SignFlipTest(differences: $0, draws: 2000).pValue }
    }
    let isFlipped = (pValues[0] ?? 1) < 0.05
    let corrected = HolmCorrection.adjusted(pValues).map { $0 ?? 1 }
    return IntervalMethod.allCases.map {
      Claim(procedure: "paired bootstrap, \($0.rawValue)", score: name, isMade: excludesZero($0))
    } + [
      Claim(procedure: "sign flips", score: name, isMade: isFlipped),
      Claim(
        procedure: "sign flips and expanded BCa", score: name,
        isMade: isFlipped && excludesZero(.expandedBiasCorrected)),
      Claim(
        procedure: "sign flips, any of \(Self.others) after Holm", score: name,
        isMade: corrected.contains { $0 < 0.05 }),
      Claim(
        procedure: "sign flips, any of \(Self.others) without Holm", score: name,
        isMade: pValues.contains { ($0 ?? 1) < 0.05 }),
    ]
  }

  private func beatwise(_ models: [Predictions]) -> [Claim] {
    let deLong = DeLongTest(models[0], models[1], classes: [1])?.pValue ?? 1
    return [
      Claim(
        procedure: "McNemar", score: "accuracy",
        isMade: McNemarTest(models[0], models[1]).pValue < 0.05),
      Claim(procedure: "DeLong", score: "AUROC", isMade: deLong < 0.05),
    ]
  }

  private func overSeeds(_ models: [Predictions]) -> [Claim] {
    let values = models.map { $0.metrics().accuracy.value ?? .nan }
    let test = RankSumTest(Array(values[..<Self.seeds]), Array(values[Self.seeds...]))
    return [
      Claim(
        procedure: "rank sum over \(Self.seeds) and \(Self.seeds) seeds", score: "accuracy",
        isMade: (test?.pValue ?? 1) < 0.05)
    ]
  }
}
