/// One row of a strip on ECG paper.
struct ECGRow {
  let strip: ECGPaper
  /// Seconds from the first sample of the strip.
  let seconds: ClosedRange<Double>
  let paper: Rectangle
  let canvas: any Canvas
  let theme: Theme

  func draw() {
    canvas.group("paper", clippedTo: paper.inset(by: -0.3)) {
      drawGrid(every: Length.millimetres(1), opacity: 0.28, width: 0.25)
      drawGrid(every: ECGPaper.square, opacity: 0.6, width: 0.45)
    }
    drawCalibration()
    canvas.group("signal", clippedTo: signalArea) { trace.draw(in: frame) }
    for (annotation, lane) in zip(strip.annotations, strip.lanes)
    where annotation.time >= seconds.lowerBound && annotation.time < seconds.upperBound {
      draw(annotation, lane: lane)
    }
    drawSeconds()
  }

  /// Red, as recorder paper is.
  private static let gridColor = Color(hex: 0xD9534F)

  private var signalArea: Rectangle {
    Rectangle(
      x: paper.minX + ECGPaper.lead, y: paper.minY,
      width: (seconds.upperBound - seconds.lowerBound) * ECGPaper.secondLength,
      height: paper.height)
  }

  private var frame: Frame {
    Frame(
      canvas: canvas, area: signalArea, x: LinearScale(seconds), y: LinearScale(strip.range),
      isYDownward: false, theme: theme)
  }

  /// The samples of the row, and one on both sides so that rows join.
  private var trace: Trace {
    let first = max(0, Int((seconds.lowerBound * strip.samplingRate).rounded(.down)) - 1)
    let last = min(
      strip.millivolts.count, Int((seconds.upperBound * strip.samplingRate).rounded(.up)) + 1)
    return Trace(
      Array(strip.millivolts[min(first, last)..<last]),
      start: Double(first) / strip.samplingRate, step: 1 / strip.samplingRate,
      ink: .foreground, weight: .regular)
  }

  private func drawGrid(every step: Double, opacity: Double, width: Double) {
    var path = Path()
    for index in 0...Int((paper.width / step).rounded()) {
      let x = paper.minX + Double(index) * step
      path.appendLine(from: Position(x: x, y: paper.minY), to: Position(x: x, y: paper.maxY))
    }
    for index in 0...Int((paper.height / step).rounded()) {
      let y = paper.minY + Double(index) * step
      path.appendLine(from: Position(x: paper.minX, y: y), to: Position(x: paper.maxX, y: y))
    }
    canvas.stroke(path, Stroke(Self.gridColor.opacity(opacity), width: width))
  }

  /// One millivolt for a fifth of a second, from the zero line.
  private func drawCalibration() {
    guard let zero = frame.vertical(0) else { return }
    let square = ECGPaper.square
    let top = zero - ECGPaper.millivoltLength
    let corners = [(0.5, zero), (1, zero), (1, top), (2, top), (2, zero), (2.5, zero)]
    canvas.group("calibration") {
      canvas.stroke(
        Path(through: corners.map { Position(x: paper.minX + $0.0 * square, y: $0.1) }),
        Stroke(theme.foreground, width: theme.lineWidth))
    }
  }

  private func draw(_ annotation: ECGPaper.Annotation, lane: Int) {
    guard let x = frame.horizontal(annotation.time) else { return }
    canvas.draw(
      annotation.symbol, TextStyle(size: theme.smallText, isBold: true, color: theme.foreground),
      at: Position(x: x, y: paper.minY + (Double(lane) + 0.5) * ECGPaper.square),
      anchor: TextAnchor(.middle, .middle))
  }

  private func drawSeconds() {
    let style = TextStyle(size: theme.smallText, color: theme.muted)
    let decimals = strip.start == strip.start.rounded() ? 0 : 1
    for second in stride(from: seconds.lowerBound, through: seconds.upperBound, by: 1) {
      guard let x = frame.horizontal(second) else { continue }
      let time = NumberText.fixed(strip.start + second, decimals: decimals)
      canvas.draw(
        "\(time) s", style, at: Position(x: x, y: paper.maxY + 1.5),
        anchor: TextAnchor(.middle, .top))
    }
  }
}
