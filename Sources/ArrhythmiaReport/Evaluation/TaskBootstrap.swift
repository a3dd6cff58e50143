internal import Datasets
internal import Statistics

/// How many bootstrap draws a report takes.
public struct BootstrapDraws: Sendable, Equatable {
  /// Draws for intervals of metrics and of differences.
  ///
  /// With 2,000 the ends of an interval vary from one set of draws to another by some 1.5 % of its
  /// width (one standard deviation, √(0.025 · 0.975 / 2000) over the normal density there); a
  /// report that is to be published should take 10,000.
  public var intervals = 2000
  /// Draws for the bands of curves.
  public var bands = 1000

  /// The numbers of a report for the screen.
  public init() {}
}

/// How the test rows of a task are drawn anew: the same draws for every variant, seed, metric and
/// curve, so that tables and figures hold the same intervals and differences are paired.
struct TaskBootstrap {
  private static let seed = 1

  /// The units that are drawn, whole subjects where the test rows' subjects are known.
  enum Unit: Equatable {
    case subjects(Int)
    case rows(Int)
  }

  let unit: Unit
  let draws: BootstrapDraws
  private let resampling: Resampling
  private let workers: Int

  /// - Throws: If the subjects are not those of the test rows.
  init(
    of data: DatasetSummary, draws: BootstrapDraws = .init(), workers: Int
  ) throws(ReportError) {
    let subjects = data.testSubjects ?? []
    if data.testSubjects != nil, subjects.count != data.testCount {
      throw .inconsistentData(
        task: data.id,
        problem: "it names the subjects of \(subjects.count) of \(data.testCount) test rows")
    }
    let bySubject = Resampling(subjects: subjects, seed: Self.seed)
    // A single subject cannot be drawn in more than one way.
    let hasSubjects = bySubject.unitCount > 1
    resampling =
      hasSubjects ? bySubject : Resampling(rowCount: data.testCount, seed: Self.seed)
    unit = hasSubjects ? .subjects(bySubject.unitCount) : .rows(data.testCount)
    self.draws = draws
    self.workers = workers
  }

  /// All metrics of some models in every draw.
  func replicates(of models: [Predictions]) -> [BootstrapReplicates] {
    resampling.replicates(of: models, draws: draws.intervals, workers: workers)
  }

  /// Mean curves with their bands.
  func bands(
    _ kind: CurveBand.Kind, of models: [Predictions], series: [[CurveMember]], grid: [Double]
  ) -> [CurveBand?] {
    resampling.bands(
      kind, of: models, series: series, grid: grid, draws: draws.bands, workers: workers)
  }
}
