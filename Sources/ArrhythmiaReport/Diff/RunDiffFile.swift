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
  /// - Parameter text: How lines for a terminal are made.
  /// - Throws: `ReportError` where the document contradicts itself.
  public func text(as format: DiffFormat, _ text: TextRenderer = TextRenderer()) throws -> String {
    if format == .json { return try json }
    let document = document(hasDetails: format != .text)
    do throws(DocumentError) {
      try document.validate()
    } catch {
      throw ReportError.inconsistentDocument(error)
    }
    switch format {
    case .text, .json: return text.files(for: document, named: "diff")[0].text
    case .markdown: return MarkdownRenderer().files(for: document, named: "diff")[0].text
    case .html: return HTMLRenderer().files(for: document, named: "diff")[0].text
    case .tex:
      return LaTeXRenderer().files(for: document, named: "diff")
        .filter { $0.path.hasPrefix("tables/") }.map(\.text).joined(separator: "\n")
    }
  }
}
