/// A place on a sheet, in points (1/72 inch) from its upper left corner; y grows downwards.
public struct Position: Sendable, Equatable {
  /// Points from the left edge.
  public var x: Double
  /// Points from the upper edge.
  public var y: Double

  /// Creates a position.
  public init(x: Double, y: Double) {
    self.x = x
    self.y = y
  }

  /// Whether both coordinates are finite.
  public var isFinite: Bool { x.isFinite && y.isFinite }
}

/// Width and height, in points.
public struct Size: Sendable, Equatable {
  /// Width in points.
  public var width: Double
  /// Height in points.
  public var height: Double

  /// Creates a size.
  public init(width: Double, height: Double) {
    self.width = width
    self.height = height
  }
}

/// An upright rectangle, in points.
public struct Rectangle: Sendable, Equatable {
  /// The left edge.
  public var minX: Double
  /// The upper edge.
  public var minY: Double
  /// Width, not negative.
  public var width: Double
  /// Height, not negative.
  public var height: Double

  /// Creates a rectangle from its upper left corner and its size.
  public init(x: Double, y: Double, width: Double, height: Double) {
    minX = x
    minY = y
    self.width = width
    self.height = height
  }

  /// Creates the rectangle between two opposite corners.
  public init(_ first: Position, _ second: Position) {
    self.init(
      x: min(first.x, second.x), y: min(first.y, second.y),
      width: (second.x - first.x).magnitude, height: (second.y - first.y).magnitude)
  }

  /// The right edge.
  public var maxX: Double { minX + width }
  /// The lower edge.
  public var maxY: Double { minY + height }
  /// The horizontal centre.
  public var midX: Double { minX + width / 2 }
  /// The vertical centre.
  public var midY: Double { minY + height / 2 }

  /// The rectangle made smaller on all four sides, or larger by a negative margin.
  public func inset(by margin: Double) -> Rectangle {
    Rectangle(
      x: minX + margin, y: minY + margin, width: max(0, width - 2 * margin),
      height: max(0, height - 2 * margin))
  }

  /// Whether the two rectangles have an area in common.
  public func overlaps(_ other: Rectangle) -> Bool {
    minX < other.maxX && other.minX < maxX && minY < other.maxY && other.minY < maxY
  }

  /// Whether the other rectangle lies inside this one.
  public func contains(_ other: Rectangle) -> Bool {
    minX <= other.minX && minY <= other.minY && maxX >= other.maxX && maxY >= other.maxY
  }

  /// The part that both rectangles cover; empty if there is none.
  public func intersection(_ other: Rectangle) -> Rectangle {
    let (left, top) = (max(minX, other.minX), max(minY, other.minY))
    return Rectangle(
      x: left, y: top, width: max(0, min(maxX, other.maxX) - left),
      height: max(0, min(maxY, other.maxY) - top))
  }
}

/// Lengths of the trade, in points.
public enum Length {
  /// Points in a number of inches.
  public static func inches(_ count: Double) -> Double { count * 72 }
  /// Points in a number of millimetres.
  public static func millimetres(_ count: Double) -> Double { count * 72 / 25.4 }
}
