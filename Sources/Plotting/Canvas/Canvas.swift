/// Something to draw on: the only way from a figure to a picture.
///
/// All lengths are points (1/72 inch), the origin is the upper left corner. Drawing cannot fail
/// call by call: a canvas that writes a file keeps its first error and throws it when it is
/// finished. Paths with coordinates that are not finite are left out.
public protocol Canvas: AnyObject {
  /// Width and height in points.
  var size: Size { get }
  /// Measures text as this canvas draws it.
  var measurer: any TextMeasurer { get }
  /// Fills the inside of a path.
  func fill(_ path: Path, _ color: Color)
  /// Draws a path as a line.
  func stroke(_ path: Path, _ stroke: Stroke)
  /// Draws one line of text.
  func draw(
    _ text: String, _ style: TextStyle, at position: Position, anchor: TextAnchor,
    direction: TextDirection)
  /// Draws a named group whose content is cut at a rectangle, if one is given.
  func group(_ name: String, clippedTo clip: Rectangle?, _ content: () -> Void)
}

extension Canvas {
  /// Draws one line of text from left to right.
  public func draw(
    _ text: String, _ style: TextStyle, at position: Position, anchor: TextAnchor
  ) {
    draw(text, style, at: position, anchor: anchor, direction: .horizontal)
  }

  /// Draws a named group.
  public func group(_ name: String, _ content: () -> Void) {
    group(name, clippedTo: nil, content)
  }
}
