import Testing

@testable import Plotting

@Suite("Charts, grids and legends")
struct LayoutTests {
  @Test("A chart is drawn as written down here")
  func recordedChart() {
    let chart = Chart(
      "T", x: Axis("x", LinearScale(0...1), ticks: 1), y: Axis("y", LinearScale(0...1), ticks: 1),
      height: .points(50)
    ) {
      Line(x: [0, 0.5, .nan, 0.5, 1], y: [0, 1, 0, 0, 1], ink: .series(1), label: "line")
      Point(x: 1, y: 1, ink: .foreground, marker: .square)
    }
    let canvas = RecordingCanvas(size: Size(width: 140, height: 100))
    chart.draw(
      on: canvas, frame: Rectangle(x: 20, y: 20, width: 100, height: 50), theme: .print)
    #expect(
      canvas.log.joined(separator: "\n") == """
        group chart T
          text 1a1a1aff 8 bold 20.00,14.08 T
          group grid
            stroke e3e3e3ff 0.5 M 20.00,20.00 L 20.00,70.00 M 120.00,20.00 L 120.00,70.00
            stroke e3e3e3ff 0.5 M 20.00,70.00 L 120.00,70.00 M 20.00,20.00 L 120.00,20.00
          end
          stroke 595959ff 0.5 M 20.00,20.00 L 120.00,20.00 L 120.00,70.00 L 20.00,70.00 Z
          group marks clip M 19.40,19.40 L 120.60,19.40 L 120.60,70.60 L 19.40,70.60 Z
            stroke d55e00ff 1 dash 4,1.6 M 20.00,70.00 L 70.00,20.00
            stroke d55e00ff 1 dash 4,1.6 M 70.00,70.00 L 120.00,20.00
          end
          fill 1a1a1aff M 117.84,17.84 L 122.16,17.84 L 122.16,22.16 L 117.84,22.16 Z
          group axes
            text 1a1a1aff 7 17.90,80.07 0
            text 1a1a1aff 7 117.90,80.07 1
            stroke 595959ff 0.5 M 20.00,70.00 L 20.00,73.00 M 120.00,70.00 L 120.00,73.00
            text 1a1a1aff 7.5 67.75,88.95 x
            text 1a1a1aff 7 11.30,72.55 0
            text 1a1a1aff 7 11.30,22.55 1
            stroke 595959ff 0.5 M 20.00,70.00 L 17.00,70.00 M 20.00,20.00 L 17.00,20.00
            text 1a1a1aff 7.5 upward 6.50,47.25 y
          end
          group legend
            stroke d55e00ff 1 dash 4,1.6 M 20.00,101.00 L 36.00,101.00
            text 1a1a1aff 7.5 39.50,103.73 line
          end
        end
        """)
  }

  @Test("A line of a single value is drawn as a dot")
  func singleValue() {
    let canvas = RecordingCanvas(size: Size(width: 100, height: 100))
    let frame = Frame(
      canvas: canvas, area: Rectangle(x: 0, y: 0, width: 100, height: 100),
      x: LinearScale(0...1), y: LinearScale(0...1), isYDownward: false, theme: .print)
    Line(x: [0.5], y: [0.5], ink: .series(0)).draw(in: frame)
    #expect(canvas.log.count == 1 && canvas.log[0].hasPrefix("fill 0072b2ff M 51.00,50.00"))
  }

  @Test("Frames of a column start at one place, frames of a row at one height")
  func alignment() {
    func chart(_ label: String, _ end: Double) -> Chart {
      Chart(
        end > 1 ? "title" : nil, x: Axis("", LinearScale(0...1)),
        y: Axis(label, LinearScale(0...end))
      ) {}
    }
    let sheet = Sheet(
      width: .full, columns: 2,
      panels: [chart("", 1), chart("y", 1e6), chart("label", 100), chart("", 1)])
    let canvas = RecordingCanvas(size: Size(width: 600, height: 600))
    sheet.layout(LayoutContext(theme: .print, measurer: canvas.measurer)).draw(on: canvas)
    let frames = canvas.strokes.filter { $0.groups.count == 1 && $0.path.elements.count == 5 }
      .map { $0.path.elements[0] }
    #expect(frames.count == 4)
    let corners = frames.compactMap { element -> Position? in
      if case .move(let corner) = element { corner } else { nil }
    }
    #expect(corners[0].y == corners[1].y && corners[2].y == corners[3].y)
    #expect(corners[0].x == corners[2].x && corners[1].x == corners[3].x)
  }

  @Test("A legend takes one row where it fits, columns where not, and wraps what is too long")
  func legends() {
    let context = LayoutContext(theme: .print, measurer: UniformTextMeasurer())
    let entries = ["one", "two", "a rather long label of many words"].map {
      LegendEntry($0, .heading)
    }
    let line = 1.3 * Theme.print.text
    #expect(Legend(entries, width: 500, context).height == line)
    #expect(Legend(entries, width: 190, context).height == 3 * line)
    #expect(Legend(entries, width: 100, context).height == 4 * line)
    #expect(Legend([], width: 100, context).height == 0)
  }

  @Test(
    "No text of a figure leaves the page or stands on another",
    arguments: [
      Theme.print, .screen, .dark,
    ])
  func noCollisions(theme: Theme) throws {
    let canvas = try Renderer(theme: theme).record(SampleSheets.everything)
    let page = Rectangle(x: 0, y: 0, width: canvas.size.width, height: canvas.size.height)
    #expect(canvas.texts.count > 30)
    for (index, text) in canvas.texts.enumerated() {
      #expect(page.contains(text.box), "\(text.text)")
      #expect(text.size >= 7)
      for other in canvas.texts[(index + 1)...] {
        #expect(!text.box.inset(by: 0.3).overlaps(other.box), "\(text.text), \(other.text)")
      }
    }
  }

  @Test("The text of a cell reads on every colour of the map")
  func contrast() {
    for step in 0...100 {
      let color = ColorMap.viridis(Double(step) / 100)
      #expect(color.contrast(with: color.readableInk) >= 4.5)
    }
  }

  /// Lightness grows steadily: the map's property that lets a reader compare two cells.
  @Test("The colour map grows lighter from its start to its end")
  func monotonous() {
    let values = (0...50).map { ColorMap.viridis(Double($0) / 50).luminance }
    #expect(zip(values, values.dropFirst()).allSatisfy { $0 < $1 })
    #expect(ColorMap.viridis(-1) == ColorMap.viridis(0))
    #expect(ColorMap.viridis(2) == ColorMap.viridis(1))
  }

  @Test("Colours of series contrast with the sheet, and no two series share colour or second cue")
  func series() {
    for theme in [Theme.print, .screen, .dark] {
      #expect(Set(theme.series.map { $0.color.hexadecimal }).count == 8)
      #expect(Set(theme.series.map(\.dash)).count == 8)
      #expect(theme.series(8) == theme.series(0))
      #expect(theme.foreground.contrast(with: theme.background) >= 7)
      #expect(theme.muted.contrast(with: theme.background) >= 4.5)
    }
  }
}
