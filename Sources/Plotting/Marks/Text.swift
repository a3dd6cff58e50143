/// Words or a number beside a pair of values.
public struct Text: Mark {
  let text: String
  let x: Double
  let y: Double
  let anchor: TextAnchor
  let offset: Size
  let ink: Ink
  let isBold: Bool

  /// Creates a text at a pair of values, moved by `offset` points.
  public init(
    _ text: String, x: Double, y: Double, anchor: TextAnchor = TextAnchor(.middle, .middle),
    offset: Size = Size(width: 0, height: 0), ink: Ink = .foreground, isBold: Bool = false
  ) {
    self.text = text
    self.x = x
    self.y = y
    self.anchor = anchor
    self.offset = offset
    self.ink = ink
    self.isBold = isBold
  }

  /// Drawn whole.
  public var isClipped: Bool { false }

  /// Draws the text.
  public func draw(in frame: Frame) {
    guard let place = frame.visiblePosition(x, y) else { return }
    frame.canvas.draw(
      text,
      TextStyle(size: frame.theme.smallText, isBold: isBold, color: frame.theme.color(ink)),
      at: Position(x: place.x + offset.width, y: place.y + offset.height), anchor: anchor)
  }
}
