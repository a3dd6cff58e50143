import Documents
import Experiments
import Testing

@testable import ArrhythmiaReport

/// The lines of a table's CSV file, without its comments.
func lines(_ name: String, of results: StudyResults) throws -> [String] {
  let file = try Report(results).files.first { $0.path == "tables/\(name).csv" }
  return try #require(file).text.split(separator: "\n").map(String.init)
    .filter { !$0.hasPrefix("#") }
}

/// The report as Markdown.
func page(_ results: StudyResults) throws -> String {
  try #require(try Report(results).files.first { $0.path == "project_report.md" }).text
}
