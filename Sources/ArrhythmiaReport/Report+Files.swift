internal import Datasets
public import Documents
public import Experiments
import Foundation
internal import Plotting
import Typesetting

/// The files of a report and of its figures, by their paths in the two folders.
public struct WrittenFiles: Sendable {
  /// In the report's folder.
  public let report: [RenderedFile]
  /// In the figures' folder.
  public let figures: [RenderedFigure.File]
}

/// The formats of a report, by the suffixes of their files.
enum DocumentFormat: String, CaseIterable {
  /// Markdown, with a file for each table.
  case md
  /// LaTeX, with a file for each table and one for quotable numbers.
  case tex
  /// The tables as comma-separated values.
  case csv
  /// One page.
  case html
  /// Pages.
  case pdf

  /// Whether each table has a file of its own.
  var hasTableFiles: Bool { [.md, .tex, .csv].contains(self) }

  /// Formats of figures that it holds; the others refer to files, or draw figures themselves.
  var pictures: [ImageFormat] { self == .html ? [.svg] : [] }
}

extension Report {
  /// The files of the report in every format, with paths relative to its folder.
  ///
  /// Throws `ReportError` where a file cannot be drawn.
  public var files: [RenderedFile] {
    get throws(ReportError) { try files(of: DocumentFormat.allCases) }
  }

  /// The files of the report in some formats.
  func files(of formats: [DocumentFormat]) throws(ReportError) -> [RenderedFile] {
    let rendered = formats.map(renderer).concurrentMap { renderer in
      Result { () throws(DocumentError) in
        try renderer.files(for: document, named: Self.fileName)
      }
    }
    var files: [RenderedFile] = []
    do throws(DocumentError) {
      for result in rendered { files += try result.get() }
    } catch {
      throw .undrawableReport(error)
    }
    return files
  }

  private func renderer(of format: DocumentFormat) -> any Documents.Renderer {
    switch format {
    case .md: MarkdownRenderer()
    case .tex: LaTeXRenderer()
    case .csv: CSVRenderer()
    case .html: HTMLRenderer(pictures: pictures.svg)
    case .pdf: PDFRenderer(pictures: pictures.layouts, provenance: provenance)
    }
  }

  /// Draws the figures, assembles the report and writes both.
  ///
  /// Files of tables and figures that an earlier report left in the folders and this one does not
  /// have are removed; no other file is.
  ///
  /// - Returns: What was written.
  /// - Throws: `ReportError`; a file then holds either its old or its new content, never a part.
  @discardableResult public static func write(
    results: StudyResults, to reportFolder: String, figuresFolder: String
  ) throws(ReportError) -> WrittenFiles {
    let folder = ReportFolder(path: reportFolder)
    let files = try rendered(results: results, to: reportFolder, figuresFolder: figuresFolder)
    try folder.create(for: files.report)
    try FigureFolder(path: figuresFolder).write(files.figures, of: results)
    try folder.write(files.report)
    return files
  }

  /// What writing would change: paths of files that would be written with other bytes than are there,
  /// and of those that would be removed. Draws everything and writes nothing.
  ///
  /// - Throws: `ReportError` as writing does.
  public static func preview(
    results: StudyResults, to reportFolder: String, figuresFolder: String
  ) throws(ReportError) -> (written: [String], removed: [String]) {
    let files = try rendered(results: results, to: reportFolder, figuresFolder: figuresFolder)
    let texts = files.report.map { ($0.path, $0.bytes) }
    let drawings = files.figures.map { ($0.name, $0.bytes) }
    let tables = try ReportFolder(path: reportFolder).staleTables(keeping: Set(texts.map(\.0)))
    let figures = try FigureFolder(path: figuresFolder).stale(
      keeping: Set(drawings.map(\.0)), tasks: results.tasks.map(\.data.id))
    return (
      OutputFolder(path: reportFolder).changed(by: texts)
        + OutputFolder(path: figuresFolder).changed(by: drawings),
      tables.map { "\(reportFolder)/\($0)" } + figures.map { "\(figuresFolder)/\($0)" }
    )
  }

  /// Draws the figures and assembles the report; writes nothing.
  static func rendered(
    results: StudyResults, to reportFolder: String, figuresFolder: String
  ) throws(ReportError) -> WrittenFiles {
    let (report, figures) = try assembled(results, in: reportFolder, figuresFolder: figuresFolder)
    return WrittenFiles(report: try report.files, figures: figures.flatMap(\.files))
  }

  /// Draws the figures in some formats and assembles the report; none of its files is rendered.
  static func assembled(
    _ results: StudyResults, in reportFolder: String, figuresFolder: String,
    formats: [ImageFormat] = ImageFormat.allCases
  ) throws(ReportError) -> (report: Report, figures: [RenderedFigure]) {
    let figuresPath = ReportFolder(path: reportFolder).relativePath(to: figuresFolder)
    guard LaTeXRenderer.canInclude(figuresPath) else {
      throw .unusableFiguresFolder(path: figuresFolder, fromReport: figuresPath)
    }
    let study = try EvaluatedStudy(
      results, workers: ProcessInfo.processInfo.activeProcessorCount)
    let drawn = try study.render(
      allFigures.filter { results.figures?.contains($0.id) ?? true }, formats: formats)
    let report = try Report(
      study, figures: drawn.figures.map(FigureReference.init), omitted: drawn.omitted,
      figuresPath: figuresPath, pictures: ReportPictures(drawn.figures))
    return (report, drawn.figures)
  }

  /// The files that a report of tasks may have, by path: all documents, and every figure and table of
  /// the catalogue, before it is known which of them the results have something for. Further sheets of
  /// a figure are not among them.
  ///
  /// - Parameter figures: Names of the figures that the study asks for; `nil` for all.
  public static func possibleFiles(
    ofTasks tasks: [String], figures: [String]?, to reportFolder: String, figuresFolder: String
  ) -> [String] {
    let documents = DocumentFormat.allCases.filter { $0 != .csv }.map { "\(fileName).\($0)" }
    let names =
      tasks.flatMap { task in allTables.map { Identifier("\($0.id)-\(task)") } }
      + ReportingChecklist.ids
    let tables = names.flatMap { name in
      DocumentFormat.allCases.filter(\.hasTableFiles).map { "tables/\(name).\($0)" }
    }
    let drawings = tasks.flatMap { task in
      allFigures.filter { figures?.contains($0.id) ?? true }.flatMap { figure in
        (ImageFormat.allCases.map(\.rawValue) + ["csv"]).map { "\(task)-\(figure.id).\($0)" }
      }
    }
    return (documents + [LaTeXRenderer.numbersFile] + tables).map { "\(reportFolder)/\($0)" }
      + drawings.map { "\(figuresFolder)/\($0)" }
  }
}
