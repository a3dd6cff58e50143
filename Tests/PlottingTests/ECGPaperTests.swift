import Testing

@testable import Plotting

@Suite("ECG paper")
struct ECGPaperTests {
  private func record(_ strip: ECGPaper) throws -> RecordingCanvas {
    try Renderer().record(Sheet(width: .full, columns: 1, panels: [strip]))
  }

  private func places(_ path: Path) -> [Position] {
    path.elements.compactMap { element in
      switch element {
      case .move(let place), .line(let place): place
      case .curve, .close: nil
      }
    }
  }

  @Test("One second of signal is 25 mm, one millivolt 10 mm")
  func scale() throws {
    let canvas = try record(SampleSheets.strip())
    let signal = try #require(canvas.strokes.first { $0.groups.last == "signal" })
    let spikes = places(signal.path).filter { place in
      place.y < (places(signal.path).map(\.y).max() ?? 0) - 20
    }
    #expect(spikes.count == 4)
    for (first, second) in zip(spikes, spikes.dropFirst()) {
      #expect(abs(second.x - first.x - 25 * 72 / 25.4) < 1e-6)
    }
    let heights = places(signal.path).map(\.y)
    let height = try #require(heights.max()) - #require(heights.min())
    #expect(abs(height - 10 * 72 / 25.4) < 1e-6)
  }

  @Test("The same holds for the coordinates in the SVG file, whose unit is the point")
  func scaleInFile() throws {
    let bytes = try Renderer().render(
      Sheet(width: .full, columns: 1, panels: [SampleSheets.strip()]), .svg,
      SampleSheets.provenance)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(text.contains(#"width="515.52pt""#))
    let paths = text.split(separator: " d=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
    // The longest path of straight lines only is the signal.
    let signal = try #require(
      paths.filter { !$0.contains("C") && !$0.contains("Z") && $0.filter { $0 == "M" }.count == 1 }
        .max { $0.count < $1.count })
    let numbers = signal.split(separator: " ").compactMap { Double($0) }
    let places = stride(from: 0, to: numbers.count - 1, by: 2).map {
      (numbers[$0], numbers[$0 + 1])
    }
    let floor = try #require(places.map(\.1).max())
    let spikes = places.filter { $0.1 < floor - 20 }
    #expect(spikes.count == 4)
    for (first, second) in zip(spikes, spikes.dropFirst()) {
      #expect(abs((second.0 - first.0) * 25.4 / 72 - 25) < 0.01)
    }
  }

  @Test("The calibration pulse is 1 mV for 0.2 s")
  func calibration() throws {
    let canvas = try record(SampleSheets.strip())
    let pulse = try #require(canvas.strokes.first { $0.groups.last == "calibration" })
    let corners = places(pulse.path)
    #expect(abs(corners[3].x - corners[2].x - 5 * 72 / 25.4) < 1e-9)
    #expect(abs(corners[1].y - corners[2].y - 10 * 72 / 25.4) < 1e-9)
  }

  @Test(
    "Lines of the grid are 1 mm and 5 mm apart, and the paper fills the page with whole squares")
  func grid() throws {
    let canvas = try record(SampleSheets.strip())
    for (grid, step) in zip(canvas.strokes.filter { $0.groups.last == "paper" }, [1.0, 5.0]) {
      let ends = places(grid.path)
      var columns: [Double] = []
      for index in stride(from: 0, to: ends.count, by: 2) where ends[index].x == ends[index + 1].x {
        columns.append(ends[index].x)
      }
      let length = try #require(columns.last) - columns[0]
      #expect(abs(length - Length.millimetres(step) * Double(columns.count - 1)) < 1e-6)
      #expect(abs(length - Length.millimetres(175)) < 1e-6)
    }
  }

  @Test("Speed, gain, lead, record, filter and the marks are printed")
  func words() throws {
    let texts = try record(SampleSheets.strip()).texts.map(\.text)
    #expect(texts.contains("record 1, lead II"))
    #expect(texts.contains("25 mm/s · 10 mm/mV · 250 samples a second · no digital filter"))
    #expect(texts.filter { $0 == "N" }.count == 4)
    #expect(texts.contains("made for a test"))
  }

  @Test("A long strip is broken into even rows of whole seconds, every mark on one of them")
  func rows() throws {
    let canvas = try record(SampleSheets.strip(seconds: 20))
    #expect(canvas.strokes.filter { $0.groups.last == "calibration" }.count == 4)
    #expect(canvas.texts.filter { $0.text == "N" }.count == 20)
    #expect(canvas.texts.filter { $0.text == "5 s" }.count == 2)
  }

  @Test("Marks that would stand on each other take another line")
  func lanes() {
    func strip(_ times: [Double]) -> ECGPaper {
      ECGPaper(
        millivolts: [0, 1], samplingRate: 1, start: 0,
        annotations: times.map { ECGPaper.Annotation(time: $0, symbol: "V") }, title: "", note: "")
    }
    #expect(strip([0.1, 0.9]).lanes == [0, 0])
    #expect(strip([0.1, 0.11, 0.12, 0.9]).lanes == [0, 1, 2, 0])
    #expect(strip([0.1, 0.11]).range.upperBound > strip([0.1, 0.9]).range.upperBound)
  }

  @Test("A signal without numbers, or far off the paper, is still drawn on paper of bounded height")
  func extremes() throws {
    for samples in [[Float.nan, .infinity], [], [-900, 900], [0]] {
      let strip = ECGPaper(
        millivolts: samples, samplingRate: 2, start: 0, annotations: [], title: "t", note: "")
      #expect(try record(strip).size.height < 400)
    }
  }
}

@Suite("Long signals")
struct TraceTests {
  @Test("Thinning keeps the smallest and the largest sample of each stretch, in their order")
  func thinning() {
    let places = [5.0, 1, 9, 4, 2, 2].enumerated().map {
      Position(x: Double($0.offset) * 0.3, y: $0.element)
    }
    #expect(Trace.thinned(places, resolution: 1).map(\.y) == [1, 9, 2, 2])
    #expect(Trace.thinned(places, resolution: 0.01) == places)
    #expect(Trace.thinned([], resolution: 1).isEmpty)
  }

  @Test("A million samples are drawn as some thousand, and no peak is lost")
  func longSignal() {
    var samples = [Float](repeating: 0, count: 1_000_000)
    samples[123_456] = 7
    samples[999_999] = -3
    let canvas = RecordingCanvas(size: Size(width: 100, height: 100))
    let frame = Frame(
      canvas: canvas, area: Rectangle(x: 0, y: 0, width: 100, height: 100),
      x: LinearScale(0...1), y: LinearScale(-10...10), isYDownward: false, theme: .print)
    Trace(samples, step: 1e-6, ink: .foreground).draw(in: frame)
    let elements = canvas.strokes[0].path.elements
    #expect(elements.count < 2000)
    #expect(elements.contains { if case .line(let place) = $0 { place.y == 15 } else { false } })
    #expect(elements.contains { if case .line(let place) = $0 { place.y == 65 } else { false } })
  }
}
