/// Equal steps of the value are equal steps on the axis.
public struct LinearScale: Scale, Equatable {
  /// The values at the start and the end of the axis.
  public let domain: ClosedRange<Double>

  /// Creates a scale; a domain without extent is widened by one half on both sides.
  public init(_ domain: ClosedRange<Double>) {
    let hasExtent = domain.upperBound > domain.lowerBound
    self.domain = hasExtent ? domain : (domain.lowerBound - 0.5)...(domain.upperBound + 0.5)
  }

  /// Creates a scale over all finite values, its ends moved outwards to ticks.
  public init(covering values: some Sequence<Double>, ticks count: Int = 5) {
    let finite = values.filter(\.isFinite)
    self.init((finite.min() ?? 0)...(finite.max() ?? 1))
    // A wider domain can ask for a larger step, whose ticks lie further out again.
    for _ in 0..<3 { self = movedOutwards(to: step(about: count)) }
  }

  /// The same scale with room for marks beyond both ends, as a share of its extent.
  public func padded(by share: Double) -> LinearScale {
    let room = share * (domain.upperBound - domain.lowerBound)
    return LinearScale((domain.lowerBound - room)...(domain.upperBound + room))
  }

  private func movedOutwards(to step: RoundNumber) -> LinearScale {
    let first = (domain.lowerBound / step.value + 1e-9).rounded(.down)
    let last = (domain.upperBound / step.value - 1e-9).rounded(.up)
    guard first.magnitude < 1e15, last.magnitude < 1e15 else { return self }
    func place(_ index: Double) -> Double {
      RoundNumber(mantissa: Int(index) * step.mantissa, exponent: step.exponent).value
    }
    return LinearScale(place(first)...place(last))
  }

  /// The place of a value, `nil` if it is not finite.
  public func fraction(_ value: Double) -> Double? {
    let fraction = (value - domain.lowerBound) / (domain.upperBound - domain.lowerBound)
    return fraction.isFinite ? fraction : nil
  }

  /// Multiples of 1, 2 or 5 times a power of ten.
  public func ticks(about count: Int) -> [Tick] {
    let step = step(about: count)
    let slack = 1e-9 * (domain.upperBound - domain.lowerBound)
    let first = ((domain.lowerBound - slack) / step.value).rounded(.up)
    let last = ((domain.upperBound + slack) / step.value).rounded(.down)
    guard first <= last, first.magnitude < 1e15, last.magnitude < 1e15 else { return [] }
    return (Int(first)...Int(last)).map { index in
      let number = RoundNumber(mantissa: index * step.mantissa, exponent: step.exponent)
      return Tick(number.value, number.label)
    }
  }

  /// The smallest of 1, 2, 5 times a power of ten that divides the domain into at most `count`
  /// steps.
  private func step(about count: Int) -> RoundNumber {
    let wanted = (domain.upperBound - domain.lowerBound) / Double(max(1, count)) * (1 - 1e-9)
    var exponent = 0
    while exponent < 300, RoundNumber(mantissa: 1, exponent: exponent).value < wanted {
      exponent += 1
    }
    while exponent > -300, RoundNumber(mantissa: 1, exponent: exponent).value >= wanted {
      exponent -= 1
    }
    let candidates = [2, 5].map { RoundNumber(mantissa: $0, exponent: exponent) }
    return candidates.first { $0.value >= wanted }
      ?? RoundNumber(mantissa: 1, exponent: exponent + 1)
  }
}
