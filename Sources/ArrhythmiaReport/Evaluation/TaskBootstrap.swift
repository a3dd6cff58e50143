internal import Datasets
internal import Statistics

/// How many bootstrap draws a report takes.
public struct BootstrapDraws: Sendable, Equatable {
  /// Draws for intervals of metrics and of differences.
  ///
  /// With 10,000 the ends of an interval vary from one set of draws to another by some 0.7 % of its
  /// width (one standard deviation, √(0.025 · 0.975 / 10000) over the normal density there).
  public var intervals = 10_000
  /// Draws for the bands of curves.
  public var bands = 1000

  /// The numbers of a report.
  public init() {}
}

/// How the test rows of a task are drawn anew: the same draws for every variant, seed, metric and
/// curve, so that tables and figures hold the same intervals and differences are paired.
struct TaskBootstrap {
  static let seed = 1

  /// The units that are drawn, whole subjects where the test rows' subjects are known.
  enum Unit: Equatable {
    case subjects(Int)
    case rows(Int)
  }

  let unit: Unit
  let draws: BootstrapDraws
  private let resampling: Resampling
  let workers: Int

  /// How intervals of metrics are made of the draws.
  var intervalMethod: IntervalMethod { resampling.intervalMethod }
  /// How those of differences are.
  var differenceMethod: IntervalMethod { resampling.differenceMethod }

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
    resampling = Resampling(
      rowCount: data.testCount, subjects: data.testSubjects, seed: Self.seed)
    unit =
      resampling.drawsSubjects ? .subjects(resampling.unitCount) : .rows(resampling.unitCount)
    self.draws = draws
    self.workers = workers
  }

  /// Predictions of all test rows, made short once for everything that is drawn.
  func prepared(_ predictions: Predictions) -> Predictions { resampling.prepared(predictions) }

  /// The people behind each class; `nil` where rows are drawn.
  func subjects(of model: Predictions) -> [ClassSubjects]? {
    resampling.subjects(of: model.labels, classCount: model.classCount)
  }

  /// Metrics of some models in every draw; all where none are chosen.
  func replicates(of models: [Predictions], metrics: [Metric] = []) -> [BootstrapReplicates] {
    resampling.replicates(
      of: models, metrics: metrics, draws: draws.intervals, workers: workers)
  }

  /// What each subject, or group of rows, adds to metrics of some models; to all where none are
  /// chosen.
  func contributions(
    of models: [Predictions], metrics: [Metric] = []
  ) -> [UnitContributions] {
    resampling.contributions(of: models, metrics: metrics, workers: workers)
  }

  /// The mean F1 of some classes of models in the same draws.
  func replicates(of models: [Predictions], _ statistic: MeanF1) -> [Replicates<MeanF1>] {
    resampling.replicates(of: models, statistic, draws: draws.intervals, workers: workers)
  }

  /// What each subject, or group of rows, adds to the mean F1 of some classes.
  func contributions(of models: [Predictions], _ statistic: MeanF1) -> [Contributions<MeanF1>] {
    resampling.contributions(of: models, statistic, workers: workers)
  }

  /// The scores of probabilities of some models in the same draws.
  func probabilityReplicates(of models: [Predictions]) -> [BootstrapReplicates] {
    resampling.probabilityReplicates(of: models, draws: draws.intervals, workers: workers)
  }

  /// What each subject, or group of rows, adds to the scores of probabilities of some models.
  func probabilityContributions(of models: [Predictions]) -> [UnitContributions] {
    resampling.probabilityContributions(of: models, workers: workers)
  }

  /// Mean curves with their bands.
  func bands(
    _ kind: CurveBand.Kind, of models: [Predictions], series: [[CurveMember]], grid: [Double]
  ) -> [CurveBand?] {
    resampling.bands(
      kind, of: models, series: series, grid: grid, draws: draws.bands, workers: workers)
  }
}
