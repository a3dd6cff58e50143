/// The values that a figure shows, as a table to lie beside it.
public struct FigureData: Sendable, Equatable {
  /// A named column.
  public struct Column: Sendable, Equatable {
    /// Values of one kind.
    enum Values: Sendable, Equatable {
      case numbers([Double?])
      case samples([Float])
      case integers([Int])
      case texts([String])
    }

    /// The column's name, with the unit where there is one, for example `time_s`.
    public let name: String
    let values: Values

    /// A column of numbers; `nil` and numbers that are not finite become empty cells.
    public static func numbers(_ name: String, _ values: [Double?]) -> Column {
      Column(name: name, values: .numbers(values))
    }

    /// A column of numbers in single precision.
    public static func samples(_ name: String, _ values: [Float]) -> Column {
      Column(name: name, values: .samples(values))
    }

    /// A column of whole numbers.
    public static func integers(_ name: String, _ values: [Int]) -> Column {
      Column(name: name, values: .integers(values))
    }

    /// A column of text.
    public static func texts(_ name: String, _ values: [String]) -> Column {
      Column(name: name, values: .texts(values))
    }

    var count: Int {
      switch values {
      case .numbers(let values): values.count
      case .samples(let values): values.count
      case .integers(let values): values.count
      case .texts(let values): values.count
      }
    }

    func cell(_ row: Int) -> String {
      switch values {
      case .numbers(let values): values[row].map(NumberText.shortest) ?? ""
      case .samples(let values): NumberText.shortest(values[row])
      case .integers(let values): String(values[row])
      case .texts(let values): FigureData.escaped(values[row])
      }
    }
  }

  /// The columns, all of the same length.
  public let columns: [Column]

  /// Creates a table of columns of the same length.
  public init(_ columns: [Column]) {
    precondition(
      columns.allSatisfy { $0.count == columns[0].count },
      "columns of unequal length: \(columns.map { ($0.name, $0.count) })")
    self.columns = columns
  }

  /// The number of rows.
  public var rowCount: Int { columns.first?.count ?? 0 }

  /// Comma-separated values in UTF-8 with line feeds, after comment lines with caption and provenance:
  /// whoever has the values only is to know data, split and number of rows too.
  public func csv(_ provenance: Provenance) -> String {
    let caption = provenance.subject.isEmpty ? [] : ["caption: \(provenance.subject)"]
    let comments = (provenance.head + caption).map { line in
      "# " + String(line.map { $0.isNewline ? " " : $0 })
    }
    let header = columns.map { Self.escaped($0.name) }.joined(separator: ",")
    let rows = (0..<rowCount).map { row in
      columns.map { $0.cell(row) }.joined(separator: ",")
    }
    return (comments + [header] + rows).joined(separator: "\n") + "\n"
  }

  /// A cell of text: an apostrophe before what a spreadsheet would take for a formula, quotation
  /// marks where the text holds a separator.
  static func escaped(_ text: String) -> String {
    let isFormula = text.unicodeScalars.first.map { "=+-@\t\r".unicodeScalars.contains($0) }
    let harmless = (isFormula ?? false) && Double(text) == nil ? "'" + text : text
    let needsQuotes = harmless.unicodeScalars.contains { ",\"\n\r".unicodeScalars.contains($0) }
    guard needsQuotes else { return harmless }
    return "\""
      + harmless.split(separator: "\"", omittingEmptySubsequences: false)
      .joined(separator: "\"\"") + "\""
  }
}
