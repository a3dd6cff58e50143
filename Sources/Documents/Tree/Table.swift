extension Document {
  /// A table of typed cells.
  public struct Table: Sendable, Hashable {
    /// What a column holds, which decides how it is set.
    public enum Kind: Sendable, Hashable {
      /// A few words.
      case text
      /// Running text that may take several lines.
      case paragraph
      /// Numbers, one below the other at their decimal points.
      case number
    }

    /// A column.
    public struct Column: Sendable, Hashable {
      /// Its heading.
      public let title: String
      /// What it holds.
      public let kind: Kind
      /// A heading that it shares with its neighbours of the same group.
      public let group: String?

      /// Creates a column.
      public init(_ title: String, _ kind: Kind = .number, group: String? = nil) {
        self.title = title
        self.kind = kind
        self.group = group
      }

      /// The heading with its group's, as one text.
      public var fullTitle: String { group.map { "\($0): \(title)" } ?? title }
    }

    /// A row.
    public struct Row: Sendable, Hashable {
      /// One cell a column.
      public let cells: [Cell]
      /// Whether a rule sets it apart from the row above.
      public let isSetApart: Bool

      /// Creates a row.
      public init(_ cells: [Cell], isSetApart: Bool = false) {
        self.cells = cells
        self.isSetApart = isSetApart
      }
    }

    /// A cell.
    public struct Cell: Sendable, Hashable {
      /// What a cell holds.
      public enum Content: Sendable, Hashable {
        /// Text.
        case text(Prose)
        /// A number.
        case number(Number)
        /// A mean and its deviation.
        case spread(Number, deviation: Number)
        /// No number, and why; the reason is printed below the table.
        case notAvailable(reason: String)
        /// Nothing belongs here.
        case empty
      }

      /// What it holds.
      public let content: Content
      /// Whether it is marked as among the best of its column.
      public let isBest: Bool

      /// Creates a cell.
      public init(_ content: Content, isBest: Bool = false) {
        self.content = content
        self.isBest = isBest
      }

      /// A cell of text.
      public static func text(_ text: Prose) -> Cell { Cell(.text(text)) }

      /// A cell that holds a name or value of the program.
      public static func code(_ text: String) -> Cell { Cell(.text(Prose([.code(text)]))) }

      /// A cell of a count.
      public static func count(_ count: Int) -> Cell { Cell(.number(Number(count))) }

      /// A number, or the reason why there is none.
      public static func number(
        _ number: Number, isBest: Bool = false, otherwise reason: String
      ) -> Cell {
        number.decimal == nil
          ? Cell(.notAvailable(reason: reason)) : Cell(.number(number), isBest: isBest)
      }

      /// A mean with its deviation where there is one, or the reason why there is no mean.
      public static func spread(
        _ mean: Number, deviation: Number, isBest: Bool = false, otherwise reason: String
      ) -> Cell {
        guard mean.decimal != nil, deviation.decimal != nil else {
          return .number(mean, isBest: isBest, otherwise: reason)
        }
        return Cell(.spread(mean, deviation: deviation), isBest: isBest)
      }

      /// A cell where nothing belongs.
      public static let empty = Cell(.empty)
    }

    /// Its name in references and of its files; unique in the document.
    public let id: Identifier
    /// The caption: what it shows, on which data, n, and what marks mean.
    public let caption: Prose
    /// The columns.
    public let columns: [Column]
    /// The rows, each with one cell a column.
    public let rows: [Row]
    /// Remarks below the table.
    public let notes: [Prose]
    /// What every reader of the table alone has to know, for example that its data is generated.
    public var mark: String?
    /// What it was made from, a fact a line, for the head of its own files.
    public var provenance: [String] = []
    /// What a file that has no caption says in its place, unless there is a mark.
    public var label: String?

    /// Creates a table.
    public init(
      id: Identifier, caption: Prose, columns: [Column], rows: [Row], notes: [Prose] = [],
      mark: String? = nil
    ) {
      self.id = id
      self.caption = caption
      self.columns = columns
      self.rows = rows
      self.notes = notes
      self.mark = mark
    }

    /// The distinct reasons for missing numbers, in reading order; the n-th carries the n-th mark.
    package var reasons: [String] {
      var found: [String] = []
      for case .notAvailable(let reason) in rows.flatMap(\.cells).map(\.content)
      where !found.contains(reason) {
        found.append(reason)
      }
      return found
    }

    /// The mark of a reason: `a` … `z`, then `aa`.
    package func mark(of reason: String) -> String {
      Self.letters(for: reasons.firstIndex(of: reason) ?? 0)
    }

    /// Neighbouring columns that share a group, in order, and the group's heading.
    package var columnGroups: [(title: String?, columns: Range<Int>)] {
      columns.enumerated().reduce(into: []) { groups, column in
        if let last = groups.last, last.title == column.element.group {
          groups[groups.count - 1].columns = last.columns.lowerBound..<(column.offset + 1)
        } else {
          groups.append((column.element.group, column.offset..<(column.offset + 1)))
        }
      }
    }

    static func letters(for index: Int) -> String {
      let letter = String(UnicodeScalar(UInt8(ascii: "a") + UInt8(index % 26)))
      return index < 26 ? letter : letters(for: index / 26 - 1) + letter
    }
  }
}
