internal import Datasets
import Documents
public import Experiments
import Foundation

/// A file of a report or a figure beside what the results give now.
public enum FileComparison: Sendable, Equatable {
  /// It is what the results give, byte for byte.
  case same
  /// It has the name of a file of theirs and is another one: where it differs.
  case differs(String)
  /// No file of theirs has its name or its bytes.
  case unknown

  /// Renders what the file has to be and compares it; writes nothing.
  ///
  /// - Parameters:
  ///   - bytes: The file.
  ///   - path: Where it is; its name says which one it should be.
  ///   - figuresFolder: The folder of the figures, which stands in the report's texts; `figures`
  ///     beside the report by default.
  /// - Throws: `ReportError` where the results cannot be rendered.
  public init(
    of bytes: [UInt8], at path: String, with results: StudyResults,
    figuresFolder: String? = nil
  ) throws(ReportError) {
    let file = URL(filePath: path)
    let name = file.lastPathComponent
    if let drawn = try Self.figureFile(named: name, of: results) {
      self = Self.compared(bytes, with: drawn)
      return
    }
    var folder = file.deletingLastPathComponent()
    if folder.lastPathComponent == "tables" { folder.deleteLastPathComponent() }
    let files = try Report.rendered(
      results: results, to: folder.path,
      figuresFolder: figuresFolder ?? folder.appending(path: "../figures").path)
    let all =
      files.report.map { ($0.path, $0.bytes) } + files.figures.map { ($0.name, $0.bytes) }
    let named = all.first { URL(filePath: $0.0).lastPathComponent == name }
    self =
      named.map { Self.compared(bytes, with: $0.1) }
      ?? (all.contains { $0.1 == bytes } ? .same : .unknown)
  }

  private static func compared(_ found: [UInt8], with expected: [UInt8]) -> FileComparison {
    ReportComparison.problem(found, expected).map { .differs($0) } ?? .same
  }

  /// The file of that name, where it is one of a figure: then nothing else is drawn.
  private static func figureFile(
    named name: String, of results: StudyResults
  ) throws(ReportError) -> [UInt8]? {
    let figures = allFigures.filter { figure in
      results.tasks.contains { name.hasPrefix("\($0.data.id)-\(figure.id)") }
    }
    guard !figures.isEmpty else { return nil }
    let study = try EvaluatedStudy(results, workers: ProcessInfo.processInfo.activeProcessorCount)
    return try study.render(figures).figures.flatMap(\.files).first { $0.name == name }?.bytes
  }
}
