import Statistics
import Tensors

/// How often the comparison of two recipes, three trainings each, claims a difference: one that is
/// not there, and one of a point.
///
/// All that varies in truth is drawn anew in every set: what a training makes of its seed, the
/// subjects, and their rows. A model is better or worse than its recipe, with every subject, by a
/// normal number; with each subject besides, by the population's interaction.
public struct TrainingStudy: Sendable {
  /// Where the sets come from.
  public let population: SimulatedPopulation
  /// The standard deviation of what a training adds to z, see `SimulatedPopulation`.
  public let trainingDeviation: Double
  /// The number of sets.
  public let sets: Int
  /// Bootstrap draws of each.
  public let draws: Int
  /// Trainings of each recipe.
  public let trainings: Int

  /// A study of so many sets.
  public init(
    _ population: SimulatedPopulation, trainingDeviation: Double, sets: Int, draws: Int,
    trainings: Int = 3
  ) {
    self.population = population
    self.trainingDeviation = trainingDeviation
    self.sets = sets
    self.draws = draws
    self.trainings = trainings
  }

  /// The scores that are compared.
  static let metrics: [(name: String, metric: Metric)] = [
    ("accuracy", .summary(.accuracy)), ("macro-F1", .summary(.macroF1)),
    ("AUROC", .summary(.aurocMacro)),
  ]

  /// How often a procedure claims a difference at 5 %.
  public struct Row: Sendable {
    /// What decides.
    public let procedure: String
    /// The score that is compared.
    public let score: String
    /// The share of pairs of one recipe with a claim.
    public let falseClaims: Double
    /// The share of pairs a point apart with a claim.
    public let power: Double
    /// The share that theory gives for them; `nil` for procedures without.
    public let theory: Double?
  }

  /// Compares all sets, both ways.
  public func rows(workers: Int) throws -> [Row] {
    let gain = try gainOfOnePoint()
    let equal = try concurrently(sets, workers: workers) { try outcomes(of: $0, gain: 0) }
    let apart = try concurrently(sets, workers: workers) { try outcomes(of: $0, gain: gain) }
    guard let first = equal.first else { return [] }
    return first.indices.map { index in
      let theory = first[index].test == nil ? nil : Self.theory(apart.map { $0[index] })
      return Row(
        procedure: first[index].procedure, score: first[index].score,
        falseClaims: Self.share(equal.map { $0[index].isClaim }),
        power: Self.share(apart.map { $0[index].isClaim }), theory: theory)
    }
  }

  private static func share(_ claims: [Bool]) -> Double {
    Double(claims.count { $0 }) / Double(claims.count)
  }

  /// What one procedure says about one set.
  private struct Outcome: Sendable {
    let procedure: String
    let score: String
    let isClaim: Bool
    /// The test whose power theory tells.
    var test: RepeatedTrainingTest?
  }

  private func outcomes(of set: Int, gain: Double) throws -> [Outcome] {
    var random = Philox(seed: 1, purpose: "simulated trainings", path: "\(population.subjects)")
      .stream(UInt32(set))
    let gains = (0..<2 * trainings).map {
      trainingDeviation * random.nextNormal() + ($0 < trainings ? gain : 0)
    }
    let sample = try population.sample(set, gains: gains)
    let resampling = population.resampling(of: sample, seed: set)
    let contributions = resampling.contributions(of: sample.models, workers: 1)
    let replicates = resampling.replicates(of: sample.models, draws: draws, workers: 1)
    return Self.metrics.flatMap { name, metric in
      outcomes(name, metric, contributions, replicates)
    }
  }

