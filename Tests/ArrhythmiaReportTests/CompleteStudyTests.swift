import Datasets
import Documents
import Experiments
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("A study with recipes, ensembles, transfers and autoencoders") struct CompleteStudyTests {
  private static let study = CompleteResults.study(StudyFixture.study())

  private func page(_ results: StudyResults = study) throws -> String {
    try #require(try Report(results).files.first { $0.path == "project_report.md" }).text
  }

  private func table(_ name: String, of results: StudyResults = study) throws -> [String] {
    let files = try Report(results).files
    let file = try #require(files.first { $0.path == "tables/\(name).csv" })
    return file.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  @Test("Each has a section, and none where the study has none of it")
  func sections() throws {
    let ids = try Report(Self.study).document.sections.map(\.id)
    #expect(
      ids == [
        "summary", "data", "methods", "results", "vanilla-models", "creative-models", "ensembles",
        "transfer", "autoencoder", "calibration", "mistakes", "cost", "defects", "missing",
        "validity", "reproducibility",
        "model-cards", "checklists",
      ])
    let plain = try Report(StudyFixture.study()).files.map(\.path)
    for name in ["ensembles", "ensemble-findings", "transfer", "autoencoders", "recipes"] {
      #expect(!plain.contains { $0.hasPrefix("tables/\(name)-") }, "\(name)")
      #expect(try table("\(name)-ptb").count > 1, "\(name)")
    }
    #expect(try !page(StudyFixture.study()).contains("section-ensembles"))
  }

  @Test("Another recipe is a row of its own, named, and not compared with published values")
  func recipes() throws {
    for name in ["results-mitbih", "classes-mitbih", "networks-mitbih", "comparison-mitbih"] {
      let lines = try table(name)
      #expect(lines.count { $0.hasPrefix("baseline,") } == 1, "\(name)")
      #expect(lines.count { $0.hasPrefix("\"baseline, tuned\",") } == 1, "\(name)")
    }
    #expect(try table("results-mitbih").contains { $0.hasPrefix("\"Transformer, own\",") })
    let comparison = try table("comparison-mitbih")
    let tuned = try #require(comparison.first { $0.hasPrefix("\"baseline, tuned\",") })
    #expect(tuned.hasPrefix("\"baseline, tuned\",,,95.50,"))
    #expect(tuned.hasSuffix(",,,not the published recipe but tuned: not compared"))
    let rows = ForestRow.rows(of: try EvaluatedStudy(quick: Self.study).tasks[0])
    for row in rows where row.name == "baseline, tuned" || row.name == "Transformer, own" {
      #expect(row.published.isEmpty && row.kind == .otherRecipe)
    }
    let numbers = try #require(
      try Report(Self.study).files.first { $0.path == "numbers.tex" }
    ).text
    #expect(numbers.contains("\\newcommand{\\ValueMitbihBaselineAccuracy}{95.50}"))
    #expect(numbers.contains("\\newcommand{\\ValueMitbihBaselineTunedAccuracy}{95.50}"))
  }

  @Test("Recipes that differ by their bound only are told apart by their whole names")
  func bounds() throws {
    let base = StudyFixture.study()
    let tasks = base.tasks.map { task in
      TaskResults(
        data: task.data,
        cells: task.cells + task.cells.map { $0.changed(recipe: "published, at most 2 epochs") },
        failures: [])
    }
    let study = StudyResults(
      runID: "r", title: "t", isDemonstration: false, tasks: tasks, gaps: [])
    let task = try EvaluatedStudy(quick: study).tasks[0]
    #expect(
      task.variants.map { task.title(of: $0) }.prefix(3) == [
        "baseline, published", "vanilla-cnn, published", "baseline, published, at most 2 epochs",
      ])
    #expect(Set(task.variants.map { task.name(of: $0) }).count == task.variants.count)
  }

  @Test("The table of recipes holds the paired difference and no claim where nothing differs")
  func recipePairs() throws {
    let lines = try table("recipes-mitbih")
    #expect(lines.count == 3)
    #expect(lines[1] == "baseline,tuned,Accuracy,95.50,95.50,0.00,0.00,0.00,no difference shown")
    #expect(try page().contains("without a difference shown in 1"))
  }

  @Test("Settings of all recipes are listed once, with what was trained by them")
  func settings() throws {
    let lines = try table("settings-mitbih")
    #expect(lines.count == 3)
    #expect(
      lines[1]
        == "\"baseline, tuned\",\"cross-entropy; AdamW, weight decay 0.01\",0.00100,one cycle,32,"
        + "1000,5,weights averaged with momentum 0.999; labels smoothed by 0.05; "
        + "rows changed: noise; conv1 frozen")
    #expect(
      lines[2]
        == "\"Transformer, own; Autoencoder + MLP\",cross-entropy; Adam,0.00100,constant,32,1000,5,"
    )
    let training = try table("training-mitbih")
    #expect(!training.contains { $0.contains("nsemble") })
    #expect(training.count { $0.contains("tuned") } == 2)
    #expect(try table("training-ptb").count { $0.contains(",8,") } >= 2)
  }

  @Test("Ensembles are named by their members, and choosing on test rows is a finding only")
  func ensembles() throws {
    let lines = try table("ensembles-mitbih")
    #expect(lines.count == 1 + 3 * 2)
    #expect(
      lines[1] == "\"Ensemble, mean\",1,2,\"baseline; baseline, tuned\",90.90,80.90,95.90,79.90")
    #expect(lines.contains { $0.hasSuffix(",n/a") })
    let findings = try table("ensemble-findings-mitbih")
    #expect(findings[1].hasSuffix(",96.10,+0.15"))
    let logistic = try #require(findings.first { $0.hasPrefix("\"Ensemble, logistic\",") })
    #expect(logistic.contains(",99.90,"))
    #expect(!findings.contains { $0.lowercased().contains("nan") })
    let text = try page()
    #expect(text.contains("+0.15 points; as the highest of all choices it is not tested"))
    #expect(text.contains("**Ranking.** Members of ensembles were ranked on the test rows"))
  }

  @Test("The cost of an ensemble is the sum over its members")
  func cost() throws {
    let lines = try table("networks-mitbih")
    #expect(lines.contains("\"Ensemble, mean\",509802,,8531680,6.0,10.2"))
    #expect(lines.contains("Autoencoder,12268,,58320,3.0,0.1"))
    #expect(try page().contains("it 199,477 parameters; here it pools along time"))
  }

  @Test("Transfers are compared with training from scratch on as many rows")
  func transfer() throws {
    let lines = try table("transfer-ptb")
    #expect(lines.count == 1 + 3 * 3)
    #expect(lines[1].hasPrefix("\"baseline, from scratch\",8,,5,2,"))
    #expect(lines.filter { $0.hasSuffix(",lower") }.count == 6)
    let text = try page()
    #expect(text.contains("with 8 rows −"))
    #expect(text.contains("less accurate in 6"))
    #expect(!text.contains("Transfer, frozen, published"))
    #expect(try table("predictions-ptb").contains { $0.contains("5 % of the rows") })
  }

  @Test("A transfer without anything to compare it with claims nothing")
  func lonelyTransfer() throws {
    let base = StudyFixture.study()
    let cells = base.tasks[1].cells.filter { $0.variant.id == "vanilla-cnn" }
      .map { $0.changed(id: "transfer-resnet", title: "Transfer") }
    let study = StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: [TaskResults(data: base.tasks[1].data, cells: cells, failures: [])], gaps: [])
    let text = try page(study)
    #expect(text.contains("nothing was trained from scratch on as many rows, so that nothing"))
    #expect(text.contains("on a task with more classes"))
    let drawn = try EvaluatedStudy(quick: study).render([TransferFigure()], formats: [])
    #expect(drawn.figures.isEmpty && drawn.omitted.isEmpty)
  }

  @Test("Autoencoders have their errors by class, undefined ones with a reason")
  func autoencoders() throws {
    let lines = try table("autoencoders-mitbih")
    #expect(lines.count == 3)
    #expect(lines[1].hasSuffix(",3,2,0.002100,0.001000,n/a,0.003000,0.004000,0.005000"))
    let text = try page()
    #expect(text.contains("is 0.002100, mean of 2 trainings"))
    #expect(text.contains("between 0.001000 (N) and 0.005000 (Q)"))
    #expect(text.contains("**Autoencoder + MLP**, a classifier on the numbers"))
    #expect(text.contains("Published are 93.80 % by another classifier"))
  }

  @Test("Folds are named where the protocol is, once")
  func folds() throws {
    func words(_ label: String) throws -> String {
      let base = StudyFixture.study().tasks[1]
      let data = StudyFixture.data(
        "ptb", "P", ["normal", "abnormal"], [10, 30], .recordings, label)
      let study = StudyResults(
        runID: "r", title: "t", isDemonstration: false,
        tasks: [
          TaskResults(data: data, cells: base.cells.map { $0.changed(folds: 5) }, failures: [])
        ], gaps: [])
      return try EvaluatedStudy(quick: study).tasks[0].splitWords
    }
    #expect(
      try words("61 excerpts") == "61 excerpts; 5 folds by patient, every row tested once")
    #expect(
      try words("61 excerpts, 5 folds by patient, stratified")
        == "61 excerpts, 5 folds by patient, stratified; every row tested once")
    let study = CompleteResults.study(StudyFixture.study())
    #expect(try !page(study).contains("every row tested once"))
  }

  @Test("A training that ended early says so wherever others did not")
  func earlyEnds() throws {
    let task = StudyFixture.study(seeds: 1).tasks[0]
    func titles(_ bounded: Set<String>) throws -> [String] {
      let cells = task.cells.map {
        bounded.contains($0.variant.id) ? $0.changed(recipe: "published, at most 2 epochs") : $0
      }
      let study = try EvaluatedStudy(
        quick: StudyResults(
          runID: "r", title: "t", isDemonstration: false,
          tasks: [TaskResults(data: task.data, cells: cells, failures: [])], gaps: []))
      return study.tasks[0].variants.map { study.tasks[0].title(of: $0) }
    }
    let one = try titles(["vanilla-cnn"])
    let both = try titles(["baseline", "vanilla-cnn"])
    #expect(one == ["baseline", "vanilla-cnn, at most 2 epochs"])
    #expect(both == ["baseline", "vanilla-cnn"])
  }

  @Test("Many variants are counted in the summary, and every figure has several sheets at most")
  func many() throws {
    let results = CompleteResults.study(
      InventedResults.study(testCounts: [60, 9, 15, 9, 9], variants: 25, seeds: 1))
    let study = try EvaluatedStudy(quick: results)
    let text = try page(results)
    #expect(text.contains("other rows, each a variant under one recipe"))
    let drawn = try study.render(allFigures, formats: []).figures
    let names = Dictionary(grouping: drawn.filter { $0.task == "mitbih" }, by: \.figure)
    #expect(names["models"]?.count == 1 && names["confusion"]?.count == 4)
    #expect(names["training"]?.count == 5 && names["ensemble-size"]?.count == 1)
    #expect(names["reconstruction"]?.count == 1 && names["transfer"] == nil)
    #expect(drawn.count { $0.task == "ptb" && $0.figure == "transfer" } == 1)
  }

  @Test("Captions of the new figures say data set, split and n, and that no bands are drawn")
  func captions() throws {
    let study = try EvaluatedStudy(quick: Self.study)
    let drawn = try study.render(
      [EnsembleSizeFigure(), TransferFigure(), ReconstructionFigure()], formats: []
    ).figures
    #expect(drawn.count == 5)
    for figure in drawn {
      #expect(figure.caption.contains("test beats"), "\(figure.name)")
      #expect(figure.caption.contains("split"), "\(figure.name)")
      #expect(
        figure.figure == "reconstruction" || figure.caption.contains("drawn"), "\(figure.name)")
      #expect(figure.files.count == 1)
    }
  }
}
