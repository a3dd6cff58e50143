import Documents
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Single files of a report beside its results")
struct FileComparisonTests {
  @Test("Every file is what the results give, alone as among all; another byte is found")
  func everyFile() throws {
    let results = StudyFixture.study(figures: ["roc", "confusion"])
    let (report, figures) = ("/report", "/figures")
    let files = try Report.rendered(results: results, to: report, figuresFolder: figures)
    let all =
      files.report.map { ("\(report)/\($0.path)", $0.bytes) }
      + files.figures.map { ("\(figures)/\($0.name)", $0.bytes) }
    #expect(all.count > 40)
    for (path, bytes) in all {
      let same = try FileComparison(of: bytes, at: path, with: results, figuresFolder: figures)
      #expect(same == .same, "\(path): \(same)")
    }
    for name in ["tables/results-mitbih.csv", "tables/results-ptb.md", "numbers.tex"] {
      let file = try #require(files.report.first { $0.path == name })
      let changed = try FileComparison(
        of: file.bytes + [10], at: "\(report)/\(name)", with: results, figuresFolder: figures)
      guard case .differs = changed else {
        Issue.record("\(name): \(changed)")
        continue
      }
    }
    // A file of another name is looked for among all.
    let renamed = try #require(files.report.first { $0.path == "tables/results-ptb.csv" })
    #expect(try FileComparison(of: renamed.bytes, at: "/a/b.csv", with: results) == .same)
    #expect(try FileComparison(of: [1], at: "/a/b.csv", with: results) == .unknown)
  }
}
