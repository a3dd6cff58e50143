import Documents
import Plotting

/// Sets the blocks of a document as pieces; counts the footnotes.
struct BlockSetter {
  private static let listIndent = 16.0
  private static let noteIndent = 12.0
  private static let padding = 7.0

  let typesetter: Typesetter
  let width: Double
  private var noteCount = 0

  init(_ typesetter: Typesetter, width: Double) {
    self.typesetter = typesetter
    self.width = width
  }

  // MARK: Text

  /// A heading, kept with what follows.
  func heading(_ title: String, level: Int, place: String) -> [Piece] {
    let style = PageStyle.heading(level)
    let roles: [PageRole] = [.heading1, .heading2, .heading3]
    let lines = typesetter.plainLines(of: Prose(title), style, width: width)
    var piece = Piece.joined(lines).tagged(roles[min(level, 3) - 1])
    piece.items.append(.place(place, Position(x: 0, y: 0)))
    return [piece].below(PageStyle.headingGap(level)).kept(withNext: true)
  }

  /// A paragraph.
  mutating func paragraph(_ prose: Prose) -> [Piece] {
    lines(of: prose, width: width).map { $0.tagged(.paragraph) }.keptInPairs()
      .below(PageStyle.paragraphGap)
  }

  /// A paragraph in a frame.
  mutating func notice(_ prose: Prose) -> [Piece] {
    let lines = self.lines(
      of: Prose([.strong(prose)]), width: width - 2 * Self.padding, indent: Self.padding)
    var piece = Piece.joined(lines).tagged(.paragraph)
    let box = Rectangle(x: 0, y: 0, width: width, height: piece.height + 2 * Self.padding)
    piece.items =
      piece.items.map { $0.moved(by: Position(x: 0, y: Self.padding)) }
      + PageItem.frame(box, PageStyle.ink)
    piece.height = box.height
    return [piece].below(PageStyle.figureGap)
  }

  /// A list; each item hangs behind its bullet or number.
  mutating func list(_ items: [Prose], isNumbered: Bool) -> [Piece] {
    var pieces: [Piece] = []
    for (index, item) in items.enumerated() {
      let sign = isNumbered ? "\(index + 1)." : "•"
      var lines = self.lines(
        of: item, width: width - Self.listIndent, indent: Self.listIndent)
      if lines.isEmpty {
        lines = [Piece(height: PageStyle.leading * PageStyle.body.size, items: [])]
      }
      let mark = typesetter.plainLines(of: Prose(sign), PageStyle.body, width: Self.listIndent)
      lines[0].items = mark.flatMap(\.items) + lines[0].items
      pieces += lines.map { $0.tagged(.listItem) }.keptInPairs()
        .below(index == 0 ? PageStyle.paragraphGap : 2)
    }
    return pieces
  }

  /// Lines of text whose footnotes go to the foot of their page.
  private mutating func lines(
    of prose: Prose, width: Double, indent: Double = 0
  ) -> [Piece] {
    var spans = typesetter.spans(of: prose, PageStyle.body)
    var notes: [Int: [Piece]] = [:]
    for index in spans.indices {
      guard let note = spans[index].note else { continue }
      noteCount += 1
      let name = "note-\(noteCount)"
      spans[index] = typesetter.raised("\(noteCount)", spans[index].text.style)
      spans[index].link = .place(name)
      notes[index] = footnote(note, number: noteCount, place: name)
    }
    return typesetter.lines(
      of: spans, PageStyle.body, width: width, indent: indent, notes: notes)
  }

  private func footnote(_ prose: Prose, number: Int, place: String) -> [Piece] {
    let spans =
      [typesetter.raised("\(number)", PageStyle.note)]
      + typesetter.spans(of: "\u{2009}\(prose.withNotesInBrackets)", PageStyle.note)
    var lines = typesetter.lines(of: spans, PageStyle.note, width: width).map { $0.tagged(.note) }
    if !lines.isEmpty { lines[0].items.append(.place(place, Position(x: 0, y: 0))) }
    return lines
  }

  // MARK: Figures

  /// A figure above its caption, smaller only where a page would not hold it.
  func figure(_ figure: Document.Figure, picture: SheetLayout?, room: Double) -> [Piece] {
    let caption = self.caption(.figure(figure.id), figure.markedCaption)
    let captionHeight = caption.reduce(0) { $0 + $1.gap + $1.height }
    guard let picture else { return missing(figure) + caption }
    let scale = min(
      1, width / picture.size.width, (room - captionHeight - 2) / picture.size.height)
    let box = Rectangle(
      x: (width - scale * picture.size.width) / 2, y: 0, width: scale * picture.size.width,
      height: scale * picture.size.height)
    let piece = Piece(
      height: box.height,
      items: [
        .place(Prose.Reference.figure(figure.id).anchor, Position(x: 0, y: 0)),
        .part(.figure, [.picture(figure.id, box)]),
      ])
    return ([piece] + caption).kept().below(PageStyle.figureGap).withRoomBelow()
  }

  private func missing(_ figure: Document.Figure) -> [Piece] {
    let lines = typesetter.plainLines(
      of: Prose(figure.markedAlternativeText), PageStyle.small, width: width - 2 * Self.padding,
      indent: Self.padding)
    var piece = Piece.joined(lines)
    let box = Rectangle(x: 0, y: 0, width: width, height: piece.height + 2 * Self.padding)
    piece.items =
      piece.items.map { $0.moved(by: Position(x: 0, y: Self.padding)) }
      + PageItem.frame(box, PageStyle.line)
      + [.place(Prose.Reference.figure(figure.id).anchor, Position(x: 0, y: 0))]
    piece.height = box.height
    return [piece].kept(withNext: true).below(PageStyle.figureGap)
  }

  /// The caption of a figure or table.
  func caption(_ reference: Prose.Reference, _ prose: Prose) -> [Piece] {
    let label = "\(typesetter.numbering.label(of: reference))."
    let text: Prose = "\(.strong(Prose(label))) \(prose)"
    return typesetter.plainLines(of: text, PageStyle.caption, width: width)
      .map { $0.tagged(.caption) }.below(4)
  }
}

extension PageItem {
  /// The four sides of a box as thin lines.
  static func frame(_ box: Rectangle, _ color: Color) -> [PageItem] {
    let thin = 0.6
    return [
      Rectangle(x: box.minX, y: box.minY, width: box.width, height: thin),
      Rectangle(x: box.minX, y: box.maxY - thin, width: box.width, height: thin),
      Rectangle(x: box.minX, y: box.minY, width: thin, height: box.height),
      Rectangle(x: box.maxX - thin, y: box.minY, width: thin, height: box.height),
    ].map { .box($0, color) }
  }
}

extension [Piece] {
  /// The pieces with some room below the last.
  func withRoomBelow() -> [Piece] {
    var pieces = self
    if let last = pieces.indices.last { pieces[last].height += PageStyle.figureGap }
    return pieces
  }
}
