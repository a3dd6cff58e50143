/// An outline of straight lines and Bézier curves, in points.
public struct Path: Sendable, Equatable {
  /// One step of an outline.
  public enum Element: Sendable, Equatable {
    /// Starts a new part.
    case move(Position)
    /// A straight line.
    case line(Position)
    /// A cubic Bézier curve with two control points and its end.
    case curve(Position, Position, Position)
    /// Closes the part.
    case close
  }

  /// The steps, in order.
  public private(set) var elements: [Element] = []

  /// Creates an empty path.
  public init() {}

  /// Creates a line through the positions.
  public init(through positions: some Sequence<Position>, closed: Bool = false) {
    for position in positions {
      elements.append(elements.isEmpty ? .move(position) : .line(position))
    }
    if closed, !elements.isEmpty { elements.append(.close) }
  }

  /// Creates the outline of a rectangle.
  public init(_ rectangle: Rectangle) {
    self.init(
      through: [
        Position(x: rectangle.minX, y: rectangle.minY),
        Position(x: rectangle.maxX, y: rectangle.minY),
        Position(x: rectangle.maxX, y: rectangle.maxY),
        Position(x: rectangle.minX, y: rectangle.maxY),
      ], closed: true)
  }

  /// Creates a circle of four Bézier curves; the control points stand 4(√2 − 1)/3 radii off, where
  /// the curve leaves the circle by at most .03 % of the radius.
  public init(circleAt center: Position, radius: Double) {
    let handle = 0.5522847498307936 * radius
    func at(_ x: Double, _ y: Double) -> Position { Position(x: center.x + x, y: center.y + y) }
    elements = [
      .move(at(radius, 0)),
      .curve(at(radius, handle), at(handle, radius), at(0, radius)),
      .curve(at(-handle, radius), at(-radius, handle), at(-radius, 0)),
      .curve(at(-radius, -handle), at(-handle, -radius), at(0, -radius)),
      .curve(at(handle, -radius), at(radius, -handle), at(radius, 0)),
      .close,
    ]
  }

  /// Appends another path.
  public mutating func append(_ other: Path) { elements += other.elements }

  /// Appends a part that is one straight line.
  public mutating func appendLine(from start: Position, to end: Position) {
    elements += [.move(start), .line(end)]
  }

  /// Whether there is nothing to draw.
  public var isEmpty: Bool { elements.isEmpty }

  /// Whether every coordinate is finite.
  public var isFinite: Bool {
    elements.allSatisfy { element in
      switch element {
      case .move(let end), .line(let end): end.isFinite
      case .curve(let first, let second, let end):
        first.isFinite && second.isFinite && end.isFinite
      case .close: true
      }
    }
  }
}

/// How a path is drawn as a line.
public struct Stroke: Sendable, Equatable {
  /// Colour.
  public var color: Color
  /// Width in points.
  public var width: Double
  /// Lengths of dashes and gaps, alternating, in points; empty for a solid line.
  public var dash: [Double]

  /// Creates a stroke.
  public init(_ color: Color, width: Double, dash: [Double] = []) {
    self.color = color
    self.width = width
    self.dash = dash
  }
}
