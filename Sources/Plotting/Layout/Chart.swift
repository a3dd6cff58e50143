/// Marks between two axes, with a title above and a legend below: a value, drawn nowhere yet.
public struct Chart: Panel {
  /// How high the frame is.
  public enum Height: Sendable {
    /// A multiple of its width.
    case ratio(Double)
    /// A number of points.
    case points(Double)
  }

  /// Stands above the frame.
  public let title: String?
  /// The horizontal axis.
  public let x: Axis
  /// The vertical axis.
  public let y: Axis
  /// Whether the vertical axis runs downwards, as in tables.
  public let isYDownward: Bool
  /// Height of the frame.
  public let height: Height
  /// First entry of the legend, without a sample.
  public let legendTitle: String?
  /// The marks, in drawing order.
  public let marks: [any Mark]

  static let tickLength = 3.0
  static let gap = 3.0

  /// Creates a chart. Marks that carry a label make the legend.
  public init(
    _ title: String? = nil, x: Axis, y: Axis, isYDownward: Bool = false,
    height: Height = .ratio(1), legendTitle: String? = nil,
    @MarkBuilder marks: () -> [any Mark]
  ) {
    self.title = title
    self.x = x
    self.y = y
    self.isYDownward = isYDownward
    self.height = height
    self.legendTitle = legendTitle
    self.marks = marks()
  }

  /// The entries of the legend: the title, then the labels of the marks in drawing order.
  public var legendEntries: [LegendEntry] {
    let entries = marks.compactMap(\.legend)
    guard let legendTitle, !entries.isEmpty else { return entries }
    return [LegendEntry(legendTitle, .heading)] + entries
  }

  /// Height of the frame for a width, in points.
  public func height(width: Double) -> Double {
    switch height {
    case .ratio(let ratio): ratio * width
    case .points(let points): points
    }
  }

  /// Room for the labels of the vertical axis, and for half of the last label below.
  public func sideRoom(_ context: LayoutContext) -> (left: Double, right: Double) {
    let theme = context.theme
    let labels = y.ticks.map { context.width($0.label, size: theme.smallText) }.max() ?? 0
    let title = y.label.isEmpty ? 0 : theme.text + Self.gap + 1
    let last = x.ticks.last.map { tick in
      let end = 1 - (x.scale.fraction(tick.value) ?? 1)
      return context.width(tick.label, size: theme.smallText) / 2 - end * 60
    }
    return (title + labels + Self.tickLength + Self.gap, max(2, last ?? 0))
  }

  /// Room for the title above, and for labels and legend below.
  public func endRoom(_ context: LayoutContext, width: Double) -> (top: Double, bottom: Double) {
    let theme = context.theme
    let titleLines = titleLines(context, width: width).count
    let top = Double(titleLines) * 1.25 * theme.titleText + (titleLines > 0 ? Self.gap : 4)
    let legend = legend(context, width: width).height
    let bottom = legendTop(context) + (legend > 0 ? legend + Self.gap : 0)
    return (top, bottom)
  }

  /// Draws the chart about its frame.
  public func draw(on canvas: any Canvas, frame area: Rectangle, theme: Theme) {
    let context = LayoutContext(theme: theme, measurer: canvas.measurer)
    let frame = Frame(
      canvas: canvas, area: area, x: x.scale, y: y.scale, isYDownward: isYDownward, theme: theme)
    canvas.group("chart \(title ?? y.label)") {
      drawTitle(on: canvas, area, context)
      AxisPen(frame: frame, context: context).draw(x: x, y: y) {
        canvas.group("marks", clippedTo: area.inset(by: -0.6)) {
          for mark in marks where mark.isClipped { mark.draw(in: frame) }
        }
        for mark in marks where !mark.isClipped { mark.draw(in: frame) }
      }
      let start = Position(x: area.minX, y: area.maxY + legendTop(context))
      legend(context, width: area.width).draw(on: canvas, at: start)
    }
  }

  private func titleLines(_ context: LayoutContext, width: Double) -> [String] {
    title.map {
      context.wrapped($0, size: context.theme.titleText, isBold: true, width: width)
    } ?? []
  }

  private func drawTitle(on canvas: any Canvas, _ area: Rectangle, _ context: LayoutContext) {
    let theme = context.theme
    let lines = titleLines(context, width: area.width)
    for (index, line) in lines.enumerated() {
      let below = Double(lines.count - 1 - index) * 1.25 * theme.titleText
      canvas.draw(
        line, TextStyle(size: theme.titleText, isBold: true, color: theme.foreground),
        at: Position(x: area.minX, y: area.minY - Self.gap - 1 - below),
        anchor: TextAnchor(.start, .bottom))
    }
  }

  /// From the lower edge of the frame to the legend.
  private func legendTop(_ context: LayoutContext) -> Double {
    Self.tickLength + Self.gap + context.theme.smallText
      + (x.label.isEmpty ? 0 : 1.35 * context.theme.text) + Self.gap
  }

  private func legend(_ context: LayoutContext, width: Double) -> Legend {
    Legend(legendEntries, width: width, context)
  }
}
