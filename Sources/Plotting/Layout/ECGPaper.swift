/// A recording on ECG paper, true to scale: 25 mm is one second, 10 mm is one millivolt.
///
/// Squares of 1 mm (.04 s, .1 mV) and 5 mm (.2 s, .5 mV); a calibration pulse of 1 mV and .2 s
/// before each row. Long recordings are broken into rows of whole seconds.
///
/// Source of speed, gain and pulse: P. Kligfield et al., Recommendations for the standardization
/// and interpretation of the electrocardiogram, part I, doi:10.1161/CIRCULATIONAHA.106.180200.
public struct ECGPaper: Panel {
  /// A mark above the signal.
  public struct Annotation: Sendable, Equatable {
    /// Seconds from the first sample.
    public let time: Double
    /// A beat's symbol or another short word.
    public let symbol: String

    /// Creates a mark.
    public init(time: Double, symbol: String) {
      self.time = time
      self.symbol = symbol
    }
  }

  /// Points a second.
  public static let secondLength = Length.millimetres(25)
  /// Points a millivolt.
  public static let millivoltLength = Length.millimetres(10)

  static let square = Length.millimetres(5)
  /// From the edge of the paper to the first sample: room for the pulse.
  static let lead = Length.millimetres(15)
  /// Beyond this the signal is cut, as a recorder's paper would cut it.
  static let limit = 4.0
  /// Room for the seconds below a row.
  private static let timeRoom = 10.0
  private static let headerLine = 10.0
  private static let rowGap = 3.0

  /// The samples, in millivolts.
  public let millivolts: [Float]
  /// Samples a second.
  public let samplingRate: Double
  /// Seconds from the start of the record to the first sample.
  public let start: Double
  /// The marks, in time order.
  public let annotations: [Annotation]
  /// Record, lead and whatever else is printed above the paper.
  public let title: String
  /// Printed below the paper, for example where the recording comes from.
  public let note: String

  /// Creates a strip.
  public init(
    millivolts: [Float], samplingRate: Double, start: Double, annotations: [Annotation],
    title: String, note: String
  ) {
    precondition(
      samplingRate > 0 && samplingRate.isFinite, "a sampling rate of \(samplingRate) a second")
    self.millivolts = millivolts
    self.samplingRate = samplingRate
    self.start = start
    self.annotations = annotations
    self.title = title
    self.note = note
  }

  /// No room at the sides.
  public func sideRoom(_ context: LayoutContext) -> (left: Double, right: Double) { (0, 0) }

  /// Room for two lines above and one below.
  public func endRoom(_ context: LayoutContext, width: Double) -> (top: Double, bottom: Double) {
    let lines = noteLines(context, width: width).count
    return (2 * Self.headerLine + 3, Double(lines) * Self.headerLine)
  }

  /// Height of all rows.
  public func height(width: Double) -> Double {
    let rows = rows(width: width)
    return Double(rows.count) * (rowHeight + Self.timeRoom) + Double(rows.count - 1) * Self.rowGap
  }

  /// Draws the strip.
  public func draw(on canvas: any Canvas, frame: Rectangle, theme: Theme) {
    let context = LayoutContext(theme: theme, measurer: canvas.measurer)
    canvas.group("ECG \(title)") {
      drawHeader(on: canvas, frame, theme)
      for (index, seconds) in rows(width: frame.width).enumerated() {
        let top = frame.minY + Double(index) * (rowHeight + Self.timeRoom + Self.rowGap)
        let paper = Rectangle(
          x: frame.minX, y: top, width: Self.paperWidth(within: frame.width), height: rowHeight)
        ECGRow(strip: self, seconds: seconds, paper: paper, canvas: canvas, theme: theme).draw()
      }
      for (index, line) in noteLines(context, width: frame.width).enumerated() {
        canvas.draw(
          line, TextStyle(size: theme.smallText, color: theme.muted),
          at: Position(x: frame.minX, y: frame.maxY + 1 + Double(index) * Self.headerLine),
          anchor: TextAnchor(.start, .top))
      }
    }
  }

  /// Millivolts between the zero line and the lower and upper edge of a row: whole squares, one of
  /// them free above for the marks.
  var range: ClosedRange<Double> {
    let finite = millivolts.lazy.filter(\.isFinite).map(Double.init)
    let (low, high) = (finite.min() ?? 0, finite.max() ?? 0)
    let bottom = (max(min(low, 0), -Self.limit) * 2 - 0.2).rounded(.down) / 2
    let top = (min(max(high, 1), Self.limit) * 2 + 0.2).rounded(.up) / 2
    return bottom...(top + 0.5 * Double(laneCount))
  }

  /// How many lines of marks are needed so that no mark stands on another.
  var laneCount: Int { max(1, (lanes.max() ?? 0) + 1) }

  /// The line of each mark, the lowest that is free: a character takes some .06 s.
  var lanes: [Int] {
    var ends: [Double] = []
    return annotations.map { annotation in
      let half = 0.035 * Double(annotation.symbol.count) + 0.02
      let free = ends.firstIndex { $0 <= annotation.time - half } ?? ends.count
      if free == ends.count { ends.append(0) }
      ends[free] = annotation.time + half
      return free
    }
  }

  private var rowHeight: Double {
    (range.upperBound - range.lowerBound) * Self.millivoltLength
  }

  /// As many whole squares as fit; what the signal does not need stays blank, as on a recorder.
  private static func paperWidth(within width: Double) -> Double {
    (width / square + 1e-9).rounded(.down) * square
  }

  /// Whole seconds of a row: as many as fit, spread evenly over the rows.
  private func rowSeconds(width: Double) -> Double {
    let room = ((width - Self.lead - Self.square) / Self.secondLength + 1e-9).rounded(.down)
    let rows = (duration / max(1, room) - 1e-9).rounded(.up)
    return max(1, (duration / max(1, rows) - 1e-9).rounded(.up))
  }

  private var duration: Double { Double(millivolts.count) / samplingRate }

  private func rows(width: Double) -> [ClosedRange<Double>] {
    let seconds = rowSeconds(width: width)
    let count = max(1, Int((duration / seconds - 1e-9).rounded(.up)))
    return (0..<count).map { Double($0) * seconds...Double($0 + 1) * seconds }
  }

  private func noteLines(_ context: LayoutContext, width: Double) -> [String] {
    context.wrapped(note, size: context.theme.smallText, width: width)
  }

  private func drawHeader(on canvas: any Canvas, _ frame: Rectangle, _ theme: Theme) {
    let second = frame.minY - Self.headerLine - 1
    canvas.draw(
      title, TextStyle(size: theme.titleText, isBold: true, color: theme.foreground),
      at: Position(x: frame.minX, y: second), anchor: TextAnchor(.start, .bottom))
    canvas.draw(
      "25 mm/s · 10 mm/mV · \(NumberText.shortest(samplingRate)) samples a second "
        + "· no digital filter",
      TextStyle(size: theme.smallText, color: theme.foreground),
      at: Position(x: frame.minX, y: frame.minY - 2), anchor: TextAnchor(.start, .bottom))
  }
}
