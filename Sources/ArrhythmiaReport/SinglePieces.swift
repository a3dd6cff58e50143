public import Documents
internal import Experiments
public import Plotting

/// The formats of a single table.
public enum TableFormat: String, Sendable, CaseIterable {
  /// LaTeX, as the report reads it.
  case tex
  /// Markdown.
  case md
  /// Comma-separated values.
  case csv
  /// JSON.
  case json
  /// A page of HTML.
  case html
}

extension EvaluatedStudy {
  /// One figure of the catalogue, in one format, with its values as CSV; several sheets where one
  /// would not hold all.
  ///
  /// - Parameters:
  ///   - id: The figure's name, for example `roc`.
  ///   - theme: The look.
  ///   - formats: The formats besides CSV.
  /// - Throws: `ReportError` where there is no such figure, or nothing for it to show.
  public func figure(
    _ id: String, theme: Theme, formats: [ImageFormat]
  ) throws(ReportError) -> [RenderedFigure] {
    let figures = allFigures.filter { $0.id == id }
    guard !figures.isEmpty else {
      throw .unknownPiece(kind: "figure", id, known: allFigures.map(\.id))
    }
    let rendered = try render(figures, theme: theme, formats: formats)
    guard !rendered.figures.isEmpty else {
      throw .emptyPiece(
        kind: "figure", id,
        reason: rendered.omitted.first?.reason ?? "the study does not ask for what it shows")
    }
    return rendered.figures
  }

  /// One table of the catalogue, as the report has it, for each task.
  ///
  /// - Parameters:
  ///   - id: The table's name, for example `results`.
  ///   - format: The format.
  /// - Throws: `ReportError` where there is no such table, or nothing for it to show.
  public func table(_ id: String, as format: TableFormat) throws(ReportError) -> RenderedFile {
    guard let table = allTables.first(where: { $0.id == id }) else {
      throw .unknownPiece(kind: "table", id, known: allTables.map(\.id))
    }
    let names = tasks.map { table.name(for: $0) }
    let document = try Report(self).document
    let held = document.tables.filter { names.contains($0.id) }
    guard !held.isEmpty else {
      throw .emptyPiece(kind: "table", id, reason: "no result that it would show has finished")
    }
    return try file(of: held, in: document, as: format, named: id)
  }

  private func file(
    of tables: [Document.Table], in document: Document, as format: TableFormat, named name: String
  ) throws(ReportError) -> RenderedFile {
    do throws(DocumentError) {
      if format == .html {
        var page = document
        page.provenance = tables.flatMap(\.provenance)
        page.sections = [
          .init(id: Identifier(name), title: name, blocks: tables.map { .table($0) })
        ]
        return HTMLRenderer().files(for: page, named: name)[0]
      }
      let renderer: any Documents.Renderer =
        switch format {
        case .tex: LaTeXRenderer()
        case .md: MarkdownRenderer()
        case .csv: CSVRenderer()
        case .json, .html: JSONRenderer()
        }
      let files = try renderer.files(for: document, named: name)
      let paths = tables.map { "tables/\($0.id).\(format.rawValue)" }
      let texts = files.filter { paths.contains($0.path) }.map(\.text)
      return RenderedFile(path: "\(name).\(format.rawValue)", text: texts.joined(separator: "\n"))
    } catch {
      throw .undrawableReport(error)
    }
  }
}
