import Documents
import Experiments
import Plotting
import Statistics
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

@Suite("Calibration in the report")
struct CalibrationReportTests {
  private static let results = InventedResults.study(testCounts: [90, 12, 20, 9, 12])

  @Test("Every variant has its scores before and after, fitted on its validation rows alone")
  func scores() throws {
    let study = try EvaluatedStudy(quick: Self.results)
    let task = study.tasks[0]
    #expect(task.calibrations.count == task.variants.count)
    for (calibrated, variant) in zip(task.calibrations, task.variants) {
      let after = try #require(calibrated.after)
      for (cell, scaled) in zip(variant.cells, after.cells) {
        let held = cell.result.validation[0]
        let scaling = try #require(
          TemperatureScaling(
            fittedTo: held.labels, probabilities: held.probabilities.map(Double.init),
            classCount: 5))
        let expected = scaling.scaled(cell.predictions.probabilities, classCount: 5)
        #expect(scaled.predictions.probabilities == expected)
        #expect(scaled.predictions.predicted == cell.predictions.predicted)
      }
      for score in CalibratedVariant.Score.allCases {
        let before = calibrated.before.estimate(of: score.metric)
        #expect(before == variant.estimate(of: score.metric) && before.interval != nil)
        let interval = try #require(after.estimate(of: score.metric).interval)
        #expect(interval.low < interval.high)
      }
    }
    let changes = task.calibrations.compactMap { $0.changes[.logLoss] }
    #expect(changes.count == task.variants.count && changes.allSatisfy { $0.interval != nil })
  }

  @Test("Each fold's test rows are scaled by the fold's own temperature")
  func folds() throws {
    let task = Self.results.tasks[1]
    let cell = task.cells[0]
    let answers = cell.validation[0]
    let sharper = TemperatureScaling(temperature: 0.5)
      .scaled(answers.probabilities.map(Double.init), classCount: 2).map { Float($0) }
    let folded = CellResult(
      key: "k", variant: cell.variant, recipe: cell.recipe, seed: 1, history: cell.history,
      bestEpoch: 1, labels: cell.labels, probabilities: cell.probabilities, predictionsHash: "h",
      foldCount: 2,
      validation: [
        ValidationAnswers(
          labels: answers.labels, probabilities: answers.probabilities, testCount: 200),
        ValidationAnswers(labels: answers.labels, probabilities: sharper, testCount: 580),
      ])
    let evaluated = try EvaluatedStudy(
      quick: StudyResults(
        runID: "r", title: "t", isDemonstration: false,
        tasks: [TaskResults(data: task.data, cells: [folded], failures: [])], gaps: []))
    let calibrated = try #require(evaluated.tasks[0].calibrations.first)
    let temperatures = try #require(calibrated.cells.first).temperatures
    #expect(temperatures.count == 2)
    #expect((temperatures[1] / temperatures[0] - 2).magnitude < 1e-3)
    let scaled = try #require(calibrated.after).cells[0].predictions.probabilities
    let given = cell.probabilities.map(Double.init)
    let expected =
      TemperatureScaling(temperature: temperatures[0])
      .scaled(Array(given[..<400]), classCount: 2)
      + TemperatureScaling(temperature: temperatures[1])
      .scaled(Array(given[400...]), classCount: 2)
    #expect(scaled == expected)
  }

  @Test("The table has three scores a variant, and n/a with its reason where nothing was kept")
  func table() throws {
    let lines = try lines("calibration-mitbih", of: Self.results)
    #expect(lines.count == 1 + 3 * 3)
    #expect(lines[1].hasPrefix("Baseline CNN,") && lines[2].hasPrefix(",,,Brier score,"))
    #expect(!lines.joined().contains("n/a"))
    let old = StudyFixture.study()
    let missing = try ArrhythmiaReportTests.lines("calibration-mitbih", of: old)
    #expect(missing.count == 1 + 2 * 3)
    #expect(missing[1].hasPrefix("baseline,n/a,ECE,n/a,n/a,0."))
    #expect(missing[1].hasSuffix(",n/a,n/a,n/a,n/a,n/a,n/a,n/a"))
    #expect(try page(old).contains("the stored results hold no answers to validation rows"))
    #expect(try page(old).contains("Of 2 of the 2 variants there is no temperature (n/a)"))
    #expect(try page(Self.results).contains("After scaling, on test rows, of the 3 variants"))
  }

  @Test("The surest answers have their accuracies, down to all that are kept")
  func selective() throws {
    let lines = try lines("selective-prediction-ptb", of: Self.results)
    #expect(lines.count == 1 + 3)
    let study = try EvaluatedStudy(quick: Self.results)
    let task = study.tasks[1]
    for (line, variant) in zip(lines.dropFirst(), task.variants) {
      let cells = line.split(separator: ",").map(String.init)
      let all = Number.percent(task.estimate(.accuracy, of: variant).mean)
      #expect(cells[1] == all.text(minus: "-"))
      #expect(try #require(Double(cells[6])) >= (try #require(Double(cells[1]))))
    }
  }

  @Test("Figures show every variant, those without a temperature as they answer")
  func figures() throws {
    let figures: [any Figure] = [ReliabilityFigure(), SelectivePredictionFigure()]
    func values(_ results: StudyResults) throws -> [String] {
      try EvaluatedStudy(quick: results).render(figures, formats: []).figures.map {
        String(decoding: try #require($0.files.first).bytes, as: UTF8.self)
      }
    }
    let drawn = try values(Self.results)
    #expect(drawn.count == 4)
    #expect(
      drawn[0].contains("\nVanilla MLP,at the temperature,0,") && drawn[0].contains("as given"))
    let old = try values(StudyFixture.study())
    #expect(old[0].contains("\nbaseline,as given,") && !old[0].contains("at the temperature"))
  }

  @Test("The numbers can be quoted")
  func numbers() throws {
    let file = try #require(try Report(Self.results).files.first { $0.path == "numbers.tex" })
    for name in [
      "ValueMitbihBaselineTemperature", "ValueMitbihBaselineEceLow",
      "ValueMitbihBaselineLogLossScaledHigh", "ValuePtbVanillaMlpBrierScaled",
    ] {
      #expect(file.text.contains("\\\(name)}"), "\(name)")
    }
  }
}
