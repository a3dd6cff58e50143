import Documents
import Plotting

/// The first page: title, what every reader has to know, and the facts of the document.
struct TitlePage {
  private static let top = 150.0
  private static let factIndent = 110.0

  private let document: Document
  private let typesetter: Typesetter

  init(_ document: Document, _ typesetter: Typesetter) {
    self.document = document
    self.typesetter = typesetter
  }

  /// What stands on the page.
  func items(_ blocks: inout BlockSetter) -> [PageItem] {
    var title = Piece.joined(
      typesetter.plainLines(of: Prose(document.title), PageStyle.title, width: blocks.width)
    ).tagged(.heading1)
    title.height += 10
    var pieces = [title]
    if let banner = document.banner { pieces += blocks.notice(banner) }
    pieces += document.metadata.flatMap { fact($0) }.below(24)
    let whole = Piece.joined(pieces)
    return whole.items.map {
      $0.moved(by: Position(x: PageStyle.frame.minX, y: PageStyle.frame.minY + Self.top))
    }
  }

  private func fact(_ fact: Document.Fact) -> [Piece] {
    var name = PageStyle.body
    name.color = PageStyle.quiet
    let names = typesetter.plainLines(of: Prose(fact.name), name, width: Self.factIndent - 10)
    let values = typesetter.plainLines(
      of: fact.value, PageStyle.body, width: PageStyle.frame.width - Self.factIndent,
      indent: Self.factIndent)
    let height = max(Piece.joined(names).height, Piece.joined(values).height)
    return [
      Piece(height: height, items: Piece.joined(names).items + Piece.joined(values).items, gap: 3)
        .tagged(.paragraph)
    ]
  }
}

/// The pages that say where each section is.
struct Contents {
  /// Sections further down are left out.
  private static let levels = 2
  private static let numberRoom = 34.0

  private let document: Document
  private let typesetter: Typesetter

  init(_ document: Document, _ typesetter: Typesetter) {
    self.document = document
    self.typesetter = typesetter
  }

  /// The sections as an outline.
  var outline: [OutlineEntry] { Self.outline(of: document.sections, "") }

  /// The pages; `number` knows the page of a place.
  func pages(_ number: (String) -> Int?) -> [[PageItem]] {
    var builder = PageBuilder(frame: PageStyle.frame)
    let heading = typesetter.plainLines(
      of: "Contents", PageStyle.heading(1), width: PageStyle.frame.width)
    builder.add(heading.map { $0.tagged(.heading1) }.kept(withNext: true))
    for (label, section) in document.numberedSections {
      let level = label.count { $0 == "." } + 1
      guard level <= Self.levels else { continue }
      let place = Prose.Reference.section(section.id).anchor
      builder.add(
        line("\(label)\u{2002}\(section.title)", level: level, place: place, number: number(place)))
    }
    return builder.pages
  }

  private func line(_ title: String, level: Int, place: String, number: Int?) -> [Piece] {
    var style = PageStyle.contents
    style.isBold = level == 1
    let indent = Double(level - 1) * 16
    let room = PageStyle.frame.width - indent - Self.numberRoom
    let spans = typesetter.spans(of: Prose(title), style, link: .place(place))
    var piece = Piece.joined(typesetter.lines(of: spans, style, width: room, indent: indent))
    let gap = level == 1 ? 4.5 : 0
    guard let number else { return [piece].below(gap) }
    let text = String(number)
    let width = typesetter.text.width(of: text, style)
    let box = Rectangle(
      x: PageStyle.frame.width - width, y: 0, width: width, height: piece.height)
    let baseline =
      piece.height - PageStyle.leading * style.size
      + Typesetter.baseline(style, PageStyle.leading * style.size)
    piece.items += [
      .text(text, style, at: Position(x: box.minX, y: baseline)), .link(box, .place(place)),
    ]
    return [piece.tagged(.contents)].below(gap)
  }

  private static func outline(of sections: [Document.Section], _ prefix: String) -> [OutlineEntry] {
    sections.enumerated().map { index, section in
      let number = "\(prefix)\(index + 1)"
      return OutlineEntry(
        title: "\(number) \(section.title.visible)",
        place: Prose.Reference.section(section.id).anchor,
        children: outline(of: section.subsections, number + "."))
    }
  }
}
