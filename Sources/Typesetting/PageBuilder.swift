import Plotting

/// Breaks a column of pieces into pages.
///
/// Pieces that are kept together move to the next page together. A figure that does not fit waits
/// for the top of the next page while text goes on; none waits beyond ``flushFigures()``.
struct PageBuilder {
  private static let noteGap = 8.0

  private let frame: Rectangle
  private var finished: [[PageItem]] = []
  private var items: [PageItem] = []
  private var notes: [Piece] = []
  /// Lower edge of what stands on the page.
  private var bottom: Double
  /// Whether no text stands on the page yet.
  private var isFresh = true
  /// Pieces that wait for the one that they are kept with.
  private var held: [Piece] = []
  private var figures: [[Piece]] = []

  init(frame: Rectangle) {
    self.frame = frame
    bottom = frame.minY
  }

  /// The pages, once everything has been added.
  var pages: [[PageItem]] {
    mutating get {
      place(held)
      held = []
      flushFigures()
      if !items.isEmpty { endPage() }
      return finished
    }
  }

  /// Adds text.
  mutating func add(_ pieces: [Piece]) {
    for piece in pieces {
      held.append(piece)
      guard !piece.isKeptWithNext else { continue }
      place(held)
      held = []
    }
  }

  /// Adds a figure, here or at the top of a page to come.
  mutating func addFigure(_ pieces: [Piece]) {
    if !held.isEmpty || (figures.isEmpty && fits(pieces)) {
      add(pieces)
    } else {
      figures.append(pieces)
    }
  }

  /// Places the figures that wait.
  mutating func flushFigures() {
    while let figure = figures.first {
      guard fits(figure) || items.isEmpty else {
        endPage()
        continue
      }
      figures.removeFirst()
      figure.forEach { put($0) }
    }
  }

  // MARK: Placing

  private mutating func place(_ unit: [Piece]) {
    // No figure comes between the rows of a table.
    let takesFigures = unit.first?.head.isEmpty ?? true
    while !fits(unit), !items.isEmpty {
      endPage(takesFigures: takesFigures)
    }
    // What is higher than a page is broken where the page ends.
    for piece in unit {
      if !fits([piece]), !items.isEmpty { endPage(takesFigures: false) }
      put(piece)
    }
  }

  private mutating func put(_ piece: Piece) {
    let head = isFresh ? piece.head : []
    for part in head + [piece] {
      if !items.isEmpty { bottom += part.gap }
      let corner = Position(x: frame.minX, y: bottom)
      items += part.items.map { $0.moved(by: corner) }
      bottom += part.height
    }
    notes += piece.notes
    isFresh = false
  }

  private func fits(_ unit: [Piece]) -> Bool {
    let head = isFresh ? unit.first?.head ?? [] : []
    let height = (head + unit).enumerated().reduce(0) { height, piece in
      height + (piece.offset == 0 && items.isEmpty ? 0 : piece.element.gap) + piece.element.height
    }
    let foot = Self.height(of: notes + unit.flatMap(\.notes))
    return bottom + height + foot <= frame.maxY + 0.01
  }

  private static func height(of notes: [Piece]) -> Double {
    notes.isEmpty ? 0 : notes.reduce(2 * noteGap) { $0 + $1.height }
  }

  private mutating func endPage(takesFigures: Bool = true) {
    var top = frame.maxY - Self.height(of: notes) + Self.noteGap
    if !notes.isEmpty {
      items.append(
        .box(Rectangle(x: frame.minX, y: top, width: 120, height: 0.5), PageStyle.quiet))
    }
    top += Self.noteGap
    for note in notes {
      items += note.items.map { $0.moved(by: Position(x: frame.minX, y: top)) }
      top += note.height
    }
    finished.append(items)
    (items, notes, bottom, isFresh) = ([], [], frame.minY, true)
    while takesFigures, let figure = figures.first, fits(figure) || items.isEmpty {
      figures.removeFirst()
      figure.forEach { put($0) }
      isFresh = true
    }
  }
}
