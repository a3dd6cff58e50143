import Datasets
import Documents
import Experiments
import Foundation
import Statistics
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

@Suite("The split by record and the audit in the report")
struct InterPatientReportTests {
  private static let shared = "DS1/DS2 as published: one shared subject (201/202)"

  /// Rows of two records, of which the second has all but three S beats.
  private static func data(_ id: String, _ label: String, sharing: Int) -> DatasetSummary {
    let plain = StudyFixture.data(
      id, "By record", ["N", "S", "V", "F", "Q"], [80, 6, 8, 2, 4], .recordings, label)
    return DatasetSummary(
      id: id, title: plain.title, classes: plain.classes, protocolLabel: label,
      source: .recordings, fingerprint: plain.fingerprint, rowSamplingRate: 120, subjectCount: 43,
      beats: plain.beats, strips: [], sharedSubjectCount: sharing,
      testRecords: id == "mitbih"
        ? nil : [.init(record: "100", count: 83), .init(record: "232", count: 17)])
  }

  private static let audit = try? DataAudit(
    of: SyntheticDataset(
      .arrhythmia, seed: 3, trainSubjects: 3, testSubjects: 2, rowsPerSubject: 30
    ).dataset(), workers: 1)

  private static func task(_ data: DatasetSummary, errors: Int) -> TaskResults {
    TaskResults(
      data: data,
      cells: ["baseline", "beat-rhythm"].enumerated().map { place, id in
        StudyFixture.cell(id, id, seed: 1, errors: errors + 3 * place, data)
      }, failures: [], audit: audit)
  }

  private static func study(hasMixed: Bool = true) -> StudyResults {
    let mixed = task(
      data("mitbih", "intra-patient split: beats of one subject stand on both sides", sharing: 47),
      errors: 2)
    let apart = task(data("mitbih-inter", "inter-patient split (DS1/DS2)", sharing: 0), errors: 82)
    let published = task(data("mitbih-inter-published", shared, sharing: 1), errors: 20)
    return StudyResults(
      runID: "r", title: "t", isDemonstration: false,
      tasks: (hasMixed ? [mixed] : []) + [apart, published], gaps: [])
  }

  private func table(_ name: String) throws -> [String] {
    let file = try Report(Self.study()).files.first { $0.path == "tables/\(name).csv" }
    return try #require(file).text.split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("#") }
  }

  private func page(_ study: StudyResults = study()) throws -> String {
    try #require(try Report(study).files.first { $0.path == "project_report.md" }).text
  }

  @Test("Every class has its measures over all beats and over records, with EC57's rules")
  func ec57() throws {
    let lines = try table("ec57-mitbih-inter")
    #expect(lines.count == 1 + 2 * 4)
    // 80 N beats are read as S and 2 S beats as V.
    #expect(lines[1].hasPrefix("baseline,N,80,0.00,"))
    #expect(lines[2] == ",S,6,66.67,4.76,85.11,66.67,50.62,50.00,2")
    #expect(lines[3].hasPrefix(",V,8,100.00,80.00,"))
    let mixed = try Report(Self.study()).files.map(\.path)
    #expect(!mixed.contains("tables/ec57-mitbih.csv"))
    #expect(!mixed.contains("tables/published-mitbih-inter.csv"))
  }

  @Test("Sensitivity and positive predictivity have intervals over the people who are tested")
  func intervals() throws {
    let lines = try table("ec57-intervals-mitbih-inter")
    #expect(lines.count == 1 + 2 * 4)
    let cells = lines[1].split(separator: ",").map(String.init)
    #expect(cells.count == 14 && cells[0] == "baseline" && cells[2] == "0.00")
    // Beats of F are in one of two records: half of the draws have none.
    #expect(lines[4].hasPrefix(",F,100.00,n/a,n/a,"))
    let paths = try Report(Self.study()).files.map(\.path)
    #expect(!paths.contains("tables/ec57-intervals-mitbih.csv"))
    #expect(try page().contains("bootstrap draws of the 2 people who are tested"))
  }

