/// Writes the calls down instead of drawing, for tests: stabler than pixels.
public final class RecordingCanvas: Canvas {
  /// A line of text that was drawn.
  public struct RecordedText: Sendable, Equatable {
    /// The characters.
    public let text: String
    /// Size in points.
    public let size: Double
    /// The area it covers.
    public let box: Rectangle
    /// The group it stands in, outermost first.
    public let groups: [String]
  }

  /// A line that was drawn.
  public struct RecordedStroke: Sendable, Equatable {
    /// The outline.
    public let path: Path
    /// The pen.
    public let stroke: Stroke
    /// The group it stands in, outermost first.
    public let groups: [String]
  }

  /// Width and height in points.
  public let size: Size
  /// Measures the text.
  public let measurer: any TextMeasurer
  /// One line a call, two decimals a coordinate.
  public private(set) var log: [String] = []
  /// The texts, in drawing order.
  public private(set) var texts: [RecordedText] = []
  /// The lines, in drawing order.
  public private(set) var strokes: [RecordedStroke] = []
  private var groups: [String] = []

  /// Creates a canvas of a size in points.
  public init(size: Size, measurer: any TextMeasurer = UniformTextMeasurer()) {
    self.size = size
    self.measurer = measurer
  }

  /// Writes a filled path down.
  public func fill(_ path: Path, _ color: Color) {
    guard !path.isEmpty, path.isFinite else { return }
    write("fill \(color.hexadecimal) \(Self.text(path))")
  }

  /// Writes a line down.
  public func stroke(_ path: Path, _ stroke: Stroke) {
    guard !path.isEmpty, path.isFinite else { return }
    let dash =
      stroke.dash.isEmpty
      ? "" : " dash " + stroke.dash.map(NumberText.shortest).joined(separator: ",")
    write(
      "stroke \(stroke.color.hexadecimal) \(NumberText.shortest(stroke.width))\(dash) "
        + Self.text(path))
    strokes.append(RecordedStroke(path: path, stroke: stroke, groups: groups))
  }

  /// Writes a line of text down.
  public func draw(
    _ text: String, _ style: TextStyle, at position: Position, anchor: TextAnchor,
    direction: TextDirection
  ) {
    guard !text.isEmpty, position.isFinite else { return }
    let width = measurer.width(of: text, size: style.size, isBold: style.isBold)
    let placement = TextPlacement(
      width: width, size: style.size, at: position, anchor: anchor, direction: direction)
    write(
      "text \(style.color.hexadecimal) \(NumberText.shortest(style.size))"
        + (style.isBold ? " bold" : "") + (direction == .upward ? " upward" : "")
        + " \(Self.text(placement.origin)) \(text)")
    texts.append(
      RecordedText(text: text, size: style.size, box: placement.box, groups: groups))
  }

  /// Writes a group down.
  public func group(_ name: String, clippedTo clip: Rectangle?, _ content: () -> Void) {
    write("group \(name)" + (clip.map { " clip \(Self.text(Path($0)))" } ?? ""))
    groups.append(name)
    content()
    groups.removeLast()
    write("end")
  }

  private func write(_ line: String) {
    log.append(String(repeating: "  ", count: groups.count) + line)
  }

  private static func text(_ position: Position) -> String {
    NumberText.fixed(position.x, decimals: 2) + "," + NumberText.fixed(position.y, decimals: 2)
  }

  private static func text(_ path: Path) -> String {
    path.elements.map { element in
      switch element {
      case .move(let end): "M \(text(end))"
      case .line(let end): "L \(text(end))"
      case .curve(let first, let second, let end):
        "C \(text(first)) \(text(second)) \(text(end))"
      case .close: "Z"
      }
    }.joined(separator: " ")
  }
}
