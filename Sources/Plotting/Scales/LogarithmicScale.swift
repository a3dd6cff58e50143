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

  /// The powers of ten, or every nth of them where there are more than `count`.
  public func ticks(about count: Int) -> [Tick] {
    let exponents = (-300...300).filter {
      let value = RoundNumber(mantissa: 1, exponent: $0).value
      return value >= domain.lowerBound * (1 - 1e-9) && value <= domain.upperBound * (1 + 1e-9)
    }
    let stride = max(1, (exponents.count + max(1, count) - 1) / max(1, count))
    return exponents.enumerated().filter { $0.offset.isMultiple(of: stride) }.map { _, exponent in
      let number = RoundNumber(mantissa: 1, exponent: exponent)
      return Tick(
        number.value,
        (-4...6).contains(exponent) ? number.label : "10" + Self.superscript(exponent))
    }
  }

  private static func superscript(_ exponent: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    return (exponent < 0 ? "⁻" : "")
      + String(String(exponent.magnitude).compactMap(\.wholeNumberValue).map { digits[$0] })
  }
}
