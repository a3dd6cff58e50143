#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// Equal ratios of the value are equal steps on the axis.
public struct LogarithmicScale: Scale, Equatable {
  /// The values at the start and the end of the axis, both above zero.
  public let domain: ClosedRange<Double>

  /// Creates a scale; the domain must lie above zero and have an extent.
  public init(_ domain: ClosedRange<Double>) {
    precondition(
      domain.lowerBound > 0 && domain.upperBound > domain.lowerBound
        && domain.upperBound.isFinite,
      "a logarithmic scale needs a domain above zero, not \(domain)")
    self.domain = domain
  }

  /// Creates a scale from `start` up to the power of ten that no value exceeds.
  public init(from start: Double, covering values: some Sequence<Double>) {
    let largest = values.filter(\.isFinite).max() ?? start
    var end = start * 10
    while end < largest, end < 1e300 { end *= 10 }
    self.init(start...end)
  }

  /// The place of a value, `nil` unless it is finite and above zero.
  public func fraction(_ value: Double) -> Double? {
    guard value > 0, value.isFinite else { return nil }
    return log(value / domain.lowerBound) / log(domain.upperBound / domain.lowerBound)
  }

  /// The powers of ten, or every nth of them where there are more than `count`; where there are
  /// fewer than three, their triples too.
  public func ticks(about count: Int) -> [Tick] {
    let powers = marks(mantissas: [1])
    let all = powers.count < 3 ? marks(mantissas: [1, 3]) : powers
    let stride = max(1, (all.count + max(1, count) - 1) / max(1, count))
    return all.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { _, number in
      Tick(number.value, Self.label(of: number))
    }
  }

  /// The multiples of powers of ten that lie on the axis.
  private func marks(mantissas: [Int]) -> [RoundNumber] {
    (-300...300).flatMap { exponent in
      mantissas.map { RoundNumber(mantissa: $0, exponent: exponent) }
    }.filter {
      $0.value >= domain.lowerBound * (1 - 1e-9) && $0.value <= domain.upperBound * (1 + 1e-9)
    }
  }

  private static func label(of number: RoundNumber) -> String {
    guard !(-4...6).contains(number.exponent) else { return number.label }
    return (number.mantissa == 1 ? "" : "\(number.mantissa)·") + "10" + superscript(number.exponent)
  }

  private static func superscript(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (exponent < 0 ? "⁻" : "")
      + String(String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] })
  }
}
