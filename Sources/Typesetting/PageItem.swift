import Documents
import Plotting

/// Something on a page, in points from its upper left corner.
indirect enum PageItem: Sendable {
  /// A piece of text whose baseline begins at a position.
  case text(String, TextStyle, at: Position)
  /// A filled rectangle; rules are thin ones.
  case box(Rectangle, Color)
  /// A figure that fills a rectangle.
  case picture(Identifier, Rectangle)
  /// An area that leads somewhere.
  case link(Rectangle, LinkTarget)
  /// A place that links lead to.
  case place(String, Position)
  /// Items that are one part of the document.
  case part(PageRole, [PageItem])

  /// The item further to the right and further down.
  func moved(by offset: Position) -> PageItem {
    switch self {
    case .text(let text, let style, let position):
      .text(text, style, at: position.moved(by: offset))
    case .box(let box, let color): .box(box.moved(by: offset), color)
    case .picture(let id, let box): .picture(id, box.moved(by: offset))
    case .link(let box, let target): .link(box.moved(by: offset), target)
    case .place(let name, let position): .place(name, position.moved(by: offset))
    case .part(let role, let items): .part(role, items.map { $0.moved(by: offset) })
    }
  }

  /// The names of the places in it.
  var places: [String] {
    switch self {
    case .place(let name, _): [name]
    case .part(_, let items): items.flatMap(\.places)
    case .text, .box, .picture, .link: []
    }
  }
}

extension Position {
  func moved(by offset: Position) -> Position { Position(x: x + offset.x, y: y + offset.y) }
}

extension Rectangle {
  fileprivate func moved(by offset: Position) -> Rectangle {
    Rectangle(x: minX + offset.x, y: minY + offset.y, width: width, height: height)
  }
}

/// What is never cut by the end of a page, with items placed from its own upper left corner: a line
/// of text, a row, a picture.
struct Piece: Sendable {
  /// Height in points.
  var height: Double
  /// What it shows.
  var items: [PageItem]
  /// The gap above it, which falls away at the top of a page.
  var gap = 0.0
  /// Whether the next piece stands on the same page.
  var isKeptWithNext = false
  /// What stands at the foot of its page.
  var notes: [Piece] = []
  /// What is said again above it where it begins a page: the headings of a table.
  var head: [Piece] = []

  /// The piece as a part of the document.
  func tagged(_ role: PageRole) -> Piece {
    var piece = self
    piece.items = [.part(role, items)]
    return piece
  }

  /// The pieces as one.
  static func joined(_ pieces: [Piece]) -> Piece {
    pieces.reduce(into: Piece(height: 0, items: [])) { whole, piece in
      let top = whole.items.isEmpty ? 0 : whole.height + piece.gap
      whole.items += piece.items.map { $0.moved(by: Position(x: 0, y: top)) }
      whole.height = top + piece.height
      whole.notes += piece.notes
    }
  }
}

extension [Piece] {
  /// The pieces with the one that follows each on the same page; the last one free unless it is
  /// told otherwise.
  func kept(withNext isLastKept: Bool = false) -> [Piece] {
    indices.map { index in
      var piece = self[index]
      piece.isKeptWithNext = index < count - 1 || isLastKept
      return piece
    }
  }

  /// The lines of a paragraph, so that no page begins or ends with a single one of them.
  func keptInPairs() -> [Piece] {
    indices.map { index in
      var piece = self[index]
      let isBeforeOneThatEnds = index == count - 2
      piece.isKeptWithNext = count > 1 && (index == 0 || isBeforeOneThatEnds)
      return piece
    }
  }

  /// The pieces with a gap above the first.
  func below(_ gap: Double) -> [Piece] {
    var pieces = self
    if !pieces.isEmpty { pieces[0].gap = gap }
    return pieces
  }
}
