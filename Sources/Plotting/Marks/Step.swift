/// A line of horizontal steps: no value between the given ones is claimed.
public struct Step: Mark {
  /// Over which stretch a value holds.
  public enum Holding: Sendable {
    /// From its own place to the next one's.
    case forward
    /// From the place before to its own.
    case backward
  }

  let x: [Double]
  let y: [Double]
  let holding: Holding
  let ink: Ink
  let weight: LineWeight
  let label: String?

  /// Creates steps; values that have no place break the line.
  public init(
    x: [Double], y: [Double], holding: Holding, ink: Ink, weight: LineWeight = .regular,
    label: String? = nil
  ) {
    precondition(x.count == y.count, "steps of \(x.count) x and \(y.count) y values")
    self.x = x
    self.y = y
    self.holding = holding
    self.ink = ink
    self.weight = weight
    self.label = label
  }

  /// Draws the steps.
  public func draw(in frame: Frame) {
    let stroke = frame.stroke(ink, weight)
    for piece in frame.pieces(x, y) {
      frame.canvas.stroke(Path(through: Self.corners(piece, holding)), stroke)
    }
  }

  /// The label beside a piece of the line.
  public var legend: LegendEntry? {
    label.map { LegendEntry($0, .line(ink, weight, isSolid: false)) }
  }

  /// The places with the corners of the steps between them.
  static func corners(_ places: [Position], _ holding: Holding) -> [Position] {
    guard let first = places.first else { return [] }
    return zip(places, places.dropFirst()).reduce(into: [first]) { corners, pair in
      switch holding {
      case .forward: corners.append(Position(x: pair.1.x, y: pair.0.y))
      case .backward: corners.append(Position(x: pair.0.x, y: pair.1.y))
      }
      corners.append(pair.1)
    }
  }
}
