import Experiments
import Testing

@testable import ArrhythmiaReport

@Suite("Evaluated study") struct EvaluatedStudyTests {
  private func changed(_ change: (CellResult) -> CellResult) -> StudyResults {
    let study = StudyFixture.study()
    let tasks = study.tasks.map {
      TaskResults(data: $0.data, cells: $0.cells.map(change), failures: [])
    }
    return StudyResults(
      runID: study.runID, title: study.title, isSynthetic: false, isDemonstration: false,
      tasks: tasks, gaps: [])
  }

  private func cell(_ cell: CellResult, labels: [Int], probabilities: [Float]) -> CellResult {
    CellResult(
      key: cell.key, variant: cell.variant, recipe: cell.recipe, seed: cell.seed,
      history: cell.history, bestEpoch: cell.bestEpoch, labels: labels,
      probabilities: probabilities, predictionsHash: cell.predictionsHash)
  }

  @Test("Predictions that do not fit the data are refused with the cell's key")
  func inconsistent() {
    let studies = [
      changed { cell($0, labels: Array($0.labels.dropLast()), probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels, probabilities: Array($0.probabilities.dropLast())) },
      changed { cell($0, labels: $0.labels.map { $0 - 1 }, probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels.map { $0 + 5 }, probabilities: $0.probabilities) },
      changed { cell($0, labels: $0.labels, probabilities: $0.probabilities.map { _ in .nan }) },
    ]
    for study in studies {
      let error = #expect(throws: ReportError.self) { try EvaluatedStudy(study, figures: []) }
      let message = error.map { "\($0)" } ?? ""
      #expect(message.contains("baseline-mitbih-1") && message.hasSuffix("train the cell again"))
    }
  }

  @Test("Mean and deviation over seeds are undefined where a seed's value is, or one seed stands")
  func seeds() {
    #expect(SeedSummary([1, 2, 3]).mean == 2)
    #expect(SeedSummary([1, 2, 3]).deviation == 1)
    #expect(SeedSummary([1]).deviation == nil)
    #expect(SeedSummary([1, nil]).mean == nil)
    #expect(SeedSummary([]).mean == nil)
  }

  @Test("Undefined scores are no numbers")
  func undefined() {
    let scores = Scores(
      labels: [0, 0, 1], probabilities: [0.6, 0.2, 0.2, 0.6, 0.2, 0.2, 0.6, 0.2, 0.2], classes: 3)
    #expect(scores.accuracy == 2.0 / 3)
    #expect(scores.classes[1].ppv == nil)
    #expect(scores.classes[1].f1 == 0)
    #expect(scores.classes[1].auroc == 0.5)
    #expect(scores.classes[2].sensitivity == nil && scores.classes[2].f1 == nil)
    #expect(scores.classes[2].auroc == nil && scores.classes[2].auprc == nil)
    #expect(scores.macroF1 == nil && scores.auroc == nil)
    #expect(Scores(labels: [], probabilities: [], classes: 2).accuracy == nil)
  }

  @Test("The constant answer on the published binary test has the published scores")
  func majority() throws {
    let labels = Array(repeating: 0, count: 809) + Array(repeating: 1, count: 2102)
    let scores = Scores(
      labels: labels, probabilities: labels.flatMap { _ in [0.0, 1.0] }, classes: 2)
    let published = try #require(
      PublishedResult.results(task: "ptb").first { $0.model == "constant" })
    #expect(abs(try #require(scores.accuracy) - (try #require(published.accuracy))) < 5e-6)
    #expect(scores.auroc == published.auroc)
    #expect(abs(try #require(scores.auprc) - (try #require(published.auprc))) < 5e-5)
  }

  @Test("The paired interval narrows to nothing where the two never differ")
  func comparison() throws {
    let task = try EvaluatedStudy(StudyFixture.study(), figures: []).tasks[0]
    let same = try #require(Comparison(task.variants[0], task.variants[0]))
    #expect(same.difference == 0 && same.low == 0 && !same.isShown)
    let apart = try #require(Comparison(task.variants[0], task.variants[1]))
    #expect(abs(apart.difference - 0.09) < 1e-12 && apart.isShown)
    #expect(task.best?.facts.id == "baseline")
    #expect(task.notShownWorse == ["baselinepublished"])
  }
}
