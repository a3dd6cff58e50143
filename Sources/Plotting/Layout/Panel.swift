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

  /// The text in lines that fit a width, broken at spaces, and inside a word only where the word
  /// alone is too long.
  func wrapped(_ text: String, size: Double, isBold: Bool = false, width: Double) -> [String] {
    func fits(_ line: String) -> Bool {
      self.width(line, size: size, isBold: isBold) <= width + 0.01
    }
    return text.split(separator: " ").reduce(into: [String]()) { lines, word in
      if let last = lines.last, fits("\(last) \(word)") {
        lines[lines.count - 1] = "\(last) \(word)"
      } else if fits(String(word)) {
        lines.append(String(word))
      } else {
        lines.append("")
        for letter in word {
          if lines[lines.count - 1].isEmpty || fits("\(lines[lines.count - 1])\(letter)") {
            lines[lines.count - 1].append(letter)
          } else {
            lines.append(String(letter))
          }
        }
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
