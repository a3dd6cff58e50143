import Documents
import Foundation
import Plotting
import Testing

@testable import ArrhythmiaReport

@Suite("What was rendered before") struct RenderingTests {
  @Test("Nothing is drawn again until results, a file, or the folder changes")
  func current() throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appending(path: "detectron-\(UUID())").path
    defer { try? files.removeItem(atPath: folder) }
    func rendering(_ results: String, to report: String = "report") -> Rendering {
      Rendering(
        of: results, reportFolder: "\(folder)/\(report)", figuresFolder: "\(folder)/figures",
        environment: ["XDG_CACHE_HOME": "\(folder)/cache"])
    }
    #expect(!rendering("a").isCurrent)
    let written = try Report.write(
      results: StudyFixture.study(), to: "\(folder)/report", figuresFolder: "\(folder)/figures")
    #expect(!rendering("a").isCurrent)
    rendering("a").remember(written)
    #expect(rendering("a").isCurrent)
    #expect(!rendering("b").isCurrent)
    #expect(!rendering("a", to: "elsewhere").isCurrent)
    let figure = "\(folder)/figures/\(try #require(written.figures.first).name)"
    let bytes = try Data(contentsOf: URL(filePath: figure))
    try (bytes + [0]).write(to: URL(filePath: figure))
    #expect(!rendering("a").isCurrent)
    try bytes.write(to: URL(filePath: figure))
    #expect(rendering("a").isCurrent)
    try files.removeItem(atPath: "\(folder)/report/project_report.html")
    #expect(!rendering("a").isCurrent)
  }

  @Test("A study that names figures has those drawn and no other")
  func chosenFigures() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())").path
    let files = try Report.rendered(
      results: StudyFixture.study(figures: ["roc"]), to: "\(folder)/report",
      figuresFolder: "\(folder)/figures")
    #expect(!files.figures.isEmpty && files.figures.allSatisfy { $0.name.contains("-roc.") })
  }

  @Test("The report has every format, and a page that names every figure once")
  func formats() throws {
    let study = try EvaluatedStudy(quick: StudyFixture.study())
    let drawn = try study.render(allFigures, formats: [.svg])
    let report = try Report(
      study, figures: drawn.figures.map(FigureReference.init),
      pictures: ReportPictures(drawn.figures))
    let files = try report.files
    let paths = files.map(\.path)
    for suffix in ["md", "tex", "html", "pdf"] {
      #expect(paths.contains("project_report.\(suffix)"))
    }
    let html = try #require(files.first { $0.path == "project_report.html" }).text
    #expect(html.components(separatedBy: "<svg ").count - 1 == drawn.figures.count)
    let names = html.matches(of: /\sid="([^"]*)"/).map { String($0.1) }
    #expect(Set(names).count == names.count)
    #expect(try report.files.map(\.bytes) == files.map(\.bytes))
  }
}
