/// What makes a document inconsistent.
public enum DocumentError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Two parts of one kind carry the same name.
  case duplicateName(kind: String, Identifier)
  /// A reference leads nowhere.
  case danglingReference(Prose.Reference)
  /// A row does not have one cell a column.
  case raggedTable(Identifier, row: Int, cells: Int, columns: Int)
  /// A file of the document could not be drawn.
  case cannotDraw(file: String, problem: String)

  /// What is wrong, and the remedy.
  public var description: String {
    switch self {
    case .duplicateName(let kind, let id):
      "document: two \(kind)s are named \(id); give one of them another name"
    case .danglingReference(let reference):
      "document: nothing is named \(reference.id) among its \(reference.kind)s; add it or drop "
        + "the reference"
    case .raggedTable(let id, let row, let cells, let columns):
      "document: table \(id), row \(row) has \(cells) cells for \(columns) columns; give each "
        + "column one cell"
    case .cannotDraw(let file, let problem):
      "\(file): \(problem)"
    }
  }
}

extension Prose.Reference {
  /// The name that the reference leads to.
  public var id: Identifier {
    switch self {
    case .section(let id), .table(let id), .figure(let id): id
    }
  }

  /// What the reference leads to: `section`, `table` or `figure`.
  var kind: String {
    switch self {
    case .section: "section"
    case .table: "table"
    case .figure: "figure"
    }
  }

  /// The name of the place that it leads to, unique in a page or file.
  package var anchor: String { "\(kind)-\(id)" }
}

extension Document {
  /// Checks that names are unique, references lead somewhere and tables are rectangular.
  public func validate() throws(DocumentError) {
    let sections = numberedSections.map(\.section.id)
    try Self.requireUnique(sections, kind: "section")
    try Self.requireUnique(tables.map(\.id), kind: "table")
    try Self.requireUnique(figures.map(\.id), kind: "figure")
    try Self.requireUnique(quotableNumbers.map(\.id), kind: "number")
    for table in tables {
      for (index, row) in table.rows.enumerated() where row.cells.count != table.columns.count {
        throw .raggedTable(
          table.id, row: index + 1, cells: row.cells.count, columns: table.columns.count)
      }
    }
    let numbering = Numbering(self)
    for reference in prose.flatMap(\.references) where numbering[reference] == nil {
      throw .danglingReference(reference)
    }
  }

  private static func requireUnique(
    _ names: [Identifier], kind: String
  ) throws(DocumentError) {
    var seen: Set<Identifier> = []
    for name in names where !seen.insert(name).inserted {
      throw .duplicateName(kind: kind, name)
    }
  }

  /// Every running text of the document.
  private var prose: [Prose] {
    metadata.map(\.value) + [banner].compactMap(\.self) + blocks.flatMap(\.prose)
  }
}

extension Document.Block {
  fileprivate var prose: [Prose] {
    switch self {
    case .paragraph(let prose), .notice(let prose): [prose]
    case .list(let items, _): items
    case .figure(let figure): [figure.caption]
    case .table(let table):
      [table.caption] + table.notes
        + table.rows.flatMap(\.cells).compactMap {
          if case .text(let prose) = $0.content { prose } else { nil }
        }
    }
  }
}

extension Prose {
  fileprivate var references: [Reference] {
    inlines.flatMap { inline -> [Reference] in
      switch inline {
      case .reference(let reference): [reference]
      case .emphasis(let inner), .strong(let inner), .footnote(let inner), .link(let inner, _):
        inner.references
      case .text, .number, .code: []
      }
    }
  }
}
