/// A report as a tree, without anything that belongs to one format.
///
/// Every text field may hold any characters; a renderer escapes them at its last step.
public struct Document: Sendable, Hashable {
  /// The title.
  public var title: String
  /// Facts about the document, in order, such as the run it was made from.
  public var metadata: [Fact]
  /// What every reader has to know before anything else, printed on top.
  public var banner: Prose?
  /// The sections.
  public var sections: [Section]
  /// Numbers that text outside this document may quote by name.
  public var quotableNumbers: [QuotableNumber]
  /// What it was made from, a fact a line, for the head of every file of all of it.
  public var provenance: [String] = []

  /// Creates a document.
  public init(
    title: String, metadata: [Fact] = [], banner: Prose? = nil, sections: [Section] = [],
    quotableNumbers: [QuotableNumber] = []
  ) {
    self.title = title
    self.metadata = metadata
    self.banner = banner
    self.sections = sections
    self.quotableNumbers = quotableNumbers
  }

  /// A named fact.
  public struct Fact: Sendable, Hashable {
    /// What it is, for example `Run`.
    public let name: String
    /// Its value.
    public let value: Prose

    /// Creates a fact.
    public init(_ name: String, _ value: Prose) {
      self.name = name
      self.value = value
    }
  }

  /// A number under a name.
  public struct QuotableNumber: Sendable, Hashable {
    /// The name, for example `mitbih-baseline-accuracy`.
    public let id: Identifier
    /// The number.
    public let number: Number
    /// What everybody who quotes it has to know.
    public let mark: String?

    /// Creates a named number.
    public init(_ id: Identifier, _ number: Number, mark: String? = nil) {
      self.id = id
      self.number = number
      self.mark = mark
    }
  }

  /// A part with a heading.
  public struct Section: Sendable, Hashable {
    /// Its name in references; unique in the document.
    public var id: Identifier
    /// The heading.
    public var title: String
    /// What stands below the heading.
    public var blocks: [Block]
    /// The parts below it.
    public var subsections: [Section]

    /// Creates a section.
    public init(
      id: Identifier, title: String, blocks: [Block] = [], subsections: [Section] = []
    ) {
      self.id = id
      self.title = title
      self.blocks = blocks
      self.subsections = subsections
    }
  }

  /// A piece of a section.
  public enum Block: Sendable, Hashable {
    /// A paragraph.
    case paragraph(Prose)
    /// A paragraph that has to be seen.
    case notice(Prose)
    /// A list; numbered where the order matters.
    case list([Prose], isNumbered: Bool)
    /// A table.
    case table(Table)
    /// A figure.
    case figure(Figure)
  }

  /// A picture with its caption.
  public struct Figure: Sendable, Hashable {
    /// Its name in references; unique in the document.
    public let id: Identifier
    /// Path of the picture relative to the document, without the format's suffix: each renderer
    /// takes the format that it can show.
    public var path: String
    /// The caption: data, split, n, and what bands are.
    public let caption: Prose
    /// What a reader who does not see it has to know.
    public let alternativeText: String
    /// What every reader of the figure alone has to know, for example that its data is generated.
    public let mark: String?

    /// Creates a figure.
    public init(
      id: Identifier, path: String, caption: Prose, alternativeText: String, mark: String? = nil
    ) {
      self.id = id
      self.path = path
      self.caption = caption
      self.alternativeText = alternativeText
      self.mark = mark
    }
  }
}

extension Document {
  /// Every section, in reading order, with its number such as `2` or `2.1`.
  package var numberedSections: [(number: String, section: Section)] {
    func walk(_ sections: [Section], _ prefix: String) -> [(String, Section)] {
      sections.enumerated().flatMap { index, section in
        let number = prefix + String(index + 1)
        return [(number, section)] + walk(section.subsections, number + ".")
      }
    }
    return walk(sections, "")
  }

  /// Every block, in reading order.
  var blocks: [Block] { numberedSections.flatMap(\.section.blocks) }

  /// Every table, in reading order.
  public var tables: [Table] {
    blocks.compactMap { if case .table(let table) = $0 { table } else { nil } }
  }

  /// Every figure, in reading order.
  public var figures: [Figure] {
    blocks.compactMap { if case .figure(let figure) = $0 { figure } else { nil } }
  }
}
