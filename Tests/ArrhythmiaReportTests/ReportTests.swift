import Datasets
import Documents
import Experiments
import Foundation
import Plotting
import Testing

@testable import ArrhythmiaReport

@Suite("Report") struct ReportTests {
  private func markdown(_ results: StudyResults) throws -> String {
    let files = try Report(results).files
    return try #require(files.first { $0.path == "project_report.md" }).text
  }

  private func table(_ path: String, of results: StudyResults) throws -> [String] {
    let file = try #require(try Report(results).files.first { $0.path == "tables/\(path)" })
    return file.text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
  }

  /// The ends of intervals depend on the draws, which are this program's own: they are left out.
  @Test(
    "Results and differences agree with scikit-learn, digit by digit",
    arguments: [
      ("results-mitbih", [0, 1, 2, 3, 6, 7, 10, 11, 14, 15]),
      ("comparison-mitbih", [0, 1, 2, 5, 6]),
    ])
  func golden(_ name: String, columns: [Int]) throws {
    let url = try #require(
      Bundle.module.url(forResource: name, withExtension: "csv", subdirectory: "Golden"))
    let golden = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    let lines = try table("\(name).csv", of: StudyFixture.study()).dropFirst().map { line in
      let fields = line.split(separator: ",", omittingEmptySubsequences: false)
      return columns.map { fields[$0] }.joined(separator: ",")
    }
    #expect(lines.map { $0[...] } == golden)
  }

  @Test("The results table and the figure of models hold the same intervals")
  func sameIntervals() throws {
    let study = try EvaluatedStudy(quick: InventedResults.study())
    let task = study.tasks[1]
    guard case .pictures(let pictures) = try ModelComparisonFigure().draw(task, of: study) else {
      Issue.record("nothing was drawn")
      return
    }
    let csv = pictures[0].data.csv(
      Provenance(title: "", subject: "", runID: "", sources: []))
    let results = try #require(ResultsTable().table(for: task))
    for (index, score) in [Score.accuracy, .f1, .auroc].enumerated() {
      let lines = csv.split(separator: "\n").filter {
        $0.hasPrefix("\(task.title(of: score)),") && $0.contains("this run")
      }
      #expect(lines.count == task.variants.count)
      for (line, row) in zip(lines, results.rows) {
        let ends = line.split(separator: ",").suffix(2).map { score.number(Double($0)) }
        #expect(!ends.contains { $0.decimal == nil })
        let cells = row.cells[(3 + 3 * index)...(4 + 3 * index)].map(\.content)
        #expect(cells == ends.map { .number($0) })
      }
    }
  }

  @Test("What is not shown to be worse is bold in every score, and worded so")
  func bold() throws {
    let study = try EvaluatedStudy(quick: InventedResults.study())
    for task in study.tasks {
      let table = try #require(ResultsTable().table(for: task))
      for (index, score) in Score.allCases.enumerated() {
        let metric = task.metric(score)
        let best = try #require(task.best(by: metric))
        let leads = task.leads(by: metric)
        for (variant, row) in zip(task.variants, table.rows) {
          let lead = leads.first { $0.variant.isSame(as: variant) }
          #expect((lead == nil) == variant.isSame(as: best))
          #expect(
            row.cells[2 + 3 * index].isBest
              == (lead.map { $0.comparison?.verdict == .notShown } ?? true))
        }
      }
      let differences = try #require(DifferencesTable().table(for: task))
      #expect(differences.rows.count == 4 * (task.variants.count - 1))
    }
  }

  @Test("The table of classes names why a score is undefined")
  func classes() throws {
    let lines = try table("classes-ptb.csv", of: StudyFixture.study())
    #expect(lines.count == 5)
    #expect(lines[1].hasPrefix("baseline,normal,10,55.00,7.07"))
    let beats = try table("classes-mitbih.csv", of: StudyFixture.study())
    #expect(beats[0].contains("\"F1, %: low\""))
    let constant = StudyFixture.study(seeds: 1)
    let page = try markdown(constant)
    #expect(page.contains("majority class"))
    #expect(!page.lowercased().contains("nan"))
    #expect(!page.contains("-0.0") && !page.contains("−0.00 "))
  }

  @Test("A difference whose interval holds zero is not claimed")
  func sober() throws {
    let data = StudyFixture.study().tasks[1].data
    let cells = ["baseline", "vanilla-cnn"].enumerated().map {
      StudyFixture.cell($1, $1, seed: 1, errors: 5 - $0, data)
    }
    let close = StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: [TaskResults(data: data, cells: cells, failures: [])], gaps: [])
    let page = try markdown(close)
    #expect(page.contains("no difference shown"))
    #expect(page.contains("training variance not included"))
    #expect(page.contains("draws of test rows, optimistic where rows of one subject are alike"))
    let far = try markdown(StudyFixture.study())
    let summary = try #require(far.split(separator: "\n").first { $0.contains("Its differences") })
    #expect(!summary.contains("no difference shown"))
    #expect(far.contains("Its differences in points are +9.00 (+"))
  }

  @Test("Synthetic data is marked on top, in every heading and in every caption")
  func synthetic() throws {
    let document = try Report(StudyFixture.study(source: .synthetic)).document
    func sections(_ list: [Document.Section]) -> [Document.Section] {
      list.flatMap { [$0] + sections($0.subsections) }
    }
    for section in sections(document.sections) {
      #expect(section.title.hasSuffix("synthetic signal, no clinical meaning"))
    }
    let page = try markdown(StudyFixture.study(source: .synthetic))
    let captions = page.split(separator: "\n").filter { $0.hasPrefix("**Table") }
    #expect(captions.count == document.tables.count)
    #expect(captions.allSatisfy { $0.contains("Synthetic signal, no clinical meaning") })
    #expect(page.contains("> **Synthetic signal, no clinical meaning"))
    #expect(!page.contains("Published"))
  }

  @Test("In a study of both, only what belongs to the generated data is marked")
  func mixed() throws {
    let mark = "synthetic signal, no clinical meaning"
    let real = StudyFixture.study()
    let made = StudyFixture.study(source: .synthetic)
    let study = StudyResults(
      runID: "r", title: "t", isDemonstration: false, tasks: [real.tasks[0], made.tasks[1]],
      gaps: [])
    let report = try Report(study)
    for table in report.document.tables {
      #expect((table.mark == mark) == table.id.text.hasSuffix("-ptb"), "\(table.id)")
    }
    for section in report.document.sections {
      #expect(!section.title.contains(mark))
      for part in section.subsections {
        #expect(part.title.contains(mark) == part.id.text.hasSuffix("-ptb"), "\(part.id)")
      }
    }
    let page = try markdown(study)
    #expect(page.contains("the rows of PTB heartbeats were generated by this program"))
    for file in try report.files where file.path.hasSuffix(".csv") {
      #expect(
        file.text.contains("\n# \(mark)\n") == file.path.hasSuffix("-ptb.csv"), "\(file.path)")
    }
    let numbers = try #require(report.files.first { $0.path == "numbers.tex" }).text
    for line in numbers.split(separator: "\n") where !line.hasPrefix("%") {
      #expect(line.hasSuffix(mark) == line.contains("ValuePtb"))
    }
    let rendered = try EvaluatedStudy(quick: study).render(allFigures, formats: [])
    for figure in rendered.figures {
      let csv = String(decoding: try #require(figure.files.first).bytes, as: UTF8.self)
      #expect(csv.contains(mark) == (figure.task == "ptb"), "\(figure.name)")
    }
  }

  @Test("Every source of rows is said to be what it is, with the works to cite")
  func provenance() throws {
    let recordings = try markdown(StudyFixture.study())
    #expect(recordings.contains("results on it are results on a rebuilt set"))
    #expect(recordings.contains("10,022, 16,721, 18,308, 18,616 and 20,575"))
    for doi in [
      "10.1109/51.932724", "10.1161/01.CIR.101.23.e215", "10.13026/C2F305",
      "10.1109/ICHI.2018.00092",
    ] {
      #expect(recordings.contains("https://doi.org/\(doi)"))
    }
    let published = try markdown(StudyFixture.study(source: .publishedFiles))
    #expect(published.contains("published comma-separated files"))
    #expect(!published.contains("rebuilt"))
    let synthetic = try markdown(StudyFixture.study(source: .synthetic))
    #expect(synthetic.contains("https://doi.org/10.1109/TBME.2003.808805"))
    #expect(!synthetic.contains("10.13026/C2F305"))
  }

  @Test("Published values lead to their source, and the other network is called one")
  func sources() throws {
    let page = try markdown(StudyFixture.study())
    #expect(page.contains("[arrhythmia-detectron](https://github.com/"))
    #expect(page.contains("published: a network of 199,477 parameters that pools along the chann"))
  }

  @Test("Without an interval nothing is bold, and no verdict is drawn")
  func noInterval() throws {
    // The only row of class S belongs to one of four subjects: many draws are without it.
    let data = StudyFixture.data(
      "mitbih", "M", ["N", "S"], [39, 1], .recordings, "",
      subjects: (0..<40).map { "s\($0 / 10)" })
    let cells = ["baseline", "vanilla-cnn"].enumerated().map {
      StudyFixture.cell($1, $1, seed: 1, errors: 5 - $0, data)
    }
    let study = StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: [TaskResults(data: data, cells: cells, failures: [])], gaps: [])
    let task = try EvaluatedStudy(quick: study).tasks[0]
    let metric = task.metric(.auroc)
    let comparison = try #require(Comparison(task.variants[0], task.variants[1], by: metric))
    #expect(comparison.interval == nil && comparison.verdict == .noInterval)
    #expect(task.notShownWorse(by: metric).isEmpty)
    let table = try #require(DifferencesTable().table(for: task))
    #expect(table.rows.contains { $0.cells[7].content == .text("no interval") })
  }

  @Test("Failures and gaps are listed with their messages, also in a study without cells")
  func missing() throws {
    let page = try markdown(StudyFixture.study(seeds: 0, gaps: ["The transfer was not run."]))
    #expect(
      page.contains("`vanilla-mlp` on MIT-BIH heartbeats, seed `1`, did not finish: disk full"))
    #expect(page.contains("- The transfer was not run."))
    #expect(page.contains("no training has finished"))
    let empty = StudyResults(
      runID: "", title: "", isDemonstration: true, tasks: [], gaps: [])
    #expect(try markdown(empty).contains("The study has no task."))
    #expect(try markdown(StudyFixture.study()).contains("Nothing: every training has finished"))
    let data = StudyFixture.study().tasks[0].data
    let cells = ["vanilla-mlp", "vanilla-cnn"].map {
      StudyFixture.cell($0, $0, seed: 1, errors: 4, data)
    }
    let alone = StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: [TaskResults(data: data, cells: cells, failures: [])], gaps: [])
    #expect(try markdown(alone).contains("with the baseline, which this run does not have"))
    let omitted = OmittedFigure(
      figure: "roc", title: "ROC", task: "ptb", taskTitle: "PTB heartbeats",
      reason: "no training has finished")
    let report = try Report(EvaluatedStudy(StudyFixture.study()), omitted: [omitted])
    let files = try report.files.filter { $0.path == "project_report.md" }
    #expect(
      files[0].text.contains(
        "- Figure “ROC” of PTB heartbeats is left out: no training has finished."))
  }

  @Test("Figures stand in their section, with a path relative to the report")
  func figures() throws {
    let figure = FigureReference(
      id: "mitbih-roc", task: "mitbih", caption: "Curves.", alternativeText: "curves",
      fileStem: "mitbih-roc")
    let report = try Report(StudyFixture.study(), figures: [figure])
    let results = try #require(report.document.sections.first { $0.id == "results" })
    let found = results.subsections[0].blocks.compactMap {
      if case .figure(let figure) = $0 { figure.path } else { nil }
    }
    #expect(found == ["../figures/mitbih-roc"])
    #expect(throws: ReportError.inconsistentDocument(.duplicateName(kind: "figure", "mitbih-roc")))
    {
      try Report(StudyFixture.study(), figures: [figure, figure])
    }
  }

  @Test("The same results give the same bytes, without a clock, a host or a path of this machine")
  func pure() throws {
    let first = try Report(StudyFixture.study()).files
    #expect(try Report(StudyFixture.study()).files == first)
    let words = [ProcessInfo.processInfo.hostName, NSHomeDirectory() + "/", "#filePath"]
    for file in first {
      for word in words where word.count > 3 && word != "localhost" {
        #expect(!file.text.contains(word), "\(file.path)")
      }
    }
  }

  @Test("Sections and tables have unique names and ranks, and stand in rank order")
  func catalogue() throws {
    #expect(Set(allSections.map(\.id)).count == allSections.count)
    #expect(Set(allSections.map(\.rank)).count == allSections.count)
    #expect(Set(allTables.map(\.id)).count == allTables.count)
    #expect(
      try Report(StudyFixture.study()).document.sections.map(\.id) == [
        "summary", "data", "methods", "results", "vanilla-models", "calibration", "mistakes",
        "cost", "defects", "missing", "validity", "reproducibility", "model-cards", "checklists",
      ])
  }

  @Test("Numbers can be quoted by name in LaTeX")
  func numbers() throws {
    let files = try Report(StudyFixture.study()).files
    let numbers = try #require(files.first { $0.path == "numbers.tex" }).text
    #expect(numbers.contains("\\newcommand{\\ValueMitbihBaselineAccuracy}{95.50}\n"))
    #expect(numbers.contains("\\newcommand{\\ValueMitbihBaselineParameters}{254{,}901}\n"))
    #expect(numbers.contains("\\newcommand{\\ValuePtbVanillaCnnFOne}{"))
  }
}
