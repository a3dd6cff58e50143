import Experiments
import Statistics
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

@Suite("Evaluated study") struct EvaluatedStudyTests {
  private func changed(_ change: (CellResult) -> CellResult) -> StudyResults {
    let study = StudyFixture.study()
    let tasks = study.tasks.map {
      TaskResults(data: $0.data, cells: $0.cells.map(change), failures: [])
    }
    return StudyResults(
      runID: study.runID, title: study.title, isDemonstration: false,
      tasks: tasks, gaps: [])
  }

  private func cell(_ cell: CellResult, labels: [Int], probabilities: [Float]) -> CellResult {
    CellResult(
      key: cell.key, variant: cell.variant, recipe: cell.recipe, seed: cell.seed,
      history: cell.history, bestEpoch: cell.bestEpoch, labels: labels,
      probabilities: probabilities, predictionsHash: cell.predictionsHash)
  }

  @Test("Predictions that do not fit the data are refused with the cell's key and the remedy")
  func inconsistent() {
    let studies = [
      changed { cell($0, labels: Array($0.labels.dropLast()), probabilities: $0.probabilities) },
      changed {
        cell(
          $0, labels: Array($0.labels.dropLast()),
          probabilities: Array($0.probabilities.dropLast($0.labels.count == 100 ? 5 : 2)))
      },
      changed { cell($0, labels: $0.labels, probabilities: Array($0.probabilities.dropLast())) },
      changed { cell($0, labels: $0.labels.map { $0 - 1 }, probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels.map { $0 + 5 }, probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels.map { _ in 0 }, probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels, probabilities: $0.probabilities.map { _ in .nan }) },
      changed { cell($0, labels: $0.labels, probabilities: $0.probabilities.map { $0 / 2 }) },
      changed { cell($0, labels: [], probabilities: []) },
    ]
    for study in studies {
      let error = #expect(throws: ReportError.self) { try EvaluatedStudy(study) }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains("baseline-mitbih-1") && message.hasSuffix("and train it again"))
    }
    let reordered = changed {
      $0.seed == 1
        ? $0 : cell($0, labels: $0.labels.reversed(), probabilities: $0.probabilities)
    }
    #expect(throws: ReportError.self) { try EvaluatedStudy(reordered) }
  }

  @Test("Mean and deviation over seeds are undefined where a seed's value is, or one seed stands")
  func seeds() {
    #expect(ScoreEstimate([1, 2, 3]).mean == 2)
    #expect(ScoreEstimate([1, 2, 3]).deviation == 1)
    #expect(ScoreEstimate([1]).deviation == nil)
    #expect(ScoreEstimate([1, nil]).mean == nil)
    #expect(ScoreEstimate([]).mean == nil)
  }

  @Test("The constant answer on the published binary test has the published scores")
  func majority() throws {
    let study = StudyResults(
      runID: "", title: "", isDemonstration: false,
      tasks: [
        TaskResults(
          data: StudyFixture.data(
            "ptb", "PTB", ["normal", "abnormal"], [809, 2102], .publishedFiles, ""),
          cells: [], failures: [])
      ], gaps: [])
    let task = try EvaluatedStudy(study).tasks[0]
    let metrics = try #require(task.majority)
    let published = try #require(
      PublishedResult.results(task: "ptb").first { $0.model == "constant" })
    func value(_ score: Score) throws -> Double {
      try #require(metrics[task.metric(score)].value)
    }
    #expect(abs(try value(.accuracy) - (try #require(published.accuracy))) < 5e-6)
    #expect(try value(.auroc) == published.auroc)
    #expect(abs(try value(.auprc) - (try #require(published.auprc))) < 5e-5)
  }

  @Test("A paired difference is that of the draws, and of nothing where the two never differ")
  func comparison() throws {
    let task = try EvaluatedStudy(StudyFixture.study()).tasks[0]
    let metric = task.metric(.accuracy)
    let same = try #require(Comparison(task.variants[0], task.variants[0], by: metric))
    #expect(same.difference == 0 && same.interval?.low == 0 && same.interval?.high == 0)
    #expect(same.verdict == .notShown)
    let apart = try #require(Comparison(task.variants[0], task.variants[1], by: metric))
    #expect(abs(apart.difference - 0.09) < 1e-12 && apart.verdict == .higher)
    // Of 100 rows 9 differ: a binomial share with a standard deviation of .0286.
    let interval = try #require(apart.interval)
    #expect(abs(interval.low - (0.09 - 1.96 * 0.0286)) < 0.012)
    #expect(abs(interval.high - (0.09 + 1.96 * 0.0286)) < 0.012)
    let back = try #require(Comparison(task.variants[1], task.variants[0], by: metric))
    #expect(back.verdict == .lower)
    #expect(abs(try #require(back.interval).low + interval.high) < 1e-12)
    #expect(task.best(by: metric)?.facts.id == "baseline")
    #expect(task.notShownWorse(by: metric).map(\.facts.id) == ["baseline"])
  }

  @Test("Whole subjects are drawn where the test rows name more than one, else rows")
  func units() throws {
    func unit(_ subjects: [String]?) throws -> TaskBootstrap.Unit {
      let data = StudyFixture.data(
        "mitbih", "", ["N", "S"], [6, 4], .recordings, "", subjects: subjects)
      return try TaskBootstrap(of: data, workers: 1).unit
    }
    #expect(try unit(nil) == .rows(10))
    #expect(try unit((0..<10).map { "s\($0 % 3)" }) == .subjects(3))
    #expect(try unit(Array(repeating: "s", count: 10)) == .rows(10))
    let error = #expect(throws: ReportError.self) { try unit(["s"]) }
    #expect("\(try #require(error))".hasSuffix("run the study anew"))
  }

  @Test("Intervals by subject are wider where the errors are those of one subject")
  func subjects() throws {
    func interval(_ subjects: [String]?) throws -> BootstrapInterval {
      let data = StudyFixture.data(
        "mitbih", "M", ["N", "S"], [60, 40], .recordings, "", subjects: subjects)
      let cells = [StudyFixture.cell("baseline", "B", seed: 1, errors: 10, data)]
      let study = StudyResults(
        runID: "", title: "", isDemonstration: false,
        tasks: [TaskResults(data: data, cells: cells, failures: [])], gaps: [])
      let task = try EvaluatedStudy(study).tasks[0]
      return try #require(task.variants[0].estimate(of: .summary(.accuracy)).interval)
    }
    let rows = try interval(nil)
    let subjects = try interval((0..<100).map { "s\($0 / 10)" })
    #expect(subjects.high - subjects.low > 2 * (rows.high - rows.low))
  }

  @Test("The number of workers changes nothing")
  func workers() throws {
    let one = try Report(EvaluatedStudy(StudyFixture.study(), workers: 1)).files
    #expect(try Report(EvaluatedStudy(StudyFixture.study(), workers: 3)).files == one)
  }
}
