/// Renders a document as GitHub-flavoured Markdown: one file with everything, and one a table.
public struct MarkdownRenderer: Renderer {
  /// Creates a renderer.
  public init() {}

  private func head(_ provenance: [String]) -> String {
    let comment = ProvenanceComment.markup(provenance)
    return comment.isEmpty ? "" : comment + "\n"
  }

  /// One Markdown file of the whole document, then one for each table.
  public func files(for document: Document, named name: String) -> [RenderedFile] {
    var page = MarkdownPage(numbering: Numbering(document))
    page.add(document)
    let tables = document.tables.map { table in
      var page = MarkdownPage(numbering: Numbering(document), linksReferences: false)
      page.add(table)
      return RenderedFile(
        path: "\(tableFolder)/\(table.id).md", text: head(table.provenance) + page.text)
    }
    return [RenderedFile(path: "\(name).md", text: head(document.provenance) + page.text)] + tables
  }
}

/// A Markdown file under construction: blocks with an empty line between them, then footnotes.
private struct MarkdownPage {
  let numbering: Numbering
  /// Whether references lead to anchors of this page.
  var linksReferences = true
  private var blocks: [String] = []
  private var footnotes: [String] = []

  init(numbering: Numbering, linksReferences: Bool = true) {
    self.numbering = numbering
    self.linksReferences = linksReferences
  }

  var text: String {
    let notes = footnotes.enumerated().map { "[^\($0 + 1)]: \($1)" }
    return (blocks + notes).joined(separator: "\n\n") + "\n"
  }

  mutating func add(_ document: Document) {
    blocks.append("# " + MarkdownText.escaped(document.title))
    if let banner = document.banner { add(.notice(banner)) }
    if !document.metadata.isEmpty {
      let facts = document.metadata.map {
        "- **\(MarkdownText.escaped($0.name)):** \(line($0.value))"
      }
      blocks.append(facts.joined(separator: "\n"))
    }
    for (number, section) in document.numberedSections {
      let level = number.split(separator: ".").count + 1
      blocks.append(anchor(.section(section.id)))
      blocks.append(
        String(repeating: "#", count: min(level, 6))
          + " \(number) \(MarkdownText.escaped(section.title))")
      section.blocks.forEach { add($0) }
    }
  }

  mutating func add(_ block: Document.Block) {
    switch block {
    case .paragraph(let prose):
      blocks.append(MarkdownText.atLineStart(line(prose)))
    case .notice(let prose):
      blocks.append("> **\(line(prose))**")
    case .list(let items, let isNumbered):
      let lines = items.enumerated().map {
        (isNumbered ? "\($0 + 1). " : "- ") + MarkdownText.atLineStart(line($1))
      }
      blocks.append(lines.joined(separator: "\n"))
    case .table(let table): add(table)
    case .figure(let figure): add(figure)
    }
  }

  private mutating func add(_ figure: Document.Figure) {
    let reference = Prose.Reference.figure(figure.id)
    blocks.append(anchor(reference))
    if let path = SafeAddress(figure.path + ".png") {
      blocks.append("![\(MarkdownText.escaped(figure.markedAlternativeText))](\(path.text))")
    }
    blocks.append("**\(label(reference)).** \(line(figure.markedCaption))")
  }

  mutating func add(_ table: Document.Table) {
    let reference = Prose.Reference.table(table.id)
    if linksReferences { blocks.append(anchor(reference)) }
    blocks.append("**\(label(reference)).** \(line(table.markedCaption))")
    let header = table.columns.map { MarkdownText.escaped($0.fullTitle) }
    let rules = table.columns.map { $0.kind == .number ? "---:" : ":---" }
    let rows = table.rows.map { row in row.cells.map { text(of: $0, in: table) } }
    let lines = ([header, rules] + rows).map { "| " + $0.joined(separator: " | ") + " |" }
    blocks.append(lines.joined(separator: "\n"))
    let reasons = table.reasons.map {
      "<sup>\(table.mark(of: $0))</sup> \(MarkdownText.escaped($0))"
    }
    let notes = table.notes.map { MarkdownText.atLineStart(line($0)) }
    blocks.append(contentsOf: notes + reasons)
  }

  private mutating func text(of cell: Document.Table.Cell, in table: Document.Table) -> String {
    let text =
      switch cell.content {
      case .text(let prose): inline(prose, inTable: true)
      case .number(let number): number.text(minus: "−", separator: ",")
      case .spread(let mean, let deviation):
        "\(mean.text(minus: "−", separator: ",")) ± \(deviation.text(minus: "−"))"
      case .notAvailable(let reason): "\(Number.notAvailable)<sup>\(table.mark(of: reason))</sup>"
      case .empty: ""
      }
    return cell.isBest ? stressed(text, "**") : text
  }

  private func label(_ reference: Prose.Reference) -> String { numbering.label(of: reference) }

  private func anchor(_ reference: Prose.Reference) -> String {
    "<a id=\"\(reference.anchor)\"></a>"
  }

  private mutating func line(_ prose: Prose) -> String {
    inline(prose, inTable: false)
  }

  private mutating func inline(_ prose: Prose, inTable: Bool) -> String {
    var result = ""
    for inline in prose.inlines {
      result += text(of: inline, inTable: inTable)
    }
    return result
  }

  private mutating func text(of inline: Prose.Inline, inTable: Bool) -> String {
    switch inline {
    case .text(let text): return MarkdownText.escaped(text)
    case .number(let number): return number.text(minus: "−", separator: ",")
    case .emphasis(let prose): return stressed(self.inline(prose, inTable: inTable), "*")
    case .strong(let prose): return stressed(self.inline(prose, inTable: inTable), "**")
    case .code(let text): return MarkdownText.code(text, inTable: inTable)
    case .link(let prose, let address):
      let text = self.inline(prose, inTable: inTable)
      return SafeAddress(address).map { "[\(text)](\($0.text))" } ?? text
    case .footnote(let prose):
      let index = footnotes.count
      footnotes.append("")
      footnotes[index] = line(prose)
      return "[^\(index + 1)]"
    case .reference(let reference):
      guard linksReferences else { return label(reference) }
      return "[\(label(reference))](#\(reference.anchor))"
    }
  }

  /// Text between marks; the marks have to touch it.
  private func stressed(_ text: String, _ mark: String) -> String {
    let core = text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    return core.isEmpty ? text : mark + String(core) + mark
  }
}
