/// A regularly sampled signal; long ones are thinned to the smallest and largest sample of each
/// stretch that a printer could not tell apart, so that no peak is lost.
public struct Trace: Mark {
  /// Stretches narrower than this, in points, are one place: 1/600 inch.
  static let resolution = 0.12

  let samples: [Float]
  let start: Double
  let step: Double
  let ink: Ink
  let weight: LineWeight
  let opacity: Double
  let label: String?

  /// Creates a trace whose first sample stands at `start` and each next one `step` further.
  public init(
    _ samples: [Float], start: Double = 0, step: Double, ink: Ink,
    weight: LineWeight = .regular, opacity: Double = 1, label: String? = nil
  ) {
    self.samples = samples
    self.start = start
    self.step = step
    self.ink = ink
    self.weight = weight
    self.opacity = opacity
    self.label = label
  }

  /// Draws the signal.
  public func draw(in frame: Frame) {
    let places = samples.enumerated().map { index, sample in
      frame.position(start + step * Double(index), Double(sample))
    }
    let stroke = frame.stroke(ink, weight, opacity: opacity, isSolid: true)
    for piece in places.split(separator: nil) {
      let thinned = Self.thinned(piece.compactMap { $0 }, resolution: Self.resolution)
      frame.canvas.stroke(Path(through: thinned), stroke)
    }
  }

  /// The label beside a piece of the line.
  public var legend: LegendEntry? {
    label.map { LegendEntry($0, .line(ink, weight, isSolid: true)) }
  }

  /// The lowest and the highest place of each column of a width, in their order; the places
  /// themselves where no column holds more than two.
  static func thinned(_ places: [Position], resolution: Double) -> [Position] {
    var result: [Position] = []
    var column: [Position] = []
    var number = -Double.infinity
    func flush() {
      guard column.count > 2 else { return result += column }
      let order = column.indices.sorted { column[$0].y < column[$1].y }
      result += [order[0], order[order.count - 1]].sorted().map { column[$0] }
    }
    for place in places {
      let next = (place.x / resolution).rounded(.down)
      if next != number {
        flush()
        column = []
        number = next
      }
      column.append(place)
    }
    flush()
    return result
  }
}
