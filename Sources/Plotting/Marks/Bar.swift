/// A bar from a base to a value.
public struct Bar: Mark {
  /// Which way the bar grows.
  public enum Orientation: Sendable { case horizontal, vertical }
  /// How the bar is filled: the second cue beside its colour.
  public enum Filling: Sendable {
    /// With the colour.
    case solid
    /// With a paler tone and diagonal lines.
    case hatched
  }

  let position: Double
  let thickness: Double
  let base: Double
  let value: Double
  let orientation: Orientation
  let ink: Ink
  let filling: Filling
  let label: String?

  /// Creates a bar; `position` and `thickness` are values across it, on a band scale parts of a
  /// band.
  public init(
    at position: Double, thickness: Double, from base: Double, to value: Double,
    orientation: Orientation, ink: Ink, filling: Filling = .solid, label: String? = nil
  ) {
    self.position = position
    self.thickness = thickness
    self.base = base
    self.value = value
    self.orientation = orientation
    self.ink = ink
    self.filling = filling
    self.label = label
  }

  /// Draws the bar.
  public func draw(in frame: Frame) {
    let (low, high) = (position - thickness / 2, position + thickness / 2)
    let corners =
      orientation == .horizontal
      ? (frame.position(base, low), frame.position(value, high))
      : (frame.position(low, base), frame.position(high, value))
    guard let first = corners.0, let second = corners.1 else { return }
    Self.draw(
      Rectangle(first, second), frame.theme.color(ink), filling, on: frame.canvas)
  }

  /// The label beside a patch like the bar.
  public var legend: LegendEntry? { label.map { LegendEntry($0, .bar(ink, filling)) } }

  static func draw(
    _ box: Rectangle, _ color: Color, _ filling: Filling, on canvas: any Canvas
  ) {
    guard box.width > 0, box.height > 0 else { return }
    switch filling {
    case .solid:
      canvas.fill(Path(box), color)
    case .hatched:
      canvas.fill(Path(box), color.opacity(0.2))
      canvas.group("hatching", clippedTo: box) {
        canvas.stroke(hatching(box), Stroke(color, width: 0.6))
      }
      canvas.stroke(Path(box.inset(by: 0.3)), Stroke(color, width: 0.6))
    }
  }

  /// Diagonals, three points apart.
  private static func hatching(_ box: Rectangle) -> Path {
    var path = Path()
    for start in stride(from: box.minX - box.height, to: box.maxX, by: 3) {
      path.appendLine(
        from: Position(x: start, y: box.maxY), to: Position(x: start + box.height, y: box.minY))
    }
    return path
  }
}
