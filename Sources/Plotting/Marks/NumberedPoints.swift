/// Points with a number beside each, for more of them than there are colours; numbers keep clear of
/// the points and of each other where there is room.
public struct NumberedPoints: Mark {
  /// One of the points.
  public struct Item: Sendable {
    let x: Double
    let y: Double
    let number: Int
    let ink: Ink
    let marker: Marker
    let isFilled: Bool

    /// Creates a point.
    public init(
      x: Double, y: Double, number: Int, ink: Ink, marker: Marker, isFilled: Bool = true
    ) {
      self.x = x
      self.y = y
      self.number = number
      self.ink = ink
      self.marker = marker
      self.isFilled = isFilled
    }
  }

  private static let radius = 2.4
  /// Where a number may stand, the best place first: above its point and to its left, where a line
  /// of steps through the points leaves room; beside it, then farther off, all round.
  private static let places: [(x: Double, y: Double)] = (1...10).flatMap { distance in
    let half = [
      (0.0, -1.0), (-0.8, -0.8), (-1.0, 0.0), (0.8, -0.8), (0.4, -0.95), (-0.4, -0.95),
      (0.95, -0.4), (-0.95, -0.4),
    ]
    return (half + half.map { (-$0.0, -$0.1) }).map {
      ($0.0 * Double(distance), $0.1 * Double(distance))
    }
  }

  let items: [Item]

  /// Creates the points.
  public init(_ items: [Item]) { self.items = items }

  /// Drawn whole at the edge of the frame.
  public var isClipped: Bool { false }

  /// Draws the points, then their numbers.
  public func draw(in frame: Frame) {
    let seen = items.compactMap { item in
      frame.visiblePosition(item.x, item.y).map { (item: item, center: $0) }
    }
    for (item, center) in seen {
      Point.draw(
        at: center, Self.radius, ink: item.ink, marker: item.marker, isFilled: item.isFilled,
        theme: frame.theme, on: frame.canvas)
    }
    var taken = seen.map { Self.box(about: $0.center, width: 5, height: 5) }
    for (item, center) in seen {
      let box = Self.place(
        of: Self.size(of: item.number, in: frame), beside: center, keepingClearOf: taken,
        within: frame.area)
      taken.append(box)
      draw(item.number, in: box, from: center, frame)
    }
  }

  private func draw(_ number: Int, in box: Rectangle, from center: Position, _ frame: Frame) {
    let middle = Position(x: box.midX, y: box.midY)
    let reach = max((middle.x - center.x).magnitude, (middle.y - center.y).magnitude)
    if reach > 1.5 * Self.step(of: box) {
      frame.canvas.stroke(
        Path(through: [center, middle]), frame.stroke(.muted, .thin, isSolid: true))
      frame.canvas.fill(Path(box), frame.theme.background)
    }
    frame.canvas.draw(
      "\(number)", TextStyle(size: frame.theme.smallText, color: frame.theme.foreground),
      at: middle, anchor: TextAnchor(.middle, .middle))
  }

  private static func size(of number: Int, in frame: Frame) -> Size {
    let size = frame.theme.smallText
    return Size(
      width: frame.canvas.measurer.width(of: "\(number)", size: size, isBold: false) + 1,
      height: size)
  }

  /// The first place that touches nothing and lies inside the frame, else the first of all.
  private static func place(
    of size: Size, beside center: Position, keepingClearOf taken: [Rectangle],
    within area: Rectangle
  ) -> Rectangle {
    let step = Self.step(of: Rectangle(x: 0, y: 0, width: size.width, height: size.height))
    let boxes = places.map { place in
      box(
        about: Position(x: center.x + place.x * step, y: center.y + place.y * step),
        width: size.width, height: size.height)
    }
    return boxes.first { box in
      area.contains(box) && !taken.contains { $0.overlaps(box) }
    } ?? boxes[0]
  }

  /// How far a number's middle is from that of its point.
  private static func step(of box: Rectangle) -> Double {
    radius + 1.5 + max(box.width, 0.8 * box.height) / 2
  }

  private static func box(about center: Position, width: Double, height: Double) -> Rectangle {
    Rectangle(x: center.x - width / 2, y: center.y - height / 2, width: width, height: height)
  }
}
