/// Running text with its numbers, emphasis, links, notes and references.
///
/// Write it as an interpolated literal; a bare `Double` does not compile, because prose has to say
/// how many digits it means:
/// `"Of \(rows) rows \(Number.percent(share, digits: 1)) % were right, see \(to: .table("results"))."`
public struct Prose: Sendable, Hashable, ExpressibleByStringInterpolation {
  /// A piece of running text.
  public indirect enum Inline: Sendable, Hashable {
    /// Plain text; every character stands for itself.
    case text(String)
    /// A number; commas stand between thousands.
    case number(Number)
    /// Stressed text.
    case emphasis(Prose)
    /// Strongly stressed text.
    case strong(Prose)
    /// A name or value of the program.
    case code(String)
    /// Text that leads to an address; only `http`, `https` and relative addresses are followed.
    case link(Prose, address: String)
    /// A note at the foot.
    case footnote(Prose)
    /// A reference to a numbered part of the document.
    case reference(Reference)
  }

  /// A reference to a numbered part of the document.
  public enum Reference: Sendable, Hashable {
    /// A section.
    case section(Identifier)
    /// A table.
    case table(Identifier)
    /// A figure.
    case figure(Identifier)
  }

  /// The pieces, in reading order.
  public var inlines: [Inline]

  /// Text from pieces.
  public init(_ inlines: [Inline]) {
    self.inlines = inlines
  }

  /// Plain text; every character stands for itself.
  public init(_ text: String) {
    inlines = [.text(text)]
  }

  /// Plain text.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// Text with numbers, references and the like between the words.
  public init(stringInterpolation: StringInterpolation) {
    inlines = stringInterpolation.inlines
  }

  /// One text after another.
  public static func + (left: Prose, right: Prose) -> Prose {
    Prose(left.inlines + right.inlines)
  }

  /// Collects the pieces of an interpolated literal.
  public struct StringInterpolation: StringInterpolationProtocol {
    var inlines: [Inline] = []

    /// Starts with nothing.
    public init(literalCapacity: Int, interpolationCount: Int) {}

    /// Adds plain text.
    public mutating func appendLiteral(_ literal: String) {
      inlines.append(.text(literal))
    }

    /// Adds plain text that was made elsewhere.
    public mutating func appendInterpolation(_ text: String) {
      inlines.append(.text(text))
    }

    /// Adds a number.
    public mutating func appendInterpolation(_ number: Number) {
      inlines.append(.number(number))
    }

    /// Adds a count.
    public mutating func appendInterpolation(_ count: Int) {
      inlines.append(.number(Number(count)))
    }

    /// Adds a piece.
    public mutating func appendInterpolation(_ inline: Inline) {
      inlines.append(inline)
    }

    /// Adds a reference.
    public mutating func appendInterpolation(to reference: Reference) {
      inlines.append(.reference(reference))
    }

    /// Adds other text.
    public mutating func appendInterpolation(_ prose: Prose) {
      inlines.append(contentsOf: prose.inlines)
    }
  }
}

extension [Prose] {
  /// The texts one after another, with `separator` between them.
  public func joined(separator: Prose) -> Prose {
    Prose(enumerated().flatMap { $0 > 0 ? separator.inlines + $1.inlines : $1.inlines })
  }
}
