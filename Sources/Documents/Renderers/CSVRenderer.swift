/// Renders each table of a document as comma-separated values (RFC 4180, line feeds, UTF-8).
///
/// Numbers carry the digits that the table shows; a column with deviations becomes two. What is
/// not available is `n/a`, which common readers take for a missing number. What a table was made from
/// and its mark, or else its label, are comment lines above the header.
public struct CSVRenderer: Renderer {
  /// Creates a renderer.
  public init() {}

  /// One file for each table.
  public func files(for document: Document, named name: String) -> [RenderedFile] {
    document.tables.map {
      RenderedFile(path: "\(tableFolder)/\($0.id).csv", text: Self.text(of: $0))
    }
  }

  /// A table as comma-separated values.
  static func text(of table: Document.Table) -> String {
    let hasDeviation = table.deviationColumns
    let header = zip(table.columns, hasDeviation).flatMap { column, hasDeviation in
      let title = field(column.fullTitle)
      return hasDeviation ? [title, field(column.fullTitle + " (sd)")] : [title]
    }
    let rows = table.rows.map { row in
      zip(row.cells, hasDeviation).flatMap { cell, hasDeviation in
        let (value, deviation) = fields(of: cell)
        return hasDeviation ? [value, deviation] : [value]
      }
    }
    let mark =
      (table.mark ?? table.label).map { "# \(String(String.UnicodeScalarView($0.printable)))\n" }
      ?? ""
    return ProvenanceComment.lines(table.provenance, sign: "#") + mark
      + ([header] + rows).map { $0.joined(separator: ",") + "\n" }.joined()
  }

  /// A field of text. One that a spreadsheet would run as a formula begins with an apostrophe.
  static func field(_ text: String) -> String {
    let content = String(String.UnicodeScalarView(text.printable))
    let isFormula = content.drop { $0 == " " }.first.map { "=+-@".contains($0) } ?? false
    let safe = isFormula ? "'" + content : content
    guard safe.contains(where: { ",\"".contains($0) }) || safe.hasPrefix(" ") || safe.hasSuffix(" ")
    else { return safe }
    return "\""
      + safe.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }

  private static func fields(of cell: Document.Table.Cell) -> (value: String, deviation: String) {
    switch cell.content {
    case .text(let prose): (field(prose.plainText), "")
    case .number(let number): (number.text(minus: "-"), "")
    case .spread(let mean, let deviation): (mean.text(minus: "-"), deviation.text(minus: "-"))
    case .notAvailable: (Number.notAvailable, "")
    case .empty: ("", "")
    }
  }
}

extension Document.Table {
  /// Whether each column holds a deviation anywhere.
  var deviationColumns: [Bool] {
    columns.indices.map { index in
      rows.contains { row in
        guard index < row.cells.count, case .spread = row.cells[index].content else { return false }
        return true
      }
    }
  }
}

extension Prose {
  /// The text without its marks; notes and links leave their text.
  public var plainText: String { plain(numberedBy: nil) }

  /// The same; references leave the number of what they lead to where one is known, else its name.
  func plain(numberedBy numbering: Numbering?) -> String {
    inlines.map { inline in
      switch inline {
      case .text(let text), .code(let text): text
      case .number(let number): number.text(minus: "-")
      case .emphasis(let prose), .strong(let prose), .link(let prose, _):
        prose.plain(numberedBy: numbering)
      case .footnote(let prose): " (\(prose.plain(numberedBy: numbering)))"
      case .reference(let reference):
        numbering?.label(of: reference) ?? "\(reference.kind) \(reference.id)"
      }
    }.joined()
  }
}
