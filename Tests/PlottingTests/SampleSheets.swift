@testable import Plotting

/// Small figures for the tests.
enum SampleSheets {
  static let provenance = Provenance(
    title: "A <sample> & more", subject: "Größe über Zeit", runID: "0123abcd",
    sources: [Provenance.Source(name: "predictions", hash: "feed")])

  /// Every mark once.
  static var everything: Sheet {
    let places = (0...20).map { Double($0) / 20 }
    let curves = Chart(
      "Curves", x: Axis("time (s)", LinearScale(0...1)), y: Axis("value", LinearScale(0...1)),
      legendTitle: "Legend"
    ) {
      Area(
        x: places, low: places.map { $0 * $0 * 0.8 }, high: places.map { $0 * 0.9 + 0.1 },
        ink: .series(0), label: "band")
      Line(x: places, y: places.map { $0 * $0 }, ink: .series(0), label: "line")
      Step(x: places, y: places.map { 1 - $0 }, holding: .backward, ink: .series(1), label: "steps")
      Rule(.horizontal(0.4), dash: [2, 2], label: "rule")
      Rule(.vertical(0.6))
      Point(x: 0.5, y: 0.5, interval: 0.4...0.65, ink: .series(2), label: "point")
      Text("here", x: 0.8, y: 0.2)
      NumberedPoints((1...3).map { numbered($0, x: 0.2, y: 0.8) })
    }
    let matrix = Chart(
      "Cells", x: Axis("predicted", BandScale(["a", "b"]), hasGrid: false),
      y: Axis("true", BandScale(["a", "b"]), hasGrid: false), isYDownward: true
    ) {
      for row in 0..<2 {
        for column in 0..<2 {
          Cell(
            column: column, row: row, color: ColorMap.viridis(Double(row + column) / 2),
            lines: ["\(row)", "\(column) %"])
        }
      }
    }
    let bars = Chart(
      "Bars", x: Axis("", BandScale(["a", "b"]), hasGrid: false),
      y: Axis("count", LinearScale(0...10))
    ) {
      Bar(
        at: 0, thickness: 0.6, from: 0, to: 8, orientation: .vertical, ink: .series(3), label: "x")
      Bar(
        at: 1, thickness: 0.6, from: 0, to: 5, orientation: .vertical, ink: .series(4),
        filling: .hatched, label: "y")
    }
    return Sheet(
      width: .full, columns: 3, panels: [curves, matrix, bars],
      legend: Marker.allCases.enumerated().map {
        LegendEntry("marker \($0.offset)", .point(.series($0.offset), nil, isFilled: true))
      }, stamp: Sheet.syntheticStamp)
  }

  /// A point among others at its place, so that its number has to step aside.
  private static func numbered(_ number: Int, x: Double, y: Double) -> NumberedPoints.Item {
    .init(x: x, y: y, number: number, ink: .series(number), marker: .circle)
  }

  /// Spikes of 1 mV exactly one second apart.
  static func strip(seconds: Double = 4, rate: Double = 250) -> ECGPaper {
    ECGPaper(
      millivolts: (0..<Int(seconds * rate)).map {
        ($0 + 125).isMultiple(of: Int(rate)) ? 1 : 0
      }, samplingRate: rate, start: 0,
      annotations: (0..<Int(seconds)).map {
        ECGPaper.Annotation(time: Double($0) + 0.5, symbol: "N")
      }, title: "record 1, lead II", note: "made for a test")
  }
}
