/// A straight line that stands for a fixed value or a limit.
public struct Rule: Mark {
  /// Where it runs.
  public enum Course: Sendable, Equatable {
    /// Across the frame at a value of y.
    case horizontal(Double)
    /// Up the frame at a value of x.
    case vertical(Double)
    /// From one pair of values to another.
    case segment(from: (x: Double, y: Double), to: (x: Double, y: Double))

    /// Whether both are the same line.
    public static func == (first: Course, second: Course) -> Bool {
      switch (first, second) {
      case (.horizontal(let one), .horizontal(let other)): one == other
      case (.vertical(let one), .vertical(let other)): one == other
      case (.segment(let one, let oneEnd), .segment(let other, let otherEnd)):
        one == other && oneEnd == otherEnd
      default: false
      }
    }
  }

  let course: Course
  let ink: Ink
  let weight: LineWeight
  let dash: [Double]
  let label: String?

  /// Creates a rule; `dash` in line widths, empty for a solid line.
  public init(
    _ course: Course, ink: Ink = .muted, weight: LineWeight = .thin, dash: [Double] = [],
    label: String? = nil
  ) {
    self.course = course
    self.ink = ink
    self.weight = weight
    self.dash = dash
    self.label = label
  }

  /// Draws the rule.
  public func draw(in frame: Frame) {
    let ends: (Position?, Position?) =
      switch course {
      case .horizontal(let y):
        (
          frame.vertical(y).map { Position(x: frame.area.minX, y: $0) },
          frame.vertical(y).map { Position(x: frame.area.maxX, y: $0) }
        )
      case .vertical(let x):
        (
          frame.horizontal(x).map { Position(x: $0, y: frame.area.minY) },
          frame.horizontal(x).map { Position(x: $0, y: frame.area.maxY) }
        )
      case .segment(let from, let to): (frame.position(from.x, from.y), frame.position(to.x, to.y))
      }
    guard let start = ends.0, let end = ends.1 else { return }
    frame.canvas.stroke(
      Path(through: [start, end]), frame.stroke(ink, weight, dash: dash))
  }

  /// The label beside a piece of the rule.
  public var legend: LegendEntry? {
    label.map { LegendEntry($0, .rule(ink, weight, dash: dash)) }
  }
}
