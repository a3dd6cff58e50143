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
  /// Files of the two folders that no report of these results has, but for the study file and the
  /// results.
  public let strays: [String]
  /// Whether the two folders hold what the results give and nothing else.
  public var isSame: Bool { differences.isEmpty && strays.isEmpty }

  /// Renders the results and compares every file; writes nothing.
  ///
  /// - Parameter resultsFolder: Where the results are.
  /// - Throws: `ReportError` where the results cannot be rendered or the folders not be listed.
  public init(
    of results: StudyResults, from resultsFolder: String, with reportFolder: String,
    figuresFolder: String
  ) throws(ReportError) {
    let files = try Report.rendered(
      results: results, to: reportFolder, figuresFolder: figuresFolder)
    let texts = files.report.map { (name: $0.path, bytes: $0.bytes) }
    let drawings = files.figures.map { (name: $0.name, bytes: $0.bytes) }
    fileCount = texts.count + drawings.count
    differences =
      Self.differences(texts, in: reportFolder) + Self.differences(drawings, in: figuresFolder)
    strays =
      try Self.strays(
        in: reportFolder, besides: [resultsFolder, figuresFolder],
        keeping: texts.map(\.name)
      ).filter { !$0.hasSuffix(Self.studySuffix) }
      + Self.strays(
        in: figuresFolder, besides: [resultsFolder, reportFolder], keeping: drawings.map(\.name))
  }

  /// Studies stand beside a report, which one of them declares.
  private static let studySuffix = ".yml"

  /// Files of a folder that a report does not have, outside some other folders.
  private static func strays(
    in path: String, besides others: [String], keeping kept: [String]
  ) throws(ReportError) -> [String] {
    let inside = others.map { ReportFolder(path: path).relativePath(to: $0) }
    let known = Set(kept)
    return try OutputFolder(path: path).files(outside: inside.filter { !$0.hasPrefix(".") })
      .filter { !known.contains($0) }.map { "\(path)/\($0)" }
  }

  private static func differences(
    _ files: [(name: String, bytes: [UInt8])], in path: String
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
