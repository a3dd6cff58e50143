internal import Datasets
import Documents
public import Experiments
import Foundation
import Plotting

/// A file of a report or a figure beside what the results give now.
public enum FileComparison: Sendable, Equatable {
  /// It is what the results give, byte for byte.
  case same
  /// It has the name of a file of theirs and is another one: where it differs.
  case differs(String)
  /// No file of theirs has its name or its bytes.
  case unknown

  /// Renders what the file has to be, and no more than that where its name says what it is, and
  /// compares it; writes nothing.
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
    var folder = file.deletingLastPathComponent()
    if folder.lastPathComponent == "tables" { folder.deleteLastPathComponent() }
    let piece = ReportPiece(
      results: results, reportFolder: folder.path,
      figuresFolder: figuresFolder ?? folder.appending(path: "../figures").path)
    if let expected = try piece.file(named: name) {
      self = ReportComparison.problem(bytes, expected).map { .differs($0) } ?? .same
    } else {
      self = try piece.allFiles().contains { $0 == bytes } ? .same : .unknown
    }
  }
}

/// Single files of a report, rendered without the others.
private struct ReportPiece {
  let results: StudyResults
  let reportFolder: String
  let figuresFolder: String

  /// The file of that name, without its folder; `nil` where the report has none.
  func file(named name: String) throws(ReportError) -> [UInt8]? {
    let parts = name.split(separator: ".").map(String.init)
    guard parts.count == 2 else { return nil }
    if let drawn = try figureFile(parts[0], parts[1]) { return drawn }
    if let table = try tableFile(parts[0], parts[1]) { return table }
    return try document(name, parts[0], parts[1])
  }

  /// The bytes of all files.
  func allFiles() throws(ReportError) -> [[UInt8]] {
    let files = try Report.rendered(
      results: results, to: reportFolder, figuresFolder: figuresFolder)
    return files.report.map(\.bytes) + files.figures.map(\.bytes)
  }

  private func study() throws(ReportError) -> EvaluatedStudy {
    try EvaluatedStudy(results, workers: ProcessInfo.processInfo.activeProcessorCount)
  }

  /// A figure in one format.
  private func figureFile(_ stem: String, _ suffix: String) throws(ReportError) -> [UInt8]? {
    for task in results.tasks.map(\.data.id) {
      for figure in allFigures where FigureFolder.isSheet(stem, of: "\(task)-\(figure.id)") {
        let drawn = try study().render(
          [figure], formats: ImageFormat.allCases.filter { $0.rawValue == suffix }, onlyTask: task)
        let files = drawn.figures.flatMap(\.files)
        if let file = files.first(where: { $0.name == "\(stem).\(suffix)" }) { return file.bytes }
      }
    }
    return nil
  }

  /// A table of a task in one of the formats that need no other table; Markdown has its number in the
  /// report.
  private func tableFile(_ stem: String, _ suffix: String) throws(ReportError) -> [UInt8]? {
    guard let format = DocumentFormat(rawValue: suffix), [.csv, .tex].contains(format),
      let task = results.tasks.first(where: { Self.table(stem, of: $0) != nil }),
      let table = Self.table(stem, of: task)
    else { return nil }
    let study = try study()
    guard let evaluated = study.tasks.first(where: { $0.id == task.data.id }),
      let block = evaluated.labelled(table)
    else { return nil }
    return try Report(study, tables: [block]).files(of: [format])
      .first { $0.path.hasSuffix("/\(stem).\(suffix)") }?.bytes
  }

  private static func table(_ stem: String, of task: TaskResults) -> (any Table)? {
    allTables.first { Identifier("\($0.id)-\(task.data.id)").text == stem }
  }

  /// A document, or a table that is numbered like those before it, for which no figure is needed.
  private func document(
    _ name: String, _ stem: String, _ suffix: String
  ) throws(ReportError) -> [UInt8]? {
    guard let format = DocumentFormat(rawValue: suffix) else { return nil }
    let report: Report
    if name == LaTeXRenderer.numbersFile {
      report = Report(try study(), tables: [], hasNumbers: true)
    } else if results.tasks.contains(where: { Self.table(stem, of: $0) != nil }) {
      report = try Report(study())
    } else {
      report = try Report.assembled(
        results, in: reportFolder, figuresFolder: figuresFolder, formats: format.pictures
      ).report
    }
    return try report.files(of: [format])
      .first { URL(filePath: $0.path).lastPathComponent == name }?.bytes
  }
}
