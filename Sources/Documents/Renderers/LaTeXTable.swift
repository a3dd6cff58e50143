/// A table in LaTeX: booktabs rules, numbers aligned by siunitx.
struct LaTeXTable {
  /// Up to this many rows a table stays on one page; a longer one is broken.
  private static let rowsOfAPage = 35

  /// Up to this many columns have the usual space between them; more stand closer, so that they
  /// need not be made small.
  private static let looseColumns = 10
  /// More columns than these are set in smaller type where a table is broken over pages.
  private static let plainColumns = 13

  private let table: Document.Table
  private let hasDeviation: [Bool]

  init(_ table: Document.Table) {
    self.table = table
    hasDeviation = table.deviationColumns
  }

  /// The content of the table's file.
  var text: String {
    let caption = "\\caption{\(LaTeXPage.moving(table.markedCaption))}\\label{table-\(table.id)}"
    // How high a paragraph is, only LaTeX knows: a table with paragraphs can always be broken.
    let breaks = hasParagraphs || table.rows.count > Self.rowsOfAPage
    let lines = breaks ? long(caption) : short(caption)
    return lines.joined(separator: "\n") + "\n"
  }

  private func short(_ caption: String) -> [String] {
    // Made small where it is wider than the page.
    let fitted = "\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%"
    return ["\\begin{table}[H]", "\\centering\\footnotesize", caption] + separation + [fitted]
      + ["\\begin{tabular}{\(columnTypes(filling: []))}", "\\toprule"] + header + ["\\midrule"]
      + rows
      + ["\\bottomrule", "\\end{tabular}%", "}"] + notes + ["\\end{table}"]
  }

  private var hasParagraphs: Bool { table.columns.contains { $0.kind == .paragraph } }

  /// Columns, a deviation counted as one of its own.
  private var columnCount: Int { table.columns.indices.reduce(0) { $0 + width(of: $1) } }

  private var separation: [String] {
    guard columnCount > Self.looseColumns else { return [] }
    return ["\\setlength{\\tabcolsep}{\(columnCount > Self.plainColumns ? "2.4" : "3")pt}"]
  }

  /// Broken over pages; paragraphs, or else the first column, share the width that the others leave.
  private func long(_ caption: String) -> [String] {
    let types = columnTypes(filling: table.columns.indices.filter(fills))
    let size = columnCount > Self.plainColumns ? "{\\scriptsize" : "{\\footnotesize"
    return [size] + separation + ["\\begin{xltabular}{\\linewidth}{\(types)}"]
      + [caption + "\\\\", "\\toprule"] + header
      + ["\\midrule", "\\endfirsthead", "\\toprule"] + header
      + ["\\midrule", "\\endhead", "\\bottomrule", "\\endfoot"] + rows
      + ["\\end{xltabular}"] + notes + ["}"]
  }

  private var notes: [String] {
    let reasons = table.reasons.map {
      "\\textsuperscript{\(table.mark(of: $0))}~\(LaTeXText.escaped($0))"
    }
    return (table.notes.map(LaTeXPage.moving) + reasons).map {
      "\\par\\smallskip\\parbox{\\linewidth}{\\raggedright\\footnotesize \($0)}"
    }
  }

  // MARK: Columns

  private func fills(_ index: Int) -> Bool {
    hasParagraphs ? table.columns[index].kind == .paragraph : index == 0
  }

  private func columnTypes(filling: [Int]) -> String {
    let types = table.columns.indices.map { index in
      if filling.contains(index) { return ">{\\raggedright\\arraybackslash}X" }
      return table.columns[index].kind == .number ? numberType(index) : "l"
    }
    return types.joined()
  }

  private func numberType(_ index: Int) -> String {
    let cells = table.rows.compactMap { index < $0.cells.count ? $0.cells[index].content : nil }
    let means = cells.compactMap(\.mean)
    let type = "S[\(Self.format(of: means))]"
    guard hasDeviation[index] else { return type }
    let deviation = Self.format(of: cells.compactMap(\.deviation))
    return type + "@{\\,\\(\\pm\\)\\,}S[\(deviation)]"
  }

  private static func format(of numbers: [Number]) -> String {
    let whole = numbers.compactMap(\.decimal?.whole.count).max() ?? 1
    let fraction = numbers.compactMap(\.decimal?.fraction.count).max() ?? 0
    let isSigned = numbers.contains { $0.showsPlus || $0.decimal?.isNegative == true }
    return "table-format=\(isSigned ? "+" : "")\(whole).\(fraction)"
  }

  private func width(of index: Int) -> Int { hasDeviation[index] ? 2 : 1 }

  // MARK: Rows

  private var header: [String] {
    let titles = table.columns.enumerated().map { index, column in
      let text = LaTeXText.escaped(column.title)
      return column.kind == .number
        ? "\\multicolumn{\(width(of: index))}{c}{\(text)}" : "{\(text)}"
    }
    return groups + [titles.joined(separator: " & ") + " \\\\"]
  }

  /// The line above the headings that names groups of columns, with a rule below each group.
  private var groups: [String] {
    guard table.columns.contains(where: { $0.group != nil }) else { return [] }
    var (cells, rules): ([String], [String]) = ([], [])
    var position = 1
    for (title, columns) in table.columnGroups {
      let span = columns.reduce(0) { $0 + width(of: $1) }
      cells.append("\\multicolumn{\(span)}{c}{\(title.map(LaTeXText.escaped) ?? "")}")
      if title != nil { rules.append("\\cmidrule(lr){\(position)-\(position + span - 1)}") }
      position += span
    }
    return [cells.joined(separator: " & ") + " \\\\", rules.joined()]
  }

  private var rows: [String] {
    table.rows.map { row in
      let cells = row.cells.enumerated().map { text(of: $1, column: $0) }
      return (row.isSetApart ? "\\midrule\n" : "") + cells.joined(separator: " & ") + " \\\\"
    }
  }

  private func text(of cell: Document.Table.Cell, column: Int) -> String {
    let isNumeric = column < table.columns.count && table.columns[column].kind == .number
    let width = column < table.columns.count ? width(of: column) : 1
    let bold = cell.isBest ? "\\bfseries " : ""
    switch cell.content {
    case .text(let prose):
      let text = "{\(bold)\(LaTeXPage.moving(prose))}"
      return isNumeric ? "\\multicolumn{\(width)}{c}{\(text)}" : text
    case .number(let number) where isNumeric && width == 1:
      return bold + number.text(minus: "-")
    case .number(let number):
      let text = "{\(bold)\(LaTeXText.number(number))}"
      return isNumeric ? "\\multicolumn{\(width)}{c}{\(text)}" : text
    case .spread(let mean, let deviation):
      return "\(bold)\(mean.text(minus: "-")) & \(bold)\(deviation.text(minus: "-"))"
    case .notAvailable(let reason):
      let text = "n/a\\textsuperscript{\(table.mark(of: reason))}"
      return isNumeric ? "\\multicolumn{\(width)}{c}{\(text)}" : text
    case .empty:
      return isNumeric ? "\\multicolumn{\(width)}{c}{}" : ""
    }
  }
}

extension Document.Table.Cell.Content {
  fileprivate var mean: Number? {
    switch self {
    case .number(let number), .spread(let number, _): number
    case .text, .notAvailable, .empty: nil
    }
  }

  fileprivate var deviation: Number? {
    if case .spread(_, let deviation) = self { deviation } else { nil }
  }
}
