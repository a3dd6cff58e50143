/// One line of a legend.
public struct LegendEntry: Sendable, Equatable {
  /// The sample of the mark that stands before the label.
  public enum Swatch: Sendable, Equatable {
    /// Nothing: the entry is a heading.
    case heading
    /// A piece of a data line.
    case line(Ink, LineWeight, isSolid: Bool)
    /// A piece of a rule.
    case rule(Ink, LineWeight, dash: [Double])
    /// A patch of an area.
    case patch(Ink, opacity: Double)
    /// A patch of a bar.
    case bar(Ink, Bar.Filling)
    /// A point.
    case point(Ink, Marker?, isFilled: Bool)
  }

  /// The words.
  public let label: String
  /// The sample.
  public let swatch: Swatch

  /// Creates an entry.
  public init(_ label: String, _ swatch: Swatch) {
    self.label = label
    self.swatch = swatch
  }
}

/// A legend in one row where its width takes it, else in as many equal columns as fit; entries too
/// long for the width are wrapped.
struct Legend {
  private static let swatchWidth = 16.0
  private static let swatchGap = 3.5
  private static let columnGap = 12.0

  private struct Item {
    let entry: LegendEntry
    let lines: [String]
  }

  private let items: [Item]
  /// Where each column starts.
  private let starts: [Double]
  private let theme: Theme
  private var lineHeight: Double { 1.3 * theme.text }

  init(_ entries: [LegendEntry], width: Double, _ context: LayoutContext) {
    theme = context.theme
    let widths = entries.map {
      Self.indent($0) + context.width($0.label, size: context.theme.text)
    }
    let widest = min(widths.max() ?? 0, width)
    starts = Self.starts(of: widths, widest: widest, within: width)
    items = entries.map { entry in
      Item(
        entry: entry,
        lines: context.wrapped(
          entry.label, size: context.theme.text, width: widest - Self.indent(entry)))
    }
  }

  /// Height in points; 0 without entries.
  var height: Double { rows.reduce(0) { $0 + height(of: $1) } }

  func draw(on canvas: any Canvas, at corner: Position) {
    guard !items.isEmpty else { return }
    canvas.group("legend") {
      var y = corner.y
      for row in rows {
        for (start, item) in zip(starts, row) {
          draw(item, on: canvas, at: Position(x: corner.x + start, y: y + lineHeight / 2))
        }
        y += height(of: row)
      }
    }
  }

  private static func starts(
    of widths: [Double], widest: Double, within width: Double
  ) -> [Double] {
    let inOneRow = widths.reduce(into: [0.0]) { $0.append(($0.last ?? 0) + $1 + columnGap) }
    if let end = inOneRow.last, end <= width + columnGap { return inOneRow.dropLast() }
    let count = Int((width + columnGap) / (widest + columnGap))
    return (0..<max(1, min(count, widths.count))).map { Double($0) * (widest + columnGap) }
  }

  private var rows: [ArraySlice<Item>] {
    stride(from: 0, to: items.count, by: max(1, starts.count)).map {
      items[$0..<min($0 + starts.count, items.count)]
    }
  }

  private func height(of row: ArraySlice<Item>) -> Double {
    lineHeight * Double(row.map(\.lines.count).max() ?? 0)
  }

  private static func indent(_ entry: LegendEntry) -> Double {
    entry.swatch == .heading ? 0 : swatchWidth + swatchGap
  }

  private func draw(_ item: Item, on canvas: any Canvas, at start: Position) {
    drawSwatch(item.entry.swatch, on: canvas, at: start)
    let style = TextStyle(
      size: theme.text, isBold: false, color: theme.foreground)
    for (index, line) in item.lines.enumerated() {
      canvas.draw(
        line, style,
        at: Position(
          x: start.x + Self.indent(item.entry), y: start.y + Double(index) * lineHeight),
        anchor: TextAnchor(.start, .middle))
    }
  }

  private func drawSwatch(
    _ swatch: LegendEntry.Swatch, on canvas: any Canvas, at start: Position
  ) {
    let box = Rectangle(
      x: start.x, y: start.y - 0.35 * theme.text, width: Self.swatchWidth,
      height: 0.7 * theme.text)
    // The same pens as in a chart: a frame without scales knows how to make them.
    let scale = LinearScale(0...1)
    let frame = Frame(
      canvas: canvas, area: box, x: scale, y: scale, isYDownward: false, theme: theme)
    let middle = Path(through: [start, Position(x: box.maxX, y: start.y)])
    switch swatch {
    case .heading: break
    case .line(let ink, let weight, let isSolid):
      canvas.stroke(middle, frame.stroke(ink, weight, isSolid: isSolid))
    case .rule(let ink, let weight, let dash):
      canvas.stroke(middle, frame.stroke(ink, weight, dash: dash))
    case .patch(let ink, let opacity):
      canvas.fill(Path(box), theme.color(ink).opacity(opacity))
    case .bar(let ink, let filling):
      Bar.draw(box, theme.color(ink), filling, on: canvas)
    case .point(let ink, let marker, let isFilled):
      Point.draw(
        at: Position(x: box.midX, y: box.midY), 2.4, ink: ink, marker: marker,
        isFilled: isFilled, theme: theme, on: canvas)
    }
  }
}
