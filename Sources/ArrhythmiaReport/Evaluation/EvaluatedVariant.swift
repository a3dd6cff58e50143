public import Experiments
public import Statistics

/// The cells of one variant under one recipe and on as many training rows, one a seed.
public struct EvaluatedVariant: Sendable {
  /// What the model is.
  public let facts: VariantFacts
  /// Name of the recipe.
  public let recipe: String
  /// How many of the training rows were used, 0…1.
  public let trainingShare: Double
  /// The cells, in the order of their seeds; at least one.
  public let cells: [EvaluatedCell]
  /// The means over the seeds in every bootstrap draw, which take long.
  let draws: Lazy<BootstrapReplicates?>
  /// What each subject, or group of rows, adds to the means over the seeds.
  let contributions: UnitContributions?
  /// How the draws were made, and intervals are made of them.
  let bootstrap: TaskBootstrap
  private let intervals = Memo<Metric, BootstrapInterval?>()

  /// The means over the seeds in every bootstrap draw.
  var replicates: BootstrapReplicates? { draws.wrapped }

  /// A metric over the seeds, with its interval.
  public func estimate(of metric: Metric) -> ScoreEstimate {
    ScoreEstimate(
      values(of: metric),
      interval: intervals.value(of: metric) {
        replicates?.scoreInterval(
          of: metric, method: bootstrap.intervalMethod, contributions: contributions)
      })
  }

  /// The mean of a metric over the seeds, for which nothing is drawn; `nil` where it is undefined.
  func mean(of metric: Metric) -> Double? { ScoreEstimate(values(of: metric)).mean }

  /// A metric of every seed.
  func values(of metric: Metric) -> [Double?] { cells.map { $0.metrics[metric].value } }

  /// Counts of test rows by true and predicted class, added over the seeds.
  var confusion: ConfusionMatrix {
    let matrices = cells.map(\.metrics.confusion)
    let counts = matrices[0].counts.indices.map { index in
      matrices.reduce(0) { $0 + $1.counts[index] }
    }
    return ConfusionMatrix(classCount: matrices[0].classCount, counts: counts)
  }

  /// What the draws of a variant's seeds go by: different variants are drawn independently.
  static func architecture(of result: CellResult) -> String {
    "\(result.variant.id) \(result.recipe) \(result.trainingShare)"
  }

  /// The recipe's name, taken apart.
  var recipeName: RecipeName { RecipeName(recipe) }

  /// Whether it joins the answers of others.
  var isEnsemble: Bool { cells.contains { $0.result.ensemble != nil } }

  /// Whether it was trained elsewhere: neither its size nor its training is known.
  var isForeign: Bool {
    cells.allSatisfy { $0.result.history.isEmpty && $0.result.ensemble == nil }
  }

  /// Whether this is the same variant under the same recipe, on as many training rows.
  func isSame(as other: EvaluatedVariant) -> Bool {
    facts.id == other.facts.id && recipe == other.recipe && trainingShare == other.trainingShare
  }

  /// Mean over the seeds of the accuracy on validation rows in the kept epoch; `nil` for what was
  /// not trained, and where a training recorded no such epoch.
  var validationAccuracy: Double? {
    ScoreEstimate(cells.map(\.result.validationAccuracy)).mean
  }
}

/// A metric over seeds: mean, spread, and an interval over the test rows.
public struct ScoreEstimate: Sendable, Equatable {
  /// Mean over the seeds; `nil` where any seed's value is undefined.
  public let mean: Double?
  /// Standard deviation over the seeds (n − 1); `nil` with fewer than two.
  public let deviation: Double?
  /// 95 % interval of the mean over redrawn test rows and, of three or more, seeds; `nil` where the
  /// metric is undefined in more than one draw in twenty.
  public let interval: BootstrapInterval?

  init(_ seeds: [Double?], interval: BootstrapInterval? = nil) {
    let defined = seeds.compactMap(\.self)
    guard !seeds.isEmpty, defined.count == seeds.count else {
      (mean, deviation, self.interval) = (nil, nil, nil)
      return
    }
    let mean = defined.reduce(0, +) / Double(defined.count)
    let squares = defined.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    self.mean = mean
    deviation = defined.count > 1 ? (squares / Double(defined.count - 1)).squareRoot() : nil
    self.interval = interval
  }
}

extension EvaluatedVariant {
  /// The class that every test row is answered with, whatever the seed; `nil` where answers differ.
  var onlyAnswer: Int? {
    let answers = Set(cells.flatMap(\.predictions.predicted))
    return answers.count == 1 ? answers.first : nil
  }
}

extension CellResult {
  /// Validation rows, of folds their mean; `nil` where no answers to them are kept.
  var validationCount: Int? {
    guard !validation.isEmpty else { return nil }
    let count = validation.reduce(0) { $0 + $1.labels.count }
    return Int((Double(count) / Double(validation.count)).rounded())
  }
}
