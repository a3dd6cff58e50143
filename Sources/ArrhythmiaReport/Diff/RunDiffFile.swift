public import Datasets
public import Documents

/// The forms that a comparison is printed in.
public enum DiffFormat: String, Sendable, CaseIterable {
  /// Lines for a terminal.
  case text
  /// Markdown, as comments on changes take it.
  case markdown
  /// Tables in LaTeX.
  case tex
  /// JSON, for programs.
  case json
  /// One page of HTML.
  case html
}

extension RunDiff {
  /// The comparison in one form.
  ///
  /// - Parameters:
  ///   - text: How lines for a terminal are made.
  ///   - rows: The rows of tasks, by name, of which beats are drawn; only pages of HTML have pictures.
  /// - Throws: `ReportError` where the document contradicts itself or a picture cannot be drawn.
  public func text(
    as format: DiffFormat, _ text: TextRenderer = TextRenderer(), rows: [String: Dataset] = [:]
  ) throws -> String {
    if format == .json { return try json }
    var drawn: [(task: String, picture: DiffPictures.Drawn)] = []
    if format == .html, options.hasCurves || options.hasRows {
      let pictures = try DiffPictures(of: self)
      for task in tasks {
        // Other rows than those that were compared would show other beats.
        let own = rows[task.id].flatMap { $0.fingerprint == task.fingerprint ? $0 : nil }
        drawn += try pictures.drawn(task, rows: own).map { (task.id, $0) }
      }
    }
    if format == .markdown { return try markdown() }
    let figures = Dictionary(grouping: drawn, by: \.task).mapValues { $0.map(\.picture.figure) }
    let document = try checked(
      document(format == .text ? [.causes, .rows] : .all, pictures: figures))
    switch format {
    case .text, .json, .markdown: return text.files(for: document, named: "diff")[0].text
    case .html:
      let pictures = Dictionary(
        drawn.map { ($0.picture.figure.id, $0.picture.svg) }
      ) { first, _ in first }
      return HTMLRenderer(pictures: pictures).files(for: document, named: "diff")[0].text
    case .tex:
      return LaTeXRenderer().files(for: document, named: "diff")
        .filter { $0.path.hasPrefix("tables/") }.map(\.text).joined(separator: "\n")
    }
  }

  /// So many characters a comment on GitHub has at most.
  static let commentLimit = 65_536

  /// Markdown that fits into a comment: what is least needed is left out, and said to be.
  func markdown(limit: Int = commentLimit) throws -> String {
    let steps: [(parts: DiffParts, missing: String?)] = [
      (.all, nil), ([.tests, .causes], "rows and curves"),
      (.causes, "rows, curves and further tests"),
      ([], "rows, curves, further tests and the values of inputs"),
    ]
    var text = ""
    for step in steps {
      let notice = step.missing.map {
        "Left out, since a comment has \(limit) characters at most: \($0)." as Prose
      }
      text =
        MarkdownRenderer().files(
          for: try checked(document(step.parts, notice: notice)), named: "diff")[0].text
      if text.unicodeScalars.count <= limit { break }
    }
    return text
  }

  private func checked(_ document: Document) throws -> Document {
    do throws(DocumentError) {
      try document.validate()
    } catch {
      throw ReportError.inconsistentDocument(error)
    }
    return document
  }
}
