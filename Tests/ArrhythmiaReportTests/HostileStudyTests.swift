import Datasets
import Documents
import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Hostile names in a study") struct HostileStudyTests {
  /// Texts that mean something in Markdown, HTML, LaTeX or a spreadsheet.
  private static let texts = [
    "$&%#_{}~^\\", "<script>x</script>", "a|b", "=cmd", "a\u{0}\u{1B}b\nc", "\\input{x}", "](y)",
  ]

  @Test("They change no page: tags are text, tables keep their columns", arguments: texts)
  func pages(_ hostile: String) throws {
    let text = { hostile + $0 + hostile }
    let study = CompleteResults.study(StudyFixture.study(text: text, gaps: ["gap"]), text: text)
    for file in try Report(study).files where !file.path.hasSuffix(".pdf") {
      if file.path.hasSuffix(".md") {
        #expect(!file.text.replacing(/`[^`]*`/, with: "").contains("<script>"))
      }
      #expect(!file.path.hasSuffix(".tex") || !file.text.contains("\\input{x}"))
      #expect(file.text.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 })
    }
  }

  /// Where pdflatex lies; without it the test that needs it is skipped, loudly.
  private static let pdflatex: String? = {
    let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    let found = folders.map { "\($0)/pdflatex" }.first(
      where: FileManager.default.isExecutableFile(atPath:))
    if found == nil { print("SKIPPED: no pdflatex on this machine, no report is compiled") }
    return found
  }()

  /// Whether a line of the log says that something is more than 5 pt wider than the page.
  private static func isTooWide(_ line: Substring) -> Bool {
    guard let width = line.wholeMatch(of: /Overfull \\hbox \(([0-9.]+)pt too wide\).*/)?.1
    else { return false }
    return Double(width).map { $0 > 5 } ?? true
  }

  /// Runs pdflatex in a folder; `output` takes what it writes.
  private static func compile(
    _ folder: URL, to output: URL? = nil, _ options: [String]
  ) throws {
    let process = Process()
    process.executableURL = URL(filePath: try #require(pdflatex))
    process.currentDirectoryURL = folder
    process.arguments =
      options + (output.map { ["-output-directory", $0.path] } ?? [])
      + ["-no-shell-escape", "-interaction=nonstopmode", "project_report.tex"]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
  }

  @Test("Every report compiles with pdflatex and no shell escape", .enabled(if: pdflatex != nil))
  func compiles() throws {
    let studies = [
      StudyFixture.study(), StudyFixture.study(seeds: 1, source: .synthetic, isDemonstration: true),
      StudyFixture.study(text: { Self.texts.joined() + $0 }, gaps: ["gap"]),
      CompleteResults.study(StudyFixture.study()),
    ]
    for (index, study) in studies.enumerated() {
      let folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
      defer { try? FileManager.default.removeItem(at: folder) }
      try Report.write(results: study, to: folder.path, figuresFolder: folder.path + "/figures")
      // Twice, so that the widths of broken tables are known.
      for options in [["-draftmode"], []] { try Self.compile(folder, options) }
      // No line can be broken within the hostile names.
      let log = try Self.log(in: folder, isHostile: index == 2)
      #expect(log.contains("Output written on project_report.pdf"))
    }
  }

  @Test(
    "The committed report compiles too, and no table is wider than its page",
    .enabled(if: pdflatex != nil))
  func committed() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let output = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: output) }
    for _ in 0..<2 {
      try Self.compile(root.appending(path: "report"), to: output, ["-draftmode"])
    }
    _ = try Self.log(in: output)
  }

  /// The log of a compilation, which holds no complaint.
  private static func log(in folder: URL, isHostile: Bool = false) throws -> String {
    let log = String(
      decoding: try Data(contentsOf: folder.appending(path: "project_report.log")), as: UTF8.self)
    let complaints = log.split(separator: "\n").filter {
      $0.hasPrefix("!") || $0.contains("Missing character") || $0.contains("Overfull \\vbox")
        || $0.contains("Float too large") || (!isHostile && isTooWide($0))
    }
    #expect(complaints.isEmpty, "\(complaints.joined(separator: "\n"))")
    return log
  }
}
