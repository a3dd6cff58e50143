import Plotting

/// Measures and colours of the pages, in points: A4, as wide a text as a full-width figure, which
/// therefore stands at its natural size.
enum PageStyle {
  static let page = Size(width: 595.28, height: 841.89)
  /// What text, tables and figures have to stay within.
  static let frame = Rectangle(
    x: (page.width - Sheet.Width.full.points) / 2, y: 48, width: Sheet.Width.full.points,
    height: page.height - 48 - 60)
  /// Baseline of the page's number.
  static let footer = page.height - 34

  static let ink = Color(hex: 0x1A1A1A)
  static let quiet = Color(hex: 0x595959)
  static let line = Color(hex: 0xC4C8CC)
  static let linkInk = Color(hex: 0x0B57A4)

  static let body = TextStyle(size: 9.5, color: ink)
  static let contents = TextStyle(size: 9, color: ink)
  static let caption = TextStyle(size: 8, color: ink)
  static let note = TextStyle(size: 7.5, color: ink)
  static let small = TextStyle(size: 7.5, color: quiet)
  static let title = TextStyle(size: 22, isBold: true, color: ink)

  /// From one baseline to the next, in parts of the size.
  static let leading = 1.42
  static let paragraphGap = 5.5
  static let figureGap = 12.0

  /// The style of a heading; the first level is 1.
  static func heading(_ level: Int) -> TextStyle {
    TextStyle(size: [15, 11.5, 10][min(level, 3) - 1], isBold: true, color: ink)
  }

  /// The gap above a heading.
  static func headingGap(_ level: Int) -> Double { [22, 15, 11][min(level, 3) - 1] }
}

extension TextStyle {
  /// The style in bold.
  var bold: TextStyle {
    var style = self
    style.isBold = true
    return style
  }
}
