/// Size, weight and colour of a line of text in DejaVu Sans.
public struct TextStyle: Sendable, Equatable {
  /// Size in points.
  public var size: Double
  /// Whether bold.
  public var isBold: Bool
  /// Whether it leans, as stressed words do.
  public var isSlanted = false
  /// Whether all characters are equally wide (DejaVu Sans Mono), as in names of the program.
  public var isMonospaced = false
  /// Colour.
  public var color: Color

  /// Creates a style.
  public init(size: Double, isBold: Bool = false, color: Color) {
    self.size = size
    self.isBold = isBold
    self.color = color
  }
}

/// Which part of a line of text stands at the position given for it.
public struct TextAnchor: Sendable, Equatable {
  /// A place along the line.
  public enum Horizontal: Sendable { case start, middle, end }
  /// A place across the line; `middle` is half the height of a capital letter.
  public enum Vertical: Sendable { case top, middle, baseline, bottom }

  /// Place along the line.
  public var horizontal: Horizontal
  /// Place across the line.
  public var vertical: Vertical

  /// Creates an anchor.
  public init(_ horizontal: Horizontal, _ vertical: Vertical) {
    self.horizontal = horizontal
    self.vertical = vertical
  }
}

/// The direction that a line of text runs in.
public enum TextDirection: String, Sendable {
  /// From left to right.
  case horizontal
  /// From bottom to top, turned a quarter to the left.
  case upward
}

/// Knows how wide a line of text is.
public protocol TextMeasurer: AnyObject {
  /// Width of one line in points.
  func width(of text: String, size: Double, isBold: Bool) -> Double
}

/// Measures every character as six tenths of the size: text extents that no library can change,
/// for recorded drawings that are compared with stored ones.
public final class UniformTextMeasurer: TextMeasurer {
  /// Creates a measurer.
  public init() {}

  /// Width of one line in points.
  public func width(of text: String, size: Double, isBold: Bool) -> Double {
    0.6 * size * Double(text.count)
  }
}

/// Vertical measures of the type face in parts of its size.
enum TypeFaceMetrics {
  /// Height of a capital letter and of a digit in DejaVu Sans (1493 of 2048 units).
  static let capitalHeight = 0.729
  /// Above the baseline, brackets and ascenders counted, accented capitals not.
  static let ascent = 0.76
  /// Below the baseline.
  static let descent = 0.24
}

/// Where one line of text comes to stand.
struct TextPlacement {
  /// Start of the baseline.
  let origin: Position
  /// The area that the line covers.
  let box: Rectangle

  init(
    width: Double, size: Double, at position: Position, anchor: TextAnchor,
    direction: TextDirection
  ) {
    let along =
      switch anchor.horizontal {
      case .start: 0.0
      case .middle: -width / 2
      case .end: -width
      }
    let across =
      switch anchor.vertical {
      case .top: size * TypeFaceMetrics.ascent
      case .middle: size * TypeFaceMetrics.capitalHeight / 2
      case .baseline: 0.0
      case .bottom: -size * TypeFaceMetrics.descent
      }
    let (up, down) = (size * TypeFaceMetrics.ascent, size * TypeFaceMetrics.descent)
    switch direction {
    case .horizontal:
      origin = Position(x: position.x + along, y: position.y + across)
      box = Rectangle(x: origin.x, y: origin.y - up, width: width, height: up + down)
    case .upward:
      origin = Position(x: position.x + across, y: position.y - along)
      box = Rectangle(x: origin.x - up, y: origin.y - width, width: up + down, height: width)
    }
  }
}
