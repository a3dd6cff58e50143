import Documents
import Plotting

/// What a cell of a table shows, in one size.
enum TableCell {
  /// Running text, which may be broken.
  case text([Typesetter.Span])
  /// A sign for a missing number, on the right.
  case sign([Typesetter.Span])
  /// A number that stands below others at its decimal point.
  case number(whole: String, fraction: String, deviation: String, TextStyle)

  init(
    _ cell: Document.Table.Cell, of table: Document.Table, kind: Document.Table.Kind,
    _ style: TextStyle, _ typesetter: Typesetter
  ) {
    let style = cell.isBest ? style.bold : style
    switch cell.content {
    case .text(let prose):
      let spans = typesetter.spans(of: prose.withNotesInBrackets, style)
      self = kind == .number ? .sign(spans) : .text(spans)
    case .number(let number): self = Self.number(number, deviation: nil, style)
    case .spread(let mean, let deviation):
      self = Self.number(mean, deviation: deviation, style)
    case .notAvailable(let reason):
      let sign = typesetter.raised(table.mark(of: reason), style)
      let text = Typesetter.Span(text: TextSpan("n/a", style))
      self = kind == .number ? .sign([text, sign]) : .text([text, sign])
    case .empty: self = .text([])
    }
  }

  private static func number(
    _ number: Number, deviation: Number?, _ style: TextStyle
  ) -> TableCell {
    let text = number.text(minus: "−", separator: ",")
    let whole = text.prefix { $0 != "." }
    return .number(
      whole: String(whole), fraction: String(text.dropFirst(whole.count)),
      deviation: deviation.map { " ± \($0.text(minus: "−", separator: ","))" } ?? "", style)
  }
}

/// How wide a column of a table has to be, and how wide it would like to be.
struct ColumnMeasure {
  /// Below this, words or numbers would be cut.
  var minimum = 0.0
  /// Above this nothing is gained.
  var natural = 0.0
  /// Width of the longest fraction.
  var fraction = 0.0
  /// Width of the longest deviation.
  var deviation = 0.0

  /// A word longer than this may be broken, as a hash is.
  private static let longestWord = 20
  /// A text narrower than this, in parts of the size, is not broken.
  private static let unbroken = 13.0

  init(_ cells: [TableCell], heading: [Typesetter.Span], size: Double, _ typesetter: Typesetter) {
    for case .number(_, let fraction, let deviation, let style) in cells {
      self.fraction = max(self.fraction, typesetter.text.width(of: fraction, style))
      self.deviation = max(self.deviation, typesetter.text.width(of: deviation, style))
    }
    for cell in cells {
      switch cell {
      case .number(let whole, _, _, let style):
        require(typesetter.text.width(of: whole, style) + fraction + deviation)
      case .sign(let spans): require(Self.width(of: spans, typesetter))
      case .text(let spans):
        let width = Self.width(of: spans, typesetter)
        natural = max(natural, width)
        minimum = max(
          minimum,
          width <= Self.unbroken * size ? width : Self.widthOfLongestWord(spans, typesetter))
      }
    }
    minimum = max(minimum, Self.widthOfLongestWord(heading, typesetter))
    // A heading may take two lines, and takes no more than it must.
    natural = max(natural, minimum, min(Self.width(of: heading, typesetter), 6 * size))
  }

  private mutating func require(_ width: Double) {
    minimum = max(minimum, width)
    natural = max(natural, width)
  }

  private static func width(of spans: [Typesetter.Span], _ typesetter: Typesetter) -> Double {
    typesetter.text.lines(of: spans.map(\.text), width: nil).map(\.width).max() ?? 0
  }

  private static func widthOfLongestWord(
    _ spans: [Typesetter.Span], _ typesetter: Typesetter
  ) -> Double {
    let widths = spans.flatMap { span in
      span.text.text.split(separator: " ").map { word in
        typesetter.text.width(
          of: String(word.count > longestWord ? word.prefix(longestWord / 2) : word),
          span.text.style)
      }
    }
    return widths.max() ?? 0
  }
}
