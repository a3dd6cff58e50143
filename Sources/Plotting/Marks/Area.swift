/// The area between a low and a high value, for example an interval band.
public struct Area: Mark {
  let x: [Double]
  let low: [Double]
  let high: [Double]
  let steps: Step.Holding?
  let ink: Ink
  let opacity: Double
  let label: String?

  /// Creates an area, with straight edges or with edges of steps; values that have no place break
  /// it.
  public init(
    x: [Double], low: [Double], high: [Double], steps: Step.Holding? = nil, ink: Ink,
    opacity: Double = 0.2, label: String? = nil
  ) {
    precondition(
      x.count == low.count && x.count == high.count,
      "an area of \(x.count) x, \(low.count) low and \(high.count) high values")
    self.x = x
    self.low = low
    self.high = high
    self.steps = steps
    self.ink = ink
    self.opacity = opacity
    self.label = label
  }

  /// Draws the area.
  public func draw(in frame: Frame) {
    let isDrawn = zip(x, zip(low, high)).map { x, ends in
      frame.position(x, ends.0) != nil && frame.position(x, ends.1) != nil
    }
    func edge(_ values: [Double]) -> [[Position]] {
      let kept = zip(values, isDrawn).map { $1 ? $0 : .nan }
      return frame.pieces(x, kept).map { piece in steps.map { Step.corners(piece, $0) } ?? piece }
    }
    for (lower, upper) in zip(edge(low), edge(high)) {
      frame.canvas.fill(
        Path(through: lower + upper.reversed(), closed: true),
        frame.theme.color(ink).opacity(opacity))
    }
  }

  /// The label beside a patch of the area.
  public var legend: LegendEntry? { label.map { LegendEntry($0, .patch(ink, opacity: opacity)) } }
}
