/// The grid of a table in HTML: headings with their groups, then rows in parts that sort by
/// themselves.
struct HTMLTable {
  private let table: Document.Table

  init(_ table: Document.Table) {
    self.table = table
  }

  /// The element; `inline` turns running text into HTML.
  func text(_ inline: (Prose) -> String) -> String {
    let parts = self.parts.map { rows in
      HTMLText.element("tbody", rows.map { text(of: $0, inline) }.joined(separator: "\n"))
    }
    let isSortable = table.rows.count > 1
    return HTMLText.element(
      "table", isSortable ? ["class": "sortable"] : [:],
      HTMLText.element("thead", (groups + [headings]).joined(separator: "\n"))
        + parts.joined(separator: "\n"))
  }

  /// The rows, cut where a rule sets one apart.
  private var parts: [[Document.Table.Row]] {
    table.rows.reduce(into: []) { parts, row in
      if row.isSetApart || parts.isEmpty { parts.append([]) }
      parts[parts.count - 1].append(row)
    }
  }

  private var headings: String {
    let cells = table.columns.map { column in
      let title = HTMLText.escaped(column.title)
      return column.kind == .number
        ? HTMLText.element("th", ["class": "n", "scope": "col"], title)
        : HTMLText.element("th", ["scope": "col"], title)
    }
    return HTMLText.element("tr", cells.joined())
  }

  /// The row above the headings that names groups of columns, where there are any.
  private var groups: [String] {
    let groups = table.columnGroups
    guard groups.contains(where: { $0.title != nil }) else { return [] }
    let cells = groups.map { group in
      guard let title = group.title else { return "<td colspan=\"\(group.columns.count)\"></td>" }
      return HTMLText.element(
        "th", ["class": "group", "scope": "colgroup", "colspan": "\(group.columns.count)"],
        HTMLText.escaped(title))
    }
    return [HTMLText.element("tr", cells.joined())]
  }

  private func text(of row: Document.Table.Row, _ inline: (Prose) -> String) -> String {
    let cells = zip(row.cells, table.columns).map { cell, column in
      text(of: cell, kind: column.kind, inline)
    }
    return HTMLText.element("tr", cells.joined())
  }

  private func text(
    of cell: Document.Table.Cell, kind: Document.Table.Kind, _ inline: (Prose) -> String
  ) -> String {
    let classes =
      (kind == .number ? ["n"] : kind == .paragraph ? ["wide"] : []) + (cell.isBest ? ["best"] : [])
    let name = classes.isEmpty ? "" : " class=\"\(classes.joined(separator: " "))\""
    let (content, value) = self.content(of: cell.content, inline)
    let data = value.map { " data-value=\"\($0)\"" } ?? ""
    return "<td\(name)\(data)>\(content)</td>"
  }

  /// What a cell shows, and the number it is sorted by.
  private func content(
    of content: Document.Table.Cell.Content, _ inline: (Prose) -> String
  ) -> (text: String, value: String?) {
    switch content {
    case .text(let prose): return (inline(prose), nil)
    case .number(let number): return (shown(number), value(of: number))
    case .spread(let mean, let deviation):
      return ("\(shown(mean)) ± \(shown(deviation))", value(of: mean))
    case .notAvailable(let reason):
      return ("\(Number.notAvailable)<sup>\(table.mark(of: reason))</sup>", nil)
    case .empty: return ("", nil)
    }
  }

  private func shown(_ number: Number) -> String { number.text(minus: "−", separator: ",") }

  private func value(of number: Number) -> String? {
    number.decimal.map { $0.text(minus: "-") }
  }
}
