/// A line through pairs of values.
public struct Line: Mark {
  let x: [Double]
  let y: [Double]
  let ink: Ink
  let weight: LineWeight
  let opacity: Double
  let isSolid: Bool
  let label: String?

  /// Creates a line; values that have no place break it.
  public init(
    x: [Double], y: [Double], ink: Ink, weight: LineWeight = .regular, opacity: Double = 1,
    isSolid: Bool = false, label: String? = nil
  ) {
    precondition(x.count == y.count, "a line of \(x.count) x and \(y.count) y values")
    self.x = x
    self.y = y
    self.ink = ink
    self.weight = weight
    self.opacity = opacity
    self.isSolid = isSolid
    self.label = label
  }

  /// Draws the line.
  public func draw(in frame: Frame) {
    let stroke = frame.stroke(ink, weight, opacity: opacity, isSolid: isSolid)
    for piece in frame.pieces(x, y) {
      if piece.count == 1 {
        // A line has no length here; its one value is to be seen all the same.
        frame.canvas.fill(Path(circleAt: piece[0], radius: stroke.width), stroke.color)
      } else {
        frame.canvas.stroke(Path(through: piece), stroke)
      }
    }
  }

  /// The label beside a piece of the line.
  public var legend: LegendEntry? {
    label.map { LegendEntry($0, .line(ink, weight, isSolid: isSolid)) }
  }
}
