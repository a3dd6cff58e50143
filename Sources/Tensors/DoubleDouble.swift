/// An unevaluated sum of two doubles, `high + low`, with about 106 significant bits.
///
/// Source: Dekker, A floating-point technique for extending the available precision,
/// doi:10.1007/BF01397083. Products are split in halves and not fused, so the bits do not depend
/// on the processor. Factors beyond 2⁹⁹⁵ overflow; the callers stay far below.
struct DoubleDouble {
  /// The sum rounded to a double.
  let high: Double
  /// What the rounding left over.
  let low: Double

  /// A pair that is already normalised: `high` is the rounded sum.
  @inline(__always)
  init(high: Double, low: Double) {
    self.high = high
    self.low = low
  }

  /// The exact sum of two numbers of any order of magnitude.
  @inline(__always)
  init(sum a: Double, _ b: Double) {
    let sum = a + b
    let shifted = sum - a
    high = sum
    low = (a - (sum - shifted)) + (b - shifted)
  }

  /// The exact sum of two numbers of which the first is not smaller in magnitude.
  @inline(__always)
  init(larger a: Double, smaller b: Double) {
    let sum = a + b
    high = sum
    low = b - (sum - a)
  }

  /// The exact product of two numbers.
  @inline(__always)
  init(product a: Double, _ b: Double) {
    let (aHigh, aLow) = Self.halves(a)
    let (bHigh, bLow) = Self.halves(b)
    let product = a * b
    high = product
    low = ((aHigh * bHigh - product) + aHigh * bLow + aLow * bHigh) + aLow * bLow
  }

  /// A number as the sum of two with 26 significant bits each (Veltkamp).
  @inline(__always)
  private static func halves(_ x: Double) -> (high: Double, low: Double) {
    let scaled = 0x8000001p0 * x
    let high = scaled - (scaled - x)
    return (high, x - high)
  }

  /// Both parts times a power of two.
  @inline(__always)
  func scaled(by power: Double) -> DoubleDouble {
    DoubleDouble(high: high * power, low: low * power)
  }

  @inline(__always)
  static func + (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let sum = DoubleDouble(sum: a.high, b.high)
    return DoubleDouble(larger: sum.high, smaller: sum.low + (a.low + b.low))
  }

  @inline(__always)
  static func + (a: DoubleDouble, b: Double) -> DoubleDouble {
    let sum = DoubleDouble(sum: a.high, b)
    return DoubleDouble(larger: sum.high, smaller: sum.low + a.low)
  }

  @inline(__always)
  static func * (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b.high)
    return DoubleDouble(
      larger: product.high, smaller: product.low + (a.high * b.low + a.low * b.high))
  }

  @inline(__always)
  static func * (a: DoubleDouble, b: Double) -> DoubleDouble {
    let product = DoubleDouble(product: a.high, b)
    return DoubleDouble(larger: product.high, smaller: product.low + a.low * b)
  }

  @inline(__always)
  static func / (a: DoubleDouble, b: DoubleDouble) -> DoubleDouble {
    let quotient = a.high / b.high
    let rest = a + b * -quotient
    return DoubleDouble(larger: quotient, smaller: (rest.high + rest.low) / b.high)
  }
}
