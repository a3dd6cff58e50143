/// A whole figure: panels in a grid, a common legend, and a stamp where one is asked for.
public struct Sheet: Sendable {
  /// The widths that journals print.
  public enum Width: Sendable {
    /// One column: 3.5 inches.
    case column
    /// The full page: 7.16 inches.
    case full

    /// Width in points.
    public var points: Double {
      switch self {
      case .column: Length.inches(3.5)
      case .full: Length.inches(7.16)
      }
    }
  }

  /// What a figure of generated data says about itself.
  public static let syntheticStamp = "synthetic signal, no clinical meaning"

  /// Width of the figure.
  public let width: Width
  /// Panels side by side.
  public let columns: Int
  /// The panels, row by row.
  public let panels: [any Panel]
  /// A legend of all panels, below them.
  public let legend: [LegendEntry]
  /// A remark in a row of its own below everything.
  public let stamp: String?

  /// Creates a figure; rows are filled from left to right.
  public init(
    width: Width, columns: Int, panels: [any Panel], legend: [LegendEntry] = [],
    stamp: String? = nil
  ) {
    precondition(columns > 0, "a grid of \(columns) columns")
    self.width = width
    self.columns = columns
    self.panels = panels
    self.legend = legend
    self.stamp = stamp
  }

  /// The same figure with a stamp.
  public func stamped(_ stamp: String?) -> Sheet {
    Sheet(width: width, columns: columns, panels: panels, legend: legend, stamp: stamp)
  }

  /// Computes where everything stands.
  public func layout(_ context: LayoutContext) -> SheetLayout { SheetLayout(self, context) }
}

/// A figure whose parts have found their places, ready to be drawn on any canvas.
public struct SheetLayout: Sendable {
  /// Size of the sheet, in points.
  public let size: Size
  private let sheet: Sheet
  private let theme: Theme
  private let frames: [Rectangle]
  private let legend: Legend
  private let legendTop: Double

  private static let margin = 4.0
  private static let columnGap = 9.0
  private static let rowGap = 8.0

  init(_ sheet: Sheet, _ context: LayoutContext) {
    self.sheet = sheet
    theme = context.theme
    let inner = sheet.width.points - 2 * Self.margin
    let columns = Self.columns(of: sheet, context, within: inner)
    var top = Self.margin
    var frames: [Rectangle] = []
    for start in stride(from: 0, to: sheet.panels.count, by: sheet.columns) {
      let row = sheet.panels[start..<min(start + sheet.columns, sheet.panels.count)]
      let rooms = row.map { $0.endRoom(context, width: columns.width) }
      let height = row.map { $0.height(width: columns.width) }.max() ?? 0
      top += rooms.map(\.top).max() ?? 0
      for (panel, left) in zip(row, columns.starts) {
        frames.append(
          Rectangle(
            x: left, y: top, width: columns.width, height: panel.height(width: columns.width)))
      }
      top += height + (rooms.map(\.bottom).max() ?? 0) + Self.rowGap
    }
    self.frames = frames
    legend = Legend(sheet.legend, width: inner, context)
    legendTop = top - Self.rowGap / 2
    let stampHeight = sheet.stamp == nil ? 0 : 1.9 * theme.smallText
    let height =
      top - Self.rowGap + (sheet.legend.isEmpty ? 0 : legend.height + Self.rowGap) + stampHeight
      + Self.margin
    // Whole hundredths of an inch, which are whole pixels.
    let hundredth = Length.inches(0.01)
    size = Size(
      width: sheet.width.points, height: (height / hundredth).rounded(.up) * hundredth)
  }

  /// Draws the figure.
  public func draw(on canvas: any Canvas) {
    canvas.fill(
      Path(Rectangle(x: 0, y: 0, width: size.width, height: size.height)), theme.background)
    for (panel, frame) in zip(sheet.panels, frames) {
      panel.draw(on: canvas, frame: frame, theme: theme)
    }
    legend.draw(on: canvas, at: Position(x: Self.margin, y: legendTop))
    if let stamp = sheet.stamp { drawStamp(stamp, on: canvas) }
  }

  /// The remark in a thin frame of its own, in the lower right corner.
  private func drawStamp(_ stamp: String, on canvas: any Canvas) {
    let size = theme.smallText
    let width = canvas.measurer.width(of: stamp, size: size, isBold: false)
    let box = Rectangle(
      x: self.size.width - Self.margin - width - 8,
      y: self.size.height - Self.margin - 1.5 * size, width: width + 8, height: 1.5 * size)
    canvas.group("stamp") {
      canvas.stroke(Path(box), Stroke(theme.muted, width: 0.5))
      canvas.draw(
        stamp, TextStyle(size: size, color: theme.muted),
        at: Position(x: box.midX, y: box.midY), anchor: TextAnchor(.middle, .middle))
    }
  }

  /// The left edges of the frames of each column, and their common width.
  private static func columns(
    of sheet: Sheet, _ context: LayoutContext, within inner: Double
  ) -> (starts: [Double], width: Double) {
    let rooms = (0..<sheet.columns).map { column in
      let members = stride(from: column, to: sheet.panels.count, by: sheet.columns)
        .map { sheet.panels[$0].sideRoom(context) }
      return (left: members.map(\.left).max() ?? 0, right: members.map(\.right).max() ?? 0)
    }
    let taken = rooms.reduce(columnGap * Double(sheet.columns - 1)) { $0 + $1.left + $1.right }
    let width = max(20, (inner - taken) / Double(sheet.columns))
    var left = margin
    let starts = rooms.map { room in
      defer { left += room.left + width + room.right + columnGap }
      return left + room.left
    }
    return (starts, width)
  }
}
