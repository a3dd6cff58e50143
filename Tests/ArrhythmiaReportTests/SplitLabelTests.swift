import Documents
import Experiments
import Foundation
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

/// A study that has everything there is a table or figure for.
@Suite("Labels of splits")
struct SplitLabelTests {
  private static let labels = [
    ("three people stand on both sides of this split", 3), ("split by patient", 0),
  ]

  /// The same data with another split label and people on both sides.
  private static func relabelled(
    _ data: DatasetSummary, id: String, _ label: String, sharing: Int?
  ) -> DatasetSummary {
    let records = zip(["100", "232"], [data.testCount - 40, 40]).map {
      DatasetSummary.RecordRows(record: $0, count: $1)
    }
    return DatasetSummary(
      id: id, title: data.title, classes: data.classes, protocolLabel: label, source: data.source,
      fingerprint: data.fingerprint, rowSamplingRate: data.rowSamplingRate, subjectCount: 40,
      beats: data.beats, strips: data.strips, sharedSubjectCount: sharing,
      testRecords: id == "mitbih" ? nil : records)
  }

  private static func study(label: String, sharing: Int?) -> StudyResults {
    let invented = InventedResults.study(testCounts: [90, 12, 20, 9, 12], seeds: 2)
    let tasks = zip(invented.tasks + [invented.tasks[0]], ["mitbih", "ptb", "mitbih-inter"])
      .map { task, id in
        TaskResults(
          data: relabelled(task.data, id: id, label, sharing: sharing), cells: task.cells,
          failures: [])
      }
    let complete = CompleteResults.study(
      StudyResults(
        runID: invented.runID, title: invented.title, isDemonstration: false, tasks: tasks,
        gaps: []))
    let audit = try? DataAudit(
      of: SyntheticDataset(
        .arrhythmia, seed: 3, trainSubjects: 3, testSubjects: 2, rowsPerSubject: 30
      ).dataset(), workers: 1)
    return StudyResults(
      runID: invented.runID, title: invented.title, isDemonstration: false,
      tasks: complete.tasks.map { task in
        TaskResults(
          data: task.data, cells: task.cells, failures: task.failures,
          partialCells: task.partialCells, reconstructions: task.reconstructions,
          audit: task.data.classes.count == 5 ? audit : nil)
      }, gaps: [])
  }

  @Test(
    "Every declared table has the split's label, in its caption or mark and in its CSV file",
    arguments: labels)
  func tables(label: String, sharing: Int) throws {
    let report = try Report(Self.study(label: label, sharing: sharing))
    let tables = report.document.tables
    let files = try report.files
    for declared in allTables {
      let made = tables.filter { table in
        ["mitbih", "ptb", "mitbih-inter"].contains { table.id.text == "\(declared.id)-\($0)" }
      }
      #expect(!made.isEmpty, "no task of this study has the table \(declared.id)")
      for table in made {
        let text = (table.mark ?? "") + table.caption.plainText
        #expect(text.contains(label), "\(table.id)")
        let csv = files.first { $0.path == "tables/\(table.id).csv" }
        #expect(csv?.text.contains(label) == true, "\(table.id).csv")
      }
    }
  }

  @Test(
    "Every declared figure has the split's label in its caption and in its values",
    arguments: labels)
  func figures(label: String, sharing: Int) throws {
    let study = Self.study(label: label, sharing: sharing)
    let drawn = try EvaluatedStudy(quick: study).render(allFigures, formats: [])
    for declared in allFigures {
      let made = drawn.figures.filter { $0.figure == declared.id }
      #expect(!made.isEmpty, "no task of this study has the figure \(declared.id)")
      for figure in made {
        #expect(figure.caption.localizedCaseInsensitiveContains(label), "\(figure.name)")
        let csv = try #require(figure.files.first { $0.name.hasSuffix(".csv") })
        let text = String(decoding: csv.bytes, as: UTF8.self)
        #expect(text.localizedCaseInsensitiveContains(label), "\(csv.name)")
      }
    }
  }

  @Test(
    "Results that call a split inter-patient which shares people, or knows nobody, make no report",
    arguments: [3, nil])
  func forged(sharing: Int?) throws {
    let forged = Self.study(label: "inter-patient split (DS1/DS2)", sharing: sharing)
    #expect {
      _ = try Report(forged)
    } throws: { error in
      guard case .inconsistentData(let task, let problem)? = error as? ReportError else {
        return false
      }
      return task == "mitbih" && problem.contains("people stand on both sides")
    }
    _ = try Report(Self.study(label: "inter-patient split (DS1/DS2)", sharing: 0))
  }
}
