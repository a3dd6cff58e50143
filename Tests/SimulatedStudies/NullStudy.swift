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
  /// So few rows have less than 25 that only one model has right: McNemar's test is exact.
  private static let fewRows = 60

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
    let family = ModelFamily(
      Array(sample.models[...Self.others]), drawnBy: resampling, draws: draws)
    return Self.metrics.flatMap { claims($0.name, $0.metric, family) }
      + beatwise(sample.models) + overSeeds(sample.models)
  }

  private func claims(_ name: String, _ metric: Metric, _ family: ModelFamily) -> [Claim] {
    let pValues = family.pValues(by: metric)
    let corrected = HolmCorrection.adjusted(pValues).map { ($0 ?? 1) < 0.05 }
    let isFlipped = pValues.map { ($0 ?? 1) < 0.05 }
    let method = family.method
    let any = "any of \(Self.others)"
    let claims: [(procedure: String, isMade: Bool)] =
      IntervalMethod.allCases.map {
        ("paired bootstrap, \($0.rawValue)", family.excludesZero(0, metric, $0))
      } + [
        ("sign flips", isFlipped[0]),
        ("sign flips, \(any) without Holm", isFlipped.contains(true)),
        ("sign flips, \(any) after Holm", corrected.contains(true)),
        (
          "verdict: sign flips and interval", isFlipped[0] && family.excludesZero(0, metric, method)
        ),
        (
          "verdict, \(any) after Holm",
          corrected.indices.contains { corrected[$0] && family.excludesZero($0, metric, method) }
        ),
      ]
    return claims.map { Claim(procedure: $0.procedure, score: name, isMade: $0.isMade) }
  }

  private func beatwise(_ models: [Predictions]) -> [Claim] {
    let count = models[0].count
    let spread = (0..<Self.fewRows).map { $0 * count / Self.fewRows }
    let tests = [
      ("McNemar", McNemarTest(models[0], models[1])),
      ("McNemar, exact, \(Self.fewRows) rows of all", Self.mcNemar(models, rows: spread)),
      (
        "McNemar, exact, first \(Self.fewRows) rows",
        Self.mcNemar(models, rows: Array(0..<Self.fewRows))
      ),
    ]
    let deLong = DeLongTest(models[0], models[1], classes: [1])?.pValue ?? 1
    return tests.map {
      Claim(procedure: $0.0, score: "accuracy", isMade: $0.1.pValue < 0.05)
    } + [Claim(procedure: "DeLong", score: "AUROC", isMade: deLong < 0.05)]
  }

  /// The test of the first two models on some rows.
  private static func mcNemar(_ models: [Predictions], rows: [Int]) -> McNemarTest {
    let right = models[..<2].map { model in rows.map { model.predicted[$0] == model.labels[$0] } }
    return McNemarTest(
      onlyFirst: rows.indices.count { right[0][$0] && !right[1][$0] },
      onlySecond: rows.indices.count { right[1][$0] && !right[0][$0] })
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
