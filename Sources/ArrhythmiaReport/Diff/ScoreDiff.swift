/// One score of a variant in two runs.
public struct ScoreDiff: Sendable, Equatable {
  /// What the difference between two scores comes to.
  public enum Verdict: String, Sendable, CaseIterable {
    /// The answers are the same, byte for byte.
    case sameBytes = "same bytes"
    /// The difference is not shown to be one: its interval holds 0, or p is not below the level.
    case withinNoise = "within noise"
    /// The new score is better.
    case better
    /// The new score is worse.
    case worse
    /// There is nothing that could say so, for a reason.
    case notComparable = "not comparable"
    /// The answers differ, and no test was asked for.
    case notTested = "not tested"
  }

  /// What a verdict is about.
  public enum Scope: String, Sendable {
    /// The trained models at hand; another training may differ.
    case models
    /// The recipes: three seeds and more on both sides, whose spread counts.
    case recipes
  }

  /// What the verdict rests on.
  enum Basis: Sendable, Equatable {
    case sameBytes
    case tested(ScoreTest)
    case untested
    case notComparable(reason: String)
  }

  /// Name in files: `accuracy`, `f1`, `auroc`, `auprc` or `squared_error`.
  public let id: String
  /// Title for tables.
  public let title: String
  /// Mean over the seeds of the old run; `nil` where it is undefined or not there.
  public let old: Double?
  /// Mean over the seeds of the new run.
  public let new: Double?
  var basis: Basis

  /// The new mean less the old one.
  public var difference: Double? {
    old.flatMap { old in new.map { $0 - old } }
  }

  /// What was tested; `nil` where nothing was.
  public var test: ScoreTest? {
    if case .tested(let test) = basis { test } else { nil }
  }

  /// Why there is no verdict, as half a sentence; `nil` where there is one.
  public var reason: String? {
    switch basis {
    case .notComparable(let reason): reason
    case .tested where verdict == .notComparable: Reason.rareInDraws
    case .sameBytes, .tested, .untested: nil
    }
  }

  /// The verdict.
  public var verdict: Verdict {
    switch basis {
    case .sameBytes: .sameBytes
    case .untested: .notTested
    case .notComparable: .notComparable
    case .tested(let test): test.verdict(on: difference)
    }
  }
}

/// Intervals and tests of one difference.
public struct ScoreTest: Sendable, Equatable {
  /// What the interval and p are about.
  public let scope: ScoreDiff.Scope
  /// The level that p has to stay below.
  public let level: Double
  /// The interval that belongs to the level, 95 % for 0.05; `nil` where there is none.
  public let interval: Interval?
  /// The p-value; `nil` where there is none.
  public let pValue: Double?
  /// The same after Holm's correction over all variants and tasks of the comparison.
  public internal(set) var adjustedPValue: Double?
  /// The p-value by sign flips of what units add, which holds the trainings fixed; `nil` where the
  /// metric is undefined for a unit.
  public let fixedTrainingsPValue: Double?
  /// The mean of what a subject or group of rows adds over its standard deviation.
  public let effect: Double?
  /// How much more often a seed of the new run has the larger score, −1 to 1; `nil` with one seed on
  /// a side.
  public let cliffsDelta: Double?
  /// A test that takes rows as independent, of each seed that both have; `nil` for a score without.
  public let beatwise: Beatwise?

  /// Two ends.
  public struct Interval: Sendable, Equatable {
    /// The lower end.
    public let low: Double
    /// The upper end.
    public let high: Double
  }

  /// A test that decides nothing.
  public struct Beatwise: Sendable, Equatable {
    /// Its name.
    public let name: String
    /// Its p-values, one a seed.
    public let pValues: [Double]
  }

  fileprivate func verdict(on difference: Double?) -> ScoreDiff.Verdict {
    guard let difference, let p = adjustedPValue else { return .notComparable }
    guard let interval else { return difference == 0 ? .withinNoise : .notComparable }
    guard p < level else { return .withinNoise }
    return interval.low > 0 ? .better : interval.high < 0 ? .worse : .withinNoise
  }
}
