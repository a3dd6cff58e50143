/// A point, with an interval where there is one.
public struct Point: Mark {
  let x: Double
  let y: Double
  let interval: ClosedRange<Double>?
  let ink: Ink
  let marker: Marker?
  let isFilled: Bool
  let radius: Double
  let label: String?

  /// Creates a point; the interval runs along x, the marker is the series' own unless one is given,
  /// the radius is in points.
  public init(
    x: Double, y: Double, interval: ClosedRange<Double>? = nil, ink: Ink, marker: Marker? = nil,
    isFilled: Bool = true, radius: Double = 2.4, label: String? = nil
  ) {
    self.x = x
    self.y = y
    self.interval = interval
    self.ink = ink
    self.marker = marker
    self.isFilled = isFilled
    self.radius = radius
    self.label = label
  }

  /// Drawn whole at the edge of the frame.
  public var isClipped: Bool { false }

  /// Draws the interval and the point over it.
  public func draw(in frame: Frame) {
    if let interval, let start = frame.position(interval.lowerBound, y),
      let end = frame.position(interval.upperBound, y)
    {
      frame.canvas.group("interval", clippedTo: frame.area.inset(by: -1)) {
        frame.canvas.stroke(
          Self.whiskers(from: start, to: end), frame.stroke(ink, .regular, isSolid: true))
      }
    }
    guard let center = frame.visiblePosition(x, y) else { return }
    Self.draw(
      at: center, radius, ink: ink, marker: marker, isFilled: isFilled, theme: frame.theme,
      on: frame.canvas)
  }

  /// The label beside the marker.
  public var legend: LegendEntry? {
    label.map { LegendEntry($0, .point(ink, marker, isFilled: isFilled)) }
  }

  private static func whiskers(from start: Position, to end: Position) -> Path {
    var path = Path(through: [start, end])
    for place in [start, end] {
      path.appendLine(
        from: Position(x: place.x, y: place.y - 2), to: Position(x: place.x, y: place.y + 2))
    }
    return path
  }

  static func draw(
    at center: Position, _ radius: Double, ink: Ink, marker: Marker?, isFilled: Bool,
    theme: Theme, on canvas: any Canvas
  ) {
    var shape = marker ?? .circle
    if marker == nil, case .series(let index) = ink { shape = theme.series(index).marker }
    let outline = shape.path(at: center, radius: radius)
    let color = theme.color(ink)
    if !shape.isOutlineOnly { canvas.fill(outline, isFilled ? color : theme.background) }
    if shape.isOutlineOnly || !isFilled { canvas.stroke(outline, Stroke(color, width: 1)) }
  }
}