  @Test("Variants stand beside what others have published, S also without its fullest record")
  func published() throws {
    let lines = try table("inter-patient-mitbih-inter")
    #expect(lines.count == 1 + 2 + 5)
    #expect(lines[1].hasPrefix("baseline,18.00,"))
    let iranet = try #require(lines.first { $0.contains("iranet-2023") })
    #expect(
      iranet == "\"iranet-2023, iranet\",95.48,n/a,n/a,,,74.74,n/a,90.05,49.54,n/a,second hand")
    #expect(try page().contains("without record 100"))
    // F is in one of two records, so that a quarter of the draws of people lack it.
    #expect(lines[1].hasPrefix("baseline,18.00,") && lines[1].contains(",n/a,n/a,"))
  }

  @Test("The mean F1 without Q has intervals, and is bold where nothing is shown to be better")
  func meanWithoutPaced() throws {
    let data = StudyFixture.data(
      "mitbih", "By beat", ["N", "S", "V", "F", "Q"], [60, 10, 10, 10, 10], .recordings,
      "intra-patient split: beats of one subject stand on both sides")
    let results = StudyResults(
      runID: "r", title: "t", isDemonstration: false, tasks: [Self.task(data, errors: 2)], gaps: [])
    let task = try EvaluatedStudy(quick: results).tasks[0]
    #expect(task.reportedClassesScores.count == 2)
    for (score, variant) in zip(task.reportedClassesScores, task.variants) {
      let mean = try #require(score.estimate.mean)
      let classes = (0..<4).compactMap { variant.mean(of: .perClass(.f1, $0)) }
      #expect((mean - classes.reduce(0, +) / 4).magnitude < 1e-12)
      let interval = try #require(score.estimate.interval)
      #expect(interval.low < mean && mean <= interval.high)
    }
    // Three more mistakes of a hundred rows show nothing.
    #expect(task.reportedClassesScores.map(\.isBest) == [true, true])
    #expect(task.reportedClassesScores.compactMap(\.comparison).map(\.verdict) == [.notShown])
    let table = try #require(PerClassTable().table(for: task))
    let row = try #require(table.rows.first { $0.cells[0] == .text("mean without Q") })
    let score = try #require(task.reportedClassesScores.first)
    #expect(Array(row.cells[7...8]) == score.intervalCells && row.cells[7] != .empty)
  }

  @Test("Agreement beyond chance stands beside the accuracy, with intervals and a constant answer")
  func agreement() throws {
    let lines = try table("agreement-mitbih")
    #expect(lines.count == 1 + 2 + 1)
    let constant = try #require(lines.last)
    #expect(constant.hasPrefix("majority class,20.00,,,0.0000,,,n/a,,,0.5000,,"))
    #expect(try page().contains("**Cohen's κ**: "))
  }

  @Test("Aims that were missed are said to be, and people on both sides cost points either way")
  func aims() throws {
    let text = try page()
    #expect(text.contains("% of 90 %, missed") && text.contains("% of 60 %, missed"))
    #expect(text.contains("split by subject, the same recordings cost the same variants +"))
    #expect(
      text.contains("split with people on both sides, the same recordings gain the same variants +")
    )
  }

  @Test("Records are shown one by one, those without a class with a reason")
  func records() throws {
    let lines = try table("ec57-records-mitbih-inter")
    #expect(lines.count == 1 + 2 * 2)
    #expect(lines[1].hasPrefix("baseline,100,83,") && lines[2].hasPrefix(",232,17,"))
  }

  @Test("Everything made of a split that shares people bears its label")
  func labels() throws {
    let study = try EvaluatedStudy(quick: Self.study())
    let drawn = try study.render(allFigures, formats: [])
    let report = try Report(study, figures: drawn.figures.map(FigureReference.init))
    var found = 0
    func check(_ section: Document.Section) {
      for block in section.blocks {
        switch block {
        case .table(let table) where table.id.text.hasSuffix("mitbih-inter-published"):
          let text = (table.mark ?? "") + table.caption.plainText
          #expect(text.contains(Self.shared), "\(table.id)")
          found += 1
        case .figure(let figure) where figure.id.text.hasPrefix("mitbih-inter-published"):
          #expect(figure.caption.plainText.contains(Self.shared), "\(figure.id)")
          found += 1
        default: break
        }
      }
      section.subsections.forEach(check)
    }
    report.document.sections.forEach(check)
    #expect(found > 15)
    let text = try page()
    #expect(text.contains("on both sides: 1 person, so that this is no split between people"))
    #expect(text.contains("inter-patient split (DS1/DS2)): nobody stands on both sides"))
  }

  @Test("The drop is drawn where the same beats were split with people on both sides too")
  func drop() throws {
    let figure = ProtocolDropFigure()
    let drawn = try EvaluatedStudy(quick: Self.study()).render([figure], formats: [])
    #expect(
      drawn.figures.map(\.task) == ["mitbih-inter", "mitbih-inter-published"]
        && drawn.omitted.isEmpty)
    let csv = String(decoding: try #require(drawn.figures[0].files.first).bytes, as: UTF8.self)
    #expect(csv.contains("\nAccuracy,baseline,0.98,0.18\n"))
    let alone = try EvaluatedStudy(quick: Self.study(hasMixed: false)).render([figure], formats: [])
    #expect(alone.figures.isEmpty && alone.omitted.count == 2)
    #expect(try page().contains("the mean F1 of N, S, V and F falls by "))
    #expect(try !page(Self.study(hasMixed: false)).contains("the mean F1 of N, S, V and F falls"))
  }

  @Test("The audit has its section, tables and curves, and a study without one has none")
  func audits() throws {
    let text = try page()
    #expect(text.contains("Audit of the data"))
    #expect(text.contains("The nearest training row, which is of another person, has the right"))
    #expect(!text.contains("what remembering people is worth"))
    #expect(text.contains("Nobody stands on both sides."))
    #expect(try table("neighbours-mitbih").count == 3)
    #expect(try table("audit-mitbih").count == 1 + 9 + 3 + 1)
    let drawn = try EvaluatedStudy(quick: Self.study()).render([NearestRowsFigure()], formats: [])
    #expect(drawn.figures.count == 3)
    let plain = try page(StudyFixture.study())
    #expect(!plain.contains("Audit of the data") && plain.contains("is not measured here"))
  }
}
