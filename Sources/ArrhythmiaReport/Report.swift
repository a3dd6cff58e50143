import Datasets
public import Documents
public import Experiments
import Foundation
internal import Plotting
import Statistics
import Typesetting

/// The files of a report and of its figures, by their paths in the two folders.
public struct WrittenFiles: Sendable {
  /// In the report's folder.
  public let report: [RenderedFile]
  /// In the figures' folder.
  public let figures: [RenderedFigure.File]
}

/// The report of a study: sections and tables around its results, as a document and as files.
///
/// Everything follows from the results: the same results and figures give the same bytes.
public struct Report: Sendable {
  /// The document.
  public let document: Document
  private let pictures: ReportPictures
  private let provenance: Provenance

  /// File name of the main files, without suffix.
  static let fileName = "project_report"
  static let syntheticMark = "synthetic signal, no clinical meaning"

  /// Assembles a report.
  ///
  /// - Parameters:
  ///   - study: The evaluated study.
  ///   - figures: The figures that were drawn; their `fileStem` is relative to `figuresPath`.
  ///   - omitted: The figures that the study holds nothing for.
  ///   - figuresPath: Path from the report's folder to that of the figures.
  ///   - pictures: The figures as drawn, for the formats that hold them; one that is not here is
  ///     said in words.
  /// - Throws: `ReportError` where the document contradicts itself.
  public init(
    _ study: EvaluatedStudy, figures: [FigureReference] = [], omitted: [OmittedFigure] = [],
    figuresPath: String = "../figures", pictures: ReportPictures = .init()
  ) throws(ReportError) {
    var study = study
    study.figures = figures
    study.omittedFigures = omitted
    let results = study.results
    let evaluated = study
    let sections = allSections.sorted { $0.rank < $1.rank }
      .concurrentMap { $0.section(for: evaluated) }
    var document = Document(
      title: results.title, metadata: [.init("Run", Prose([.code(results.runID)]))],
      banner: Self.banner(of: study),
      sections: sections.compactMap(\.self),
      quotableNumbers: study.tasks.flatMap { QuotableNumbers(of: $0).all })
    document.placeFigures(in: figuresPath)
    let provenance = Provenance(
      title: results.title, subject: document.banner?.plainText ?? "Report of a study",
      runID: results.runID, sources: study.tasks.flatMap(\.allSources))
    document.provenance = provenance.head
    document.nameSources(of: study)
    if study.isSynthetic { document.markHeadings(with: Self.syntheticMark) }
    do throws(DocumentError) {
      try document.validate()
    } catch {
      throw .inconsistentDocument(error)
    }
    self.document = document
    self.pictures = pictures
    self.provenance = provenance
  }

  /// The files of the report in every format, with paths relative to its folder.
  ///
  /// Throws `ReportError` where a file cannot be drawn.
  public var files: [RenderedFile] {
    get throws(ReportError) {
      let rendered = renderers.concurrentMap { renderer in
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
  }

  private var renderers: [any Documents.Renderer] {
    [
      MarkdownRenderer(), LaTeXRenderer(), CSVRenderer(), HTMLRenderer(pictures: pictures.svg),
      PDFRenderer(pictures: pictures.layouts, provenance: provenance),
    ]
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
    let figuresPath = ReportFolder(path: reportFolder).relativePath(to: figuresFolder)
    guard LaTeXRenderer.canInclude(figuresPath) else {
      throw .unusableFiguresFolder(path: figuresFolder, fromReport: figuresPath)
    }
    let study = try EvaluatedStudy(
      results, workers: ProcessInfo.processInfo.activeProcessorCount)
    let drawn = try study.render(
      allFigures.filter { results.figures?.contains($0.id) ?? true })
    let report = try Report(
      study, figures: drawn.figures.map(FigureReference.init), omitted: drawn.omitted,
      figuresPath: figuresPath, pictures: ReportPictures(drawn.figures))
    return WrittenFiles(report: try report.files, figures: drawn.figures.flatMap(\.files))
  }

  private static func banner(of study: EvaluatedStudy) -> Prose? {
    let titles = study.tasks.filter(\.isSynthetic).map(\.data.title)
    let rows = study.isSynthetic ? "" : " of \(titles.joined(separator: " and "))"
    let synthetic: [Prose] =
      titles.isEmpty
      ? []
      : ["Synthetic signal, no clinical meaning: the rows\(rows) were generated by this program."]
    let demonstration: [Prose] =
      study.results.isDemonstration
      ? [
        """
        Demonstration size of data and training: the scores show that the program works, not how \
        good a model is.
        """
      ]
      : []
    let parts = synthetic + demonstration
    return parts.isEmpty ? nil : parts.joined(separator: " ")
  }
}
