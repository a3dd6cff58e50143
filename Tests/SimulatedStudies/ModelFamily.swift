import Statistics

/// The first of some models beside each of the others, as the report compares them.
struct ModelFamily {
  private let models: [Predictions]
  private let resampling: Resampling
  private let draws: Int
  /// The difference to the first of the others in every draw, which all methods are tried on.
  private let first: BootstrapReplicates?
  /// What units add to each difference.
  private let contributions: [UnitContributions]

  /// How the report makes intervals of differences.
  var method: IntervalMethod { resampling.differenceMethod }

  /// - Precondition: There are two models or more.
  init(_ models: [Predictions], drawnBy resampling: Resampling, draws: Int) {
    self.models = models
    self.resampling = resampling
    self.draws = draws
    first = Self.difference(models[0], models[1], resampling, draws)
    let parts = resampling.contributions(of: models, workers: 1)
    contributions = parts.dropFirst().compactMap { parts[0].difference(to: $0) }
  }

  /// The p-value of sign flips for each of the others; `nil` where the metric is undefined.
  func pValues(by metric: Metric) -> [Double?] {
    contributions.map { part in
      part.values(of: metric).map { SignFlipTest(differences: $0).pValue }
    }
  }

  /// Whether the interval of the difference to one of the others leaves out 0. All but the first are
  /// drawn when they are asked for, since few are.
  func excludesZero(_ other: Int, _ metric: Metric, _ method: IntervalMethod) -> Bool {
    let drawn =
      other == 0 ? first : Self.difference(models[0], models[other + 1], resampling, draws)
    let interval = drawn?.interval(
      of: metric, method: method, contributions: contributions[other])
    return interval.map { $0.low > 0 || $0.high < 0 } ?? false
  }

  private static func difference(
    _ one: Predictions, _ other: Predictions, _ resampling: Resampling, _ draws: Int
  ) -> BootstrapReplicates? {
    let replicates = resampling.replicates(of: [one, other], draws: draws, workers: 1)
    return replicates[0].difference(to: replicates[1])
  }
}
