/// A coloured cell of a matrix, with lines of text that read on its colour.
public struct Cell: Mark {
  let column: Int
  let row: Int
  let color: Color
  let lines: [String]

  /// Creates a cell at indices of two band scales.
  public init(column: Int, row: Int, color: Color, lines: [String] = []) {
    self.column = column
    self.row = row
    self.color = color
    self.lines = lines
  }

  /// Draws the cell.
  public func draw(in frame: Frame) {
    let (x, y) = (Double(column), Double(row))
    guard let first = frame.position(x - 0.5, y - 0.5), let last = frame.position(x + 0.5, y + 0.5)
    else { return }
    let box = Rectangle(first, last)
    frame.canvas.fill(Path(box), color)
    frame.canvas.stroke(Path(box), Stroke(frame.theme.background, width: 0.5))
    let size = frame.theme.smallText
    let style = TextStyle(size: size, color: color.readableInk)
    let lineHeight = 1.25 * size
    let top = box.midY - lineHeight * Double(lines.count - 1) / 2
    for (index, line) in lines.enumerated() {
      frame.canvas.draw(
        line, style, at: Position(x: box.midX, y: top + lineHeight * Double(index)),
        anchor: TextAnchor(.middle, .middle))
    }
  }
}
