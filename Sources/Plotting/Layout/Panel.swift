/// What a layout is computed from: the look, and how wide words are.
public struct LayoutContext {
  /// The look.
  public let theme: Theme
  /// Measures text.
  public let measurer: any TextMeasurer

  /// Creates a context.
  public init(theme: Theme, measurer: any TextMeasurer) {
    self.theme = theme
    self.measurer = measurer
  }

  /// Width of one line in points.
  func width(_ text: String, size: Double, isBold: Bool = false) -> Double {
    measurer.width(of: text, size: size, isBold: isBold)
  }

  /// The text in lines that fit a width, broken at spaces; a word that does not fit stands alone.
  func wrapped(_ text: String, size: Double, isBold: Bool = false, width: Double) -> [String] {
    text.split(separator: " ").reduce(into: [String]()) { lines, word in
      let joined = lines.last.map { "\($0) \(word)" }
      if let joined, self.width(joined, size: size, isBold: isBold) <= width + 0.01 {
        lines[lines.count - 1] = joined
      } else {
        lines.append(String(word))
      }
    }
  }
}

/// A picture with a frame and what stands around it: one cell of a grid.
public protocol Panel: Sendable {
  /// Room that is needed left and right of the frame, in points.
  func sideRoom(_ context: LayoutContext) -> (left: Double, right: Double)
  /// Room that is needed above and below a frame of a width, in points.
  func endRoom(_ context: LayoutContext, width: Double) -> (top: Double, bottom: Double)
  /// Height of the frame for a width, in points.
  func height(width: Double) -> Double
  /// Draws the panel about its frame.
  func draw(on canvas: any Canvas, frame: Rectangle, theme: Theme)
}
