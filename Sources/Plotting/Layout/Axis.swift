/// One axis of a chart.
public struct Axis: Sendable {
  /// What the values are, with their unit.
  public let label: String
  /// The scale.
  public let scale: any Scale
  /// How many ticks are wanted, roughly.
  public let tickCount: Int
  /// Whether light lines cross the frame at the ticks.
  public let hasGrid: Bool

  /// Creates an axis.
  public init(_ label: String, _ scale: any Scale, ticks tickCount: Int = 5, hasGrid: Bool = true) {
    self.label = label
    self.scale = scale
    self.tickCount = tickCount
    self.hasGrid = hasGrid
  }

  /// The ticks of the axis.
  var ticks: [Tick] { scale.ticks(about: tickCount) }

  /// Every first, second, … tick: the densest choice whose labels, centred at places of an axis of
  /// a length, keep a small distance.
  func ticks(length: Double, extent: (Tick) -> Double) -> [Tick] {
    let all = ticks
    func places(_ step: Int) -> [Tick] {
      stride(from: 0, to: all.count, by: step).map { all[$0] }
    }
    let step = (1...max(1, all.count)).first { step in
      let kept = places(step).compactMap { tick in
        scale.fraction(tick.value).map { (place: $0 * length, extent: extent(tick)) }
      }
      return zip(kept, kept.dropFirst()).allSatisfy { first, second in
        (second.place - first.place).magnitude >= (first.extent + second.extent) / 2 + 3
      }
    }
    return places(step ?? max(1, all.count))
  }
}
