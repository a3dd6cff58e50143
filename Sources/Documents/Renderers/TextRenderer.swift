/// Renders a document as lines for a terminal: tables with their columns below each other, and colour
/// only where it is asked for.
public struct TextRenderer: Renderer {
  /// A colour of the terminal's own palette.
  public enum Color: Int, Sendable {
    case red = 31
    case green = 32
    case yellow = 33
    case cyan = 36
  }

  private let colors: [String: Color]?
  private let width: Int

  /// Creates a renderer.
  ///
  /// - Parameters:
  ///   - colors: The colour of a cell by the beginning of its text up to a comma; `nil` for no
  ///     colours and no bold type at all.
  ///   - width: Columns that running text is broken to; tables are never broken.
  public init(colors: [String: Color]? = nil, width: Int = 100) {
    self.colors = colors
    self.width = max(20, width)
  }

  /// One text.
  public func files(for document: Document, named name: String) -> [RenderedFile] {
    let numbering = Numbering(document)
    var blocks = [bold(document.title)]
    blocks += document.banner.map { [bold(plain($0, numbering))] } ?? []
    blocks +=
      document.metadata.isEmpty
      ? []
      : [
        document.metadata.map { "\($0.name): \(plain($0.value, numbering))" }
          .joined(separator: "\n")
      ]
    for (_, section) in document.numberedSections {
      blocks.append(bold(visible(section.title)))
      blocks += section.blocks.map { text(of: $0, numbering) }
    }
    return [RenderedFile(path: "\(name).txt", text: blocks.joined(separator: "\n\n") + "\n")]
  }

  private func text(of block: Document.Block, _ numbering: Numbering) -> String {
    switch block {
    case .paragraph(let prose): wrapped(plain(prose, numbering))
    case .notice(let prose): bold(wrapped(plain(prose, numbering)))
    case .list(let items, let isNumbered):
      items.enumerated().map { index, item in
        (isNumbered ? "\(index + 1). " : "- ") + plain(item, numbering)
      }.joined(separator: "\n")
    case .figure(let figure): wrapped(figure.markedAlternativeText)
    case .table(let table): text(of: table, numbering)
    }
  }

  private func text(of table: Document.Table, _ numbering: Numbering) -> String {
    let grid = table.rows.map { row in row.cells.map { text(of: $0, in: table, numbering) } }
    let heads = table.columns.map { visible($0.title) }
    let widths = heads.indices.map { column in
      ([heads] + grid).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String], _ style: (String) -> String) -> String {
      let padded = cells.enumerated().map { column, text in
        let space = String(repeating: " ", count: widths[column] - text.count)
        return table.columns[column].kind == .number ? space + style(text) : style(text) + space
      }
      let joined = padded.joined(separator: "  ")
      return String(joined.reversed().drop { $0 == " " }.reversed())
    }
    let notes = table.notes.map { wrapped(plain($0, numbering)) }
    let reasons = table.reasons.map { "n/a \(table.mark(of: $0)): \($0)" }
    return
      ([wrapped(plain(table.markedCaption, numbering)), line(heads, bold)]
      + grid.map { line($0, colored) } + notes + reasons).joined(separator: "\n")
  }

  private func text(
    of cell: Document.Table.Cell, in table: Document.Table, _ numbering: Numbering
  ) -> String {
    switch cell.content {
    case .text(let prose): plain(prose, numbering)
    case .number(let number): number.text(minus: "−", separator: ",")
    case .spread(let mean, let deviation):
      "\(mean.text(minus: "−", separator: ",")) ± \(deviation.text(minus: "−"))"
    case .notAvailable(let reason): "n/a \(table.mark(of: reason))"
    case .empty: ""
    }
  }

  private func plain(_ prose: Prose, _ numbering: Numbering) -> String {
    visible(prose.plain(numberedBy: numbering))
  }

  private func visible(_ text: String) -> String {
    String(String.UnicodeScalarView(text.printable))
  }

  private func wrapped(_ text: String) -> String {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < width {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.joined(separator: "\n")
  }

  private func bold(_ text: String) -> String {
    colors == nil || text.isEmpty ? text : "\u{1B}[1m\(text)\u{1B}[0m"
  }

  private func colored(_ text: String) -> String {
    guard let color = colors?[String(text.prefix { $0 != "," })] else { return text }
    return "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m"
  }
}
