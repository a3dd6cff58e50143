import Datasets
import Documents
public import Experiments

/// A report on disk beside what the same results give now.
public struct ReportComparison: Sendable, Equatable {
  /// A file that is not the same.
  public struct Difference: Sendable, Codable, Equatable {
    /// The file.
    public let path: String
    /// Where it differs, or that one of the two is missing.
    public let problem: String
    /// Whether it is a drawing, whose bytes the drawing libraries have a say in.
    public let isDrawing: Bool
  }

  /// Files that were compared.
  public let fileCount: Int
  /// Those that are not the same, report first.
  public let differences: [Difference]

  /// Renders the results and compares every file; writes nothing.
  ///
  /// - Throws: `ReportError` where the results cannot be rendered or the folders not be listed.
  public init(
    of results: StudyResults, with reportFolder: String, figuresFolder: String
  ) throws(ReportError) {
    let files = try Report.rendered(
      results: results, to: reportFolder, figuresFolder: figuresFolder)
    let texts = files.report.map { (name: $0.path, bytes: $0.bytes) }
    let drawings = files.figures.map { (name: $0.name, bytes: $0.bytes) }
    let stale = (
      try ReportFolder(path: reportFolder).staleTables(keeping: Set(texts.map(\.name))),
      try FigureFolder(path: figuresFolder).stale(
        keeping: Set(drawings.map(\.name)), tasks: results.tasks.map(\.data.id))
    )
    fileCount = texts.count + drawings.count
    differences =
      Self.differences(texts, stale.0, in: reportFolder)
      + Self.differences(drawings, stale.1, in: figuresFolder)
  }

  private static func differences(
    _ files: [(name: String, bytes: [UInt8])], _ stale: [String], in path: String
  ) -> [Difference] {
    let folder = OutputFolder(path: path)
    return files.compactMap { file in
      let found =
        folder.contents(of: file.name).map { problem($0, file.bytes) } ?? "it is missing"
      return found.map {
        Difference(
          path: "\(path)/\(file.name)", problem: $0,
          isDrawing: [".pdf", ".png", ".svg", ".html"].contains { file.name.hasSuffix($0) })
      }
    }
      + stale.map {
        Difference(
          path: "\(path)/\($0)", problem: "these results do not give it", isDrawing: false)
      }
  }

  /// Where two files differ; `nil` where they do not.
  static func problem(_ found: [UInt8], _ expected: [UInt8]) -> String? {
    guard found != expected else { return nil }
    let same = zip(found, expected).prefix { $0 == $1 }.count
    let isText = !found.contains(0) && !expected.contains(0)
    if isText {
      let line = found.prefix(same).count { $0 == UInt8(ascii: "\n") } + 1
      return "it differs from line \(line) on"
    }
    return "it differs from byte \(same) on (\(found.count) bytes, now \(expected.count))"
  }
}
