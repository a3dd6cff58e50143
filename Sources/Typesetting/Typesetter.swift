import Documents
import Plotting

/// Sets running text in lines.
struct Typesetter {
  /// A piece of running text with what it leads to.
  struct Span {
    var text: TextSpan
    var link: LinkTarget?
    /// The footnote that the span is the mark of.
    var note: Prose?
    /// How far the span stands above the line, in points.
    var rise = 0.0
  }

  let text: PangoText
  let numbering: Numbering

  // MARK: Spans

  /// The pieces of a text in a style.
  func spans(of prose: Prose, _ style: TextStyle, link: LinkTarget? = nil) -> [Span] {
    prose.inlines.flatMap { inline -> [Span] in
      switch inline {
      case .text(let text): return [span(text, style, link)]
      case .number(let number):
        return [span(number.text(minus: "−", separator: ","), style, link)]
      case .emphasis(let prose):
        var slanted = style
        slanted.isSlanted = true
        return spans(of: prose, slanted, link: link)
      case .strong(let prose): return spans(of: prose, style.bold, link: link)
      case .code(let text):
        var code = style
        code.isMonospaced = true
        code.size *= 0.94
        return [span(text, code, link)]
      case .link(let prose, let address):
        guard let address = SafeAddress(address) else { return spans(of: prose, style) }
        return spans(of: prose, style.linked, link: .web(address.text))
      case .reference(let reference):
        let label = numbering.label(of: reference)
        guard numbering[reference] != nil else { return [span(label, style, link)] }
        return [span(label, style.linked, .place(reference.anchor))]
      case .footnote(let prose):
        return [Span(text: TextSpan("", style), link: link, note: prose)]
      }
    }
  }

  private func span(_ text: String, _ style: TextStyle, _ link: LinkTarget?) -> Span {
    Span(text: TextSpan(text.visible, style), link: link)
  }

  /// A small sign above the line.
  func raised(_ sign: String, _ style: TextStyle) -> Span {
    var small = style
    small.size *= 0.7
    return Span(text: TextSpan(sign, small), rise: 0.33 * style.size)
  }

  // MARK: Lines

  /// Text in lines of a width, each a piece.
  ///
  /// - Parameters:
  ///   - spans: The text.
  ///   - width: Width of a line.
  ///   - indent: What lies to the left of it.
  ///   - notes: The footnote of a span that is the mark of one.
  func lines(
    of spans: [Span], _ style: TextStyle, width: Double, indent: Double = 0,
    notes: [Int: [Piece]] = [:]
  ) -> [Piece] {
    let height = PageStyle.leading * style.size
    return text.lines(of: spans.map(\.text), width: width).map { line in
      let items = self.items(of: line, spans, at: Position(x: indent, y: 0), style, height)
      let marked = Set(line.fragments.map(\.span)).sorted()
      return Piece(height: height, items: items, notes: marked.flatMap { notes[$0] ?? [] })
    }
  }

  /// How far below the upper edge of a line its baseline is.
  static func baseline(_ style: TextStyle, _ height: Double) -> Double {
    height / 2 + 0.36 * style.size
  }

  /// The items of a line whose upper left corner stands at a position.
  func items(
    of line: TextLine, _ spans: [Span], at corner: Position, _ style: TextStyle,
    _ height: Double
  ) -> [PageItem] {
    let baseline = corner.y + Self.baseline(style, height)
    let texts = line.fragments.map { fragment in
      let span = spans[fragment.span]
      return PageItem.text(
        fragment.text, span.text.style,
        at: Position(x: corner.x + fragment.x, y: baseline - span.rise))
    }
    let links = line.fragments.compactMap { fragment -> PageItem? in
      guard let target = spans[fragment.span].link else { return nil }
      return .link(
        Rectangle(
          x: corner.x + fragment.x, y: baseline - 0.85 * style.size, width: fragment.width,
          height: 1.1 * style.size), target)
    }
    return texts + links
  }

  /// A paragraph in lines, its footnotes in brackets.
  func plainLines(
    of prose: Prose, _ style: TextStyle, width: Double, indent: Double = 0
  ) -> [Piece] {
    lines(
      of: spans(of: prose.withNotesInBrackets, style), style, width: width, indent: indent)
  }
}

extension String {
  /// The text as one line of visible characters.
  var visible: String { String(String.UnicodeScalarView(printable)) }
}

extension TextStyle {
  /// The style of what leads somewhere.
  fileprivate var linked: TextStyle {
    var style = self
    style.color = PageStyle.linkInk
    return style
  }
}

extension Prose {
  /// The text as captions and tables show it, which have no foot of their own.
  var withNotesInBrackets: Prose {
    Prose(
      inlines.flatMap { inline -> [Inline] in
        switch inline {
        case .footnote(let note):
          [.text(" (")] + note.withNotesInBrackets.inlines + [.text(")")]
        case .emphasis(let prose): [.emphasis(prose.withNotesInBrackets)]
        case .strong(let prose): [.strong(prose.withNotesInBrackets)]
        case .link(let prose, let address): [.link(prose.withNotesInBrackets, address: address)]
        case .text, .number, .code, .reference: [inline]
        }
      })
  }
}
