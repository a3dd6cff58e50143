import Documents
import Plotting

extension TableSetter {
  /// The rules, the headings that columns share, and those of the columns.
  var headings: Piece {
    let pad = 0.3 * grid.size
    var piece = Piece(height: 0.8 + pad, items: [rule(at: 0, thickness: 0.8)], gap: 3)
    for line in [groups, titles] where line.height > 0 {
      piece.items += line.items.map { $0.moved(by: Position(x: 0, y: piece.height)) }
      piece.height += line.height
    }
    piece.items.append(rule(at: piece.height + pad / 2, thickness: 0.5))
    piece.height += pad
    return piece.tagged(.tableRow)
  }

  /// The headings that columns share, each with a rule below.
  private var groups: Piece {
    let groups = table.columnGroups.compactMap { group in
      group.title.map { (title: $0, columns: group.columns) }
    }
    let set = groups.map { group in
      let start = grid.starts[group.columns.lowerBound]
      let last = group.columns.upperBound - 1
      let width = grid.starts[last] + grid.widths[last] - start
      return (lines: lines(group.title, width: width), start: start, width: width)
    }
    let count = set.map(\.lines.count).max() ?? 0
    guard count > 0 else { return Piece(height: 0, items: []) }
    let height = Double(count) * lineHeight
    let items = set.flatMap { group -> [PageItem] in
      let texts = place(group.lines, from: count - group.lines.count) { line in
        group.start + (group.width - line.width) / 2
      }
      return texts + [
        .box(Rectangle(x: group.start, y: height, width: group.width, height: 0.4), PageStyle.ink)
      ]
    }
    return Piece(height: height + 1.5, items: items)
  }

  private var titles: Piece {
    let set = table.columns.indices.map {
      lines(table.columns[$0].title, width: grid.widths[$0])
    }
    let count = set.map(\.count).max() ?? 0
    let items = set.enumerated().flatMap { index, lines in
      place(lines, from: count - lines.count) { line in
        grid.starts[index]
          + (table.columns[index].kind == .number ? grid.widths[index] - line.width : 0)
      }
    }
    return Piece(height: Double(count) * lineHeight, items: items)
  }

  private func lines(_ title: String, width: Double) -> [SetLine] {
    let spans = blocks.typesetter.spans(of: Prose(title), style.bold)
    return lines(of: spans, width: width)
  }

  private func place(
    _ lines: [SetLine], from first: Int, _ left: (SetLine) -> Double
  ) -> [PageItem] {
    lines.enumerated().flatMap { index, line in
      let corner = Position(x: left(line), y: Double(first + index) * lineHeight)
      return line.items.map { $0.moved(by: corner) }
    }
  }
}
