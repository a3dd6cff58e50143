/// Draws grid, frame, ticks and labels of a chart's axes.
struct AxisPen {
  let frame: Frame
  let context: LayoutContext

  private var theme: Theme { frame.theme }
  private var area: Rectangle { frame.area }
  private var label: TextStyle { TextStyle(size: theme.smallText, color: theme.foreground) }
  private var name: TextStyle { TextStyle(size: theme.text, color: theme.foreground) }

  /// Draws the grid and the frame, then the content, then ticks and labels.
  func draw(x: Axis, y: Axis, content: () -> Void) {
    let columns = x.ticks(length: area.width) { tick in
      context.width(tick.label, size: theme.smallText)
    }
    let rows = y.ticks(length: area.height) { _ in theme.smallText }
    frame.canvas.group("grid") {
      if x.hasGrid { drawGrid(columns.compactMap { frame.horizontal($0.value) }, isVertical: true) }
      if y.hasGrid { drawGrid(rows.compactMap { frame.vertical($0.value) }, isVertical: false) }
    }
    frame.canvas.stroke(Path(area), Stroke(theme.muted, width: 0.5))
    content()
    frame.canvas.group("axes") {
      drawColumns(columns, x.label)
      drawRows(rows, y)
    }
  }

  private func drawGrid(_ places: [Double], isVertical: Bool) {
    var path = Path()
    for place in places {
      path.appendLine(
        from: Position(x: isVertical ? place : area.minX, y: isVertical ? area.minY : place),
        to: Position(x: isVertical ? place : area.maxX, y: isVertical ? area.maxY : place))
    }
    frame.canvas.stroke(path, Stroke(theme.grid, width: 0.5))
  }

  private func drawColumns(_ ticks: [Tick], _ title: String) {
    var path = Path()
    let labelTop = area.maxY + Chart.tickLength + 0.25 * theme.smallText
    for tick in ticks {
      guard let x = frame.horizontal(tick.value) else { continue }
      path.appendLine(
        from: Position(x: x, y: area.maxY), to: Position(x: x, y: area.maxY + Chart.tickLength))
      frame.canvas.draw(
        tick.label, label, at: Position(x: x, y: labelTop), anchor: TextAnchor(.middle, .top))
    }
    frame.canvas.stroke(path, Stroke(theme.muted, width: 0.5))
    frame.canvas.draw(
      title, name, at: Position(x: area.midX, y: labelTop + theme.smallText + 1.5),
      anchor: TextAnchor(.middle, .top))
  }

  private func drawRows(_ ticks: [Tick], _ axis: Axis) {
    var path = Path()
    let labelEnd = area.minX - Chart.tickLength - 1.5
    for tick in ticks {
      guard let y = frame.vertical(tick.value) else { continue }
      path.appendLine(
        from: Position(x: area.minX, y: y), to: Position(x: area.minX - Chart.tickLength, y: y))
      frame.canvas.draw(
        tick.label, label, at: Position(x: labelEnd, y: y), anchor: TextAnchor(.end, .middle))
    }
    frame.canvas.stroke(path, Stroke(theme.muted, width: 0.5))
    let widest = axis.ticks.map { context.width($0.label, size: theme.smallText) }.max() ?? 0
    frame.canvas.draw(
      axis.label, name, at: Position(x: labelEnd - widest - Chart.gap, y: area.midY),
      anchor: TextAnchor(.middle, .bottom), direction: .upward)
  }
}
