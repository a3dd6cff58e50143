import Documents
import Plotting

/// Sets a table as pieces: caption, headings that are said again on each page, rows, remarks.
struct TableSetter {
  /// A table of at most this height is not broken.
  private static let unbrokenHeight = 230.0
  /// A row of more lines than this may be broken.
  private static let unbrokenLines = 14
  /// A group of at most this many rows stays on one page.
  private static let unbrokenRows = 8

  let table: Document.Table
  let blocks: BlockSetter
  let grid: TableGrid
  let style: TextStyle

  init(_ table: Document.Table, _ blocks: BlockSetter) {
    self.table = table
    self.blocks = blocks
    grid = TableGrid(table, within: blocks.width, blocks.typesetter)
    style = TextStyle(size: grid.size, color: PageStyle.ink)
  }

  /// The pieces, from the caption to the last remark.
  var pieces: [Piece] {
    let reference = Prose.Reference.table(table.id)
    var caption = blocks.caption(reference, table.markedCaption).below(PageStyle.figureGap)
    if !caption.isEmpty {
      caption[0].items.append(.place(reference.anchor, Position(x: 0, y: 0)))
    }
    let rows = self.rows
    let notes = self.notes
    let height = (caption + rows + notes).reduce(0) { $0 + $1.gap + $1.height }
    let body =
      height <= Self.unbrokenHeight ? rows.kept(withNext: !notes.isEmpty) : keptAtEnds(rows)
    return (caption.kept(withNext: true) + [headings.keptWithNext] + body + notes.kept())
      .withRoomBelow()
  }

  /// The first two rows stay with the headings, the last two with each other and the remarks.
  private func keptAtEnds(_ rows: [Piece]) -> [Piece] {
    rows.indices.map { index in
      var row = rows[index]
      let isNearEnd = index == 0 || index == rows.count - 2
      let isLast = index == rows.count - 1
      row.isKeptWithNext =
        row.isKeptWithNext || (isNearEnd && !isLast) || (isLast && hasNotes)
      return row
    }
  }

  private var hasNotes: Bool { !table.notes.isEmpty || !table.reasons.isEmpty }

  // MARK: Lines

  typealias SetLine = (width: Double, items: [PageItem])

  func lines(of spans: [Typesetter.Span], width: Double) -> [SetLine] {
    // Widths were measured at another size; the last thousandth is rounding.
    blocks.typesetter.text.lines(of: spans.map(\.text), width: width + 0.05).map { line in
      (
        line.width,
        blocks.typesetter.items(of: line, spans, at: Position(x: 0, y: 0), style, lineHeight)
      )
    }
  }

  var lineHeight: Double { 1.3 * grid.size }

  func rule(at y: Double, thickness: Double, _ color: Color = PageStyle.ink) -> PageItem {
    .box(Rectangle(x: 0, y: y, width: grid.width, height: thickness), color)
  }

  // MARK: Rows

  private var rows: [Piece] {
    let label = Prose("\(blocks.typesetter.numbering.label(of: .table(table.id))), continued.")
    let again =
      blocks.typesetter.plainLines(of: label, PageStyle.small, width: blocks.width) + [headings]
    return groups.flatMap { group in
      let rows = group.map { index in
        pieces(of: table.rows[index], isLast: index == table.rows.count - 1).map { piece in
          var piece = piece
          piece.head = again
          return piece
        }
      }
      guard group.count <= Self.unbrokenRows else { return rows.flatMap(\.self) }
      return rows.dropLast().flatMap { $0.kept(withNext: true) } + (rows.last ?? [])
    }
  }

  /// The rows between two rules that set apart.
  private var groups: [Range<Int>] {
    let starts = [0] + table.rows.indices.dropFirst().filter { table.rows[$0].isSetApart }
    return zip(starts, starts.dropFirst() + [table.rows.count]).map { $0..<$1 }
  }

  private func pieces(of row: Document.Table.Row, isLast: Bool) -> [Piece] {
    let cells = row.cells.enumerated().map { index, cell in
      lines(of: cell, column: index)
    }
    let count = max(1, cells.map(\.count).max() ?? 1)
    let pad = 0.22 * grid.size
    var slices = (0..<count).map { line in
      Piece(height: lineHeight, items: cells.flatMap { line < $0.count ? $0[line] : [] })
    }
    if count <= Self.unbrokenLines { slices = [Piece.joined(slices)] }
    slices = slices.enumerated().map { index, slice in
      var slice = slice
      let (isFirst, isEnd) = (index == 0, index == slices.count - 1)
      let top = isFirst ? pad : 0
      slice.items = slice.items.map { $0.moved(by: Position(x: 0, y: top)) }
      slice.height += top + (isEnd ? pad : 0)
      if isFirst, row.isSetApart { slice.items.append(rule(at: 0, thickness: 0.5)) }
      if isEnd {
        slice.items.append(
          isLast
            ? rule(at: slice.height - 0.8, thickness: 0.8)
            : rule(at: slice.height - 0.3, thickness: 0.3, PageStyle.line))
      }
      return slice.tagged(.tableRow)
    }
    return slices.count > 1 ? slices.keptInPairs() : slices
  }

  private func lines(of cell: Document.Table.Cell, column: Int) -> [[PageItem]] {
    let (start, width) = (grid.starts[column], grid.widths[column])
    let content = TableCell(
      cell, of: table, kind: table.columns[column].kind, style, blocks.typesetter)
    switch content {
    case .text(let spans):
      return lines(of: spans, width: width).map { line in
        line.items.map { $0.moved(by: Position(x: start, y: 0)) }
      }
    case .sign(let spans):
      return lines(of: spans, width: width).map { line in
        let left = start + width - grid.measures[column].deviation - line.width
        return line.items.map { $0.moved(by: Position(x: max(start, left), y: 0)) }
      }
    case .number(let whole, let fraction, let deviation, let style):
      let measure = grid.measures[column]
      let point = start + width - measure.deviation - measure.fraction
      let text = blocks.typesetter.text
      let baseline = Typesetter.baseline(style, lineHeight)
      let places = [
        (whole, point - text.width(of: whole, style)), (fraction, point),
        (deviation, point + measure.fraction),
      ]
      return [
        places.filter { !$0.0.isEmpty }.map {
          .text($0.0, style, at: Position(x: $0.1, y: baseline))
        }
      ]
    }
  }

  // MARK: Remarks

  private var notes: [Piece] {
    let typesetter = blocks.typesetter
    let reasons = table.reasons.map { reason in
      [typesetter.raised(table.mark(of: reason), PageStyle.note)]
        + typesetter.spans(of: Prose(" \(reason)"), PageStyle.note)
    }
    let remarks = table.notes.map {
      typesetter.spans(of: $0.withNotesInBrackets, PageStyle.note)
    }
    return (remarks + reasons).flatMap {
      typesetter.lines(of: $0, PageStyle.note, width: blocks.width).below(3)
    }
  }
}

extension Piece {
  fileprivate var keptWithNext: Piece {
    var piece = self
    piece.isKeptWithNext = true
    return piece
  }
}
