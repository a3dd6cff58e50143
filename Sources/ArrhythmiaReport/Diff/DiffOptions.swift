import Experiments

/// What of two runs is compared, and how closely.
public struct DiffOptions: Sendable {
  /// The scores.
  public var scores: [Score] = [.accuracy, .f1]
  /// The only task; all where there is none.
  public var task: String?
  /// The only variants, by their names; all where there are none.
  public var variants: [String] = []
  /// Variants of both runs that are compared with each other though they have other names.
  public var matches: [(old: String, new: String)] = []
  /// Whether intervals and tests are made; without them only values, causes and same bytes are said.
  public var hasIntervals = true
  /// Whether rows that became right or wrong are looked for.
  public var hasRows = false
  /// Whether curves are held against each other.
  public var hasCurves = false
  /// Draws of the bootstrap.
  public var draws = 10_000
  /// The level of tests and, from 1, of intervals.
  public var level = 0.05
  /// Draws and models that are evaluated at once; the result does not depend on it.
  public var workers = 1

  /// The usual comparison.
  public init() {}

  func includes(_ pair: TrainingPair) -> Bool {
    variants.isEmpty || variants.contains(pair.either?.variant.id ?? "")
      || variants.contains(pair.names.name)
  }
}
