/// Something that shows data inside the frame of a chart.
public protocol Mark: Sendable {
  /// Draws the mark.
  func draw(in frame: Frame)
  /// What a legend says about the mark; nothing if it carries no label.
  var legend: LegendEntry? { get }
  /// Whether the mark ends at the frame; one that does not is drawn whole, over those that do.
  var isClipped: Bool { get }
}

extension Mark {
  /// No entry.
  public var legend: LegendEntry? { nil }
  /// Ends at the frame.
  public var isClipped: Bool { true }
}

/// Where a chart's marks are drawn, and how their values become places.
public struct Frame {
  /// The canvas.
  public let canvas: any Canvas
  /// The area between the axes.
  public let area: Rectangle
  /// The horizontal scale.
  public let x: any Scale
  /// The vertical scale; its start is at the bottom, or at the top if the axis runs downwards.
  public let y: any Scale
  /// Whether the vertical axis runs downwards.
  public let isYDownward: Bool
  /// The look.
  public let theme: Theme

  /// The horizontal place of a value, `nil` where the scale has none for it.
  public func horizontal(_ value: Double) -> Double? {
    x.fraction(value).map { area.minX + $0 * area.width }
  }

  /// The vertical place of a value, `nil` where the scale has none for it.
  public func vertical(_ value: Double) -> Double? {
    y.fraction(value).map {
      isYDownward ? area.minY + $0 * area.height : area.maxY - $0 * area.height
    }
  }

  /// The place of a pair of values, `nil` where the scales have none for it.
  public func position(_ x: Double, _ y: Double) -> Position? {
    guard let x = horizontal(x), let y = vertical(y) else { return nil }
    return Position(x: x, y: y)
  }

  /// The place of a pair of values that lies inside the frame or on its edge, else `nil`.
  func visiblePosition(_ x: Double, _ y: Double) -> Position? {
    guard let position = position(x, y),
      area.inset(by: -0.01).contains(Rectangle(position, position))
    else { return nil }
    return position
  }

  /// The pieces of a line through pairs of values; pairs without a place break it.
  func pieces(_ xs: [Double], _ ys: [Double]) -> [[Position]] {
    var pieces: [[Position]] = [[]]
    for (x, y) in zip(xs, ys) {
      if let position = position(x, y) {
        pieces[pieces.count - 1].append(position)
      } else if pieces.last?.isEmpty == false {
        pieces.append([])
      }
    }
    return pieces.filter { !$0.isEmpty }
  }

  /// A pen for a line in an ink; series bring their dash unless the line is to be solid.
  func stroke(
    _ ink: Ink, _ weight: LineWeight, opacity: Double = 1, isSolid: Bool = false,
    dash: [Double]? = nil
  ) -> Stroke {
    let width = theme.lineWidth * weight.rawValue
    var pattern = dash ?? []
    if dash == nil, !isSolid, case .series(let index) = ink { pattern = theme.series(index).dash }
    return Stroke(
      theme.color(ink).opacity(opacity), width: width,
      dash: pattern.map { $0 * max(width, theme.lineWidth) })
  }
}

/// Lists marks; loops and conditions are allowed.
@resultBuilder public enum MarkBuilder {
  /// One mark.
  public static func buildExpression(_ mark: any Mark) -> [any Mark] { [mark] }
  /// Several marks.
  public static func buildExpression(_ marks: [any Mark]) -> [any Mark] { marks }
  /// One after the other.
  public static func buildBlock(_ parts: [any Mark]...) -> [any Mark] { parts.flatMap { $0 } }
  /// A loop.
  public static func buildArray(_ parts: [[any Mark]]) -> [any Mark] { parts.flatMap { $0 } }
  /// A condition without an alternative.
  public static func buildOptional(_ part: [any Mark]?) -> [any Mark] { part ?? [] }
  /// The first alternative.
  public static func buildEither(first part: [any Mark]) -> [any Mark] { part }
  /// The second alternative.
  public static func buildEither(second part: [any Mark]) -> [any Mark] { part }
}
