import Foundation
import Testing

@Suite("The read-me")
struct ReadmeTests {
  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private func text(_ path: String) throws -> String {
    try String(contentsOf: Self.root.appending(path: path), encoding: .utf8)
  }

  /// The section about the committed report.
  private func findings() throws -> Substring {
    let readme = try text("README.md")
    let start = try #require(readme.range(of: "\n## What it finds\n"))
    let rest = readme[start.upperBound...]
    return rest[..<(rest.range(of: "\n## ")?.lowerBound ?? rest.endIndex)]
  }

  @Test("Its main table is that of the committed report, cell for cell")
  func table() throws {
    let lines = try findings().split(separator: "\n").filter { $0.hasPrefix("|") }
    #expect(lines.count > 3)
    let report = try text("report/project_report.md")
    #expect(report.contains(lines.joined(separator: "\n")), "copy the table from the report again")
  }

  @Test("Its figures are those of the committed report")
  func figures() throws {
    let paths = try findings().matches(of: /!\[[^\]]+\]\((figures\/[\w.-]+)\)/).map { $0.1 }
    #expect(paths.count == 3)
    for path in paths {
      #expect(
        FileManager.default.fileExists(atPath: Self.root.appending(path: path).path), "\(path)")
    }
  }
}
