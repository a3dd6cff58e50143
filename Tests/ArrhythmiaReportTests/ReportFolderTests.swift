import Experiments
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Report folder") struct ReportFolderTests {
  private let files = FileManager.default

  private func withFolder(_ body: (URL) throws -> Void) throws {
    let folder = files.temporaryDirectory.appending(path: "detectron-\(UUID())")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    try body(folder)
  }

  private func names(_ folder: URL) throws -> Set<String> {
    Set(try files.subpathsOfDirectory(atPath: folder.path))
  }

  @Test("Every format is written, with the tables in files of their own")
  func write() throws {
    try withFolder { folder in
      let report = folder.appending(path: "report").path
      try Report.write(
        results: StudyFixture.study(), to: report, figuresFolder: folder.path + "/figures")
      let names = try names(URL(filePath: report))
      #expect(names.isSuperset(of: ["project_report.md", "project_report.tex", "numbers.tex"]))
      for suffix in ["md", "tex", "csv"] {
        #expect(names.contains("tables/results-mitbih.\(suffix)"))
        #expect(names.contains("tables/classes-ptb.\(suffix)"))
      }
    }
  }

  @Test("Tables of an earlier report are removed, files of others stay")
  func stale() throws {
    try withFolder { folder in
      let other = ["tables/notes.csv", "tables/results-mine.csv", "mine.md", "tables/results.tex"]
      try Report.write(
        results: StudyFixture.study(), to: folder.path, figuresFolder: folder.path + "/figures")
      for name in other {
        try Data("x".utf8).write(to: folder.appending(path: name))
      }
      let study = StudyFixture.study()
      let smaller = StudyResults(
        runID: "r", title: "t", isDemonstration: false,
        tasks: [study.tasks[0]], gaps: [])
      try Report.write(
        results: smaller, to: folder.path, figuresFolder: folder.path + "/figures")
      let names = try names(folder)
      #expect(names.isSuperset(of: other))
      #expect(names.contains("tables/results-mitbih.tex"))
      #expect(!names.contains { $0.contains("-ptb.") })
    }
  }

  @Test("A folder that cannot be made is named, and nothing is written")
  func unwritable() throws {
    try withFolder { folder in
      let file = folder.appending(path: "file")
      try Data("x".utf8).write(to: file)
      let error = #expect(throws: ReportError.self) {
        try Report.write(
          results: StudyFixture.study(), to: file.path + "/report", figuresFolder: folder.path)
      }
      #expect("\(try #require(error))".contains(file.path))
      #expect(try names(folder) == ["file"])
    }
  }

  @Test("A folder of figures that LaTeX cannot read from is refused before anything is written")
  func unusable() throws {
    try withFolder { folder in
      let figures = folder.path + "/figures 50%"
      let error = #expect(throws: ReportError.self) {
        try Report.write(
          results: StudyFixture.study(), to: folder.path + "/report", figuresFolder: figures)
      }
      let message = try #require(error).description
      let written = try names(folder)
      #expect(message.hasPrefix(figures) && written.isEmpty)
    }
  }

  @Test("The path to the figures is relative to the report")
  func relative() {
    #expect(ReportFolder(path: "report").relativePath(to: "figures") == "../figures")
    #expect(ReportFolder(path: "demo/report").relativePath(to: "demo/figures") == "../figures")
    #expect(ReportFolder(path: "/a/b/c").relativePath(to: "/a/x") == "../../x")
    #expect(ReportFolder(path: "/a/b/").relativePath(to: "/a/./b") == ".")
    #expect(ReportFolder(path: ".").relativePath(to: "figures") == "figures")
  }
}