  private func outcomes(
    _ name: String, _ metric: Metric, _ contributions: [UnitContributions],
    _ replicates: [BootstrapReplicates]
  ) -> [Outcome] {
    let one = Array(contributions[..<trainings])
    let other = Array(contributions[trainings...])
    let test = RepeatedTrainingTest(one, other, by: metric)
    let parts = UnitContributions.mean(one).flatMap { mean in
      UnitContributions.mean(other).flatMap { mean.difference(to: $0) }
    }
    let flips = parts?.values(of: metric).map { SignFlipTest(differences: $0).pValue }
    let drawn = BootstrapReplicates.mean(
      ofSeeds: Array(replicates[..<trainings]), architecture: "first"
    ).flatMap { mean in
      BootstrapReplicates.mean(ofSeeds: Array(replicates[trainings...]), architecture: "second")
        .flatMap { mean.difference(to: $0) }
    }
    func excludesZero(_ method: IntervalMethod) -> Bool {
      let interval = drawn?.interval(of: metric, method: method, contributions: parts)
      return interval.map { $0.low > 0 || $0.high < 0 } ?? false
    }
    return [
      Outcome(
        procedure: "trainings and subjects, Student's t", score: name,
        isClaim: (test?.pValue ?? 1) < 0.05, test: test),
      Outcome(
        procedure: "bootstrap of both, percentile", score: name, isClaim: excludesZero(.percentile)),
      Outcome(
        procedure: "bootstrap of both, expanded percentile", score: name,
        isClaim: excludesZero(.expandedPercentile)),
      Outcome(
        procedure: "sign flips, trainings fixed", score: name, isClaim: (flips ?? 1) < 0.05),
    ]
  }

  /// What has to be added to z for an accuracy of one point more, by the secant of a very large set
  /// without the spread of trainings.
  private func gainOfOnePoint() throws -> Double {
    let large = SimulatedPopulation(
      subjects: population.rowsPerSubject > 1 ? 10_000 : 200_000,
      rowsPerSubject: population.rowsPerSubject, interaction: population.interaction,
      skill: population.skill)
    let step = 0.05
    let accuracies = try large.sample(0, gains: [0, step]).models.map {
      $0.metrics().accuracy.value ?? .nan
    }
    return 0.01 * step / (accuracies[1] - accuracies[0])
  }

  /// The power of a two-sided test at 5 % whose statistic has Student's distribution around the mean
  /// difference of the sets over its standard deviation between them, with their median degrees of
  /// freedom.
  private static func theory(_ outcomes: [Outcome]) -> Double {
    let tests = outcomes.compactMap(\.test)
    let count = Double(tests.count)
    let mean = tests.reduce(0) { $0 + $1.difference } / count
    let squares = tests.reduce(0) { $0 + ($1.difference - mean) * ($1.difference - mean) }
    let freedom = tests.compactMap(\.degreesOfFreedom).sorted()
    guard squares > 0, !freedom.isEmpty else { return .nan }
    return NoncentralStudent(
      degreesOfFreedom: freedom[freedom.count / 2],
      shift: mean / (squares / (count - 1)).squareRoot()
    ).power(level: 0.05)
  }
}

/// Student's distribution around another number than 0: (Z + shift) / √(χ²/ν).
struct NoncentralStudent {
  let degreesOfFreedom: Double
  let shift: Double

  /// How often it lies beyond the quantiles of the one around 0, both sides, by the midpoint rule
  /// over χ²/ν, whose density is known up to a factor.
  func power(level: Double) -> Double {
    let limit = StudentDistribution(degreesOfFreedom: degreesOfFreedom).quantile(1 - level / 2)
    let steps = 4000
    let half = degreesOfFreedom / 2
    var (sum, weights) = (0.0, 0.0)
    for step in 0..<steps {
      let ratio = 8 * (Double(step) + 0.5) / Double(steps)
      let weight = Elementary.exp((half - 1) * Elementary.log(ratio) - half * ratio + half)
      let reach = limit * ratio.squareRoot()
      let beyond =
        NormalDistribution.cdf(shift - reach) + NormalDistribution.cdf(-shift - reach)
      sum += weight * beyond
      weights += weight
    }
    return sum / weights
  }
}
