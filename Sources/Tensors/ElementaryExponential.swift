/// Exponential, logarithm and power.
extension Elementary {
  /// e to the power `x`; 0 for −∞ and below about −745, +∞ above about 709.78.
  public static func exp(_ x: Double) -> Double {
    guard x <= 709.782712893384 else { return x.isNaN ? x : .infinity }
    guard x >= -745.1332191019412 else { return 0 }
    // As in `exponential`, where one double is enough.
    let multiple = (x * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52
    let high = x - multiple * logTwoHigh
    let low = multiple * logTwoLow
    let r = high - low
    let square = r * r
    let tail = r * square * ElementaryPolynomials.exponentialTail(r)
    let value = 1 + (r + (0.5 * square + (tail + ((high - r) - low))))
    return scaled(value, by: Int(multiple))
  }

  /// The natural logarithm; −∞ for 0, NaN below.
  public static func log(_ x: Double) -> Double {
    guard x > 0, x < .infinity else { return x == 0 ? -.infinity : x > 0 ? x : .nan }
    let isSubnormal = x < .leastNormalMagnitude
    let (m, exponent) = significand(isSubnormal ? x * 0x1p54 : x)
    let count = Double(isSubnormal ? exponent - 54 : exponent)
    // As in `logarithm`, with the leading terms f − f²/2 taken out of 2 atanh s, so that what is
    // rounded is small beside the result.
    let f = m - 1
    let s = f / (2 + f)
    let z = s * s
    let rest = 2 * z * (0x1.5555555555555p-2 + z * ElementaryPolynomials.logarithmTail(z))
    let half = 0.5 * f * f
    let low = s * (half + rest) + count * logTwoLow
    return count * logTwoHigh - ((half - low) - f)
  }

  /// The natural logarithm of `1 + x`, exact to the last digits also near 0; −∞ for −1, NaN below.
  public static func log1p(_ x: Double) -> Double {
    guard x > -1, x < .infinity else { return x == -1 ? -.infinity : x > 0 ? x : .nan }
    guard x.magnitude >= 0x1p-54 else { return x }
    let value = logarithm(DoubleDouble(sum: 1, x))
    return value.high + value.low
  }

  /// `x` to the power `y`, with the special cases of IEEE 754 `pow`: 1 where `y` is 0 or `x` is 1,
  /// NaN where `x` is negative and `y` not whole.
  public static func pow(_ x: Double, _ y: Double) -> Double {
    if y == 0 || x == 1 { return 1 }
    if x.isNaN || y.isNaN { return .nan }
    let magnitude = x.magnitude
    let sign: Double = x.sign == .minus && isOddInteger(y) ? -1 : 1
    if magnitude == 0 || magnitude == .infinity {
      return (magnitude == 0) == (y > 0) ? sign * 0 : sign * .infinity
    }
    if magnitude == 1 && y.isInfinite { return 1 }
    if y.isInfinite { return (magnitude > 1) == (y > 0) ? .infinity : 0 }
    if x < 0 && !isInteger(y) { return .nan }
    // Beyond 2⁶⁵ the result is 0, 1 or infinite for every x; the clamp keeps the product finite.
    let bounded = min(max(y, -0x1p65), 0x1p65)
    let product = logarithm(DoubleDouble(high: magnitude, low: 0)) * bounded
    if product.high > 710 { return sign * .infinity }
    if product.high < -746 { return sign * 0 }
    let (value, exponent) = exponential(product)
    return sign * scaled(value.high + value.low, by: exponent)
  }

  /// e to the power `x` as `value · 2^exponent` with `value` in about 0.7…1.42; relative error
  /// about 2⁻⁶⁰. For finite `x` within ±1000.
  static func exponential(_ x: DoubleDouble) -> (value: DoubleDouble, exponent: Int) {
    // Adding and subtracting 1.5 · 2⁵² rounds to a whole number.
    let multiple = (x.high * 0x1.71547652b82fep0 + 0x1.8p52) - 0x1.8p52
    let high = x.high - multiple * logTwoHigh
    let r = DoubleDouble(sum: high, x.low - multiple * logTwoLow)
    let square = DoubleDouble(product: r.high, r.high)
    let tail = r.high * square.high * ElementaryPolynomials.exponentialTail(r.high)
    let linear = DoubleDouble(larger: 1, smaller: r.high)
    let quadratic = DoubleDouble(larger: linear.high, smaller: 0.5 * square.high)
    let rest = linear.low + quadratic.low + (0.5 * square.low + r.low + r.high * r.low) + tail
    return (DoubleDouble(larger: quadratic.high, smaller: rest), Int(multiple))
  }

  /// The natural logarithm of a positive finite number, relative error about 2⁻⁶⁴.
  ///
  /// `x = 2^k m` with `m` in √½…√2, and `log m = 2 atanh s` with `s = (m − 1)/(m + 1)`.
  static func logarithm(_ x: DoubleDouble) -> DoubleDouble {
    guard x.high >= .leastNormalMagnitude else {
      let shifted = logarithm(x.scaled(by: 0x1p54))
      return shifted + multipleOfLogTwo(-54)
    }
    let (m, exponent) = significand(x.high)
    let low = x.low == 0 ? 0 : scaled(x.low, by: -exponent)
    let s = DoubleDouble(sum: m - 1, low) / (DoubleDouble(sum: 1, m) + low)
    let z = s * s
    let third = DoubleDouble(high: 0x1.5555555555555p-2, low: 0x1.5555555555555p-56)
    let series = (z * ElementaryPolynomials.logarithmTail(z.high) + third) * z
    let logarithm = (s * series + s).scaled(by: 2)
    return exponent == 0 ? logarithm : multipleOfLogTwo(exponent) + logarithm
  }

  private static func multipleOfLogTwo(_ count: Int) -> DoubleDouble {
    let count = Double(count)
    return DoubleDouble(larger: count * logTwoHigh, smaller: count * logTwoLow)
  }

  /// ln 2 in 42 bits, so that its product with an exponent is exact.
  private static let logTwoHigh = 0x1.62e42fefa3800p-1
  /// What is missing to ln 2.
  private static let logTwoLow = 0x1.ef35793c76730p-45

  /// A positive normal number as `m · 2^exponent` with `m` in √½…√2.
  private static func significand(_ x: Double) -> (m: Double, exponent: Int) {
    let offset = Int64(bitPattern: x.bitPattern &- 0x3fe6_a09e_667f_3bcd)
    let exponent = offset >> 52
    let bits = x.bitPattern &- UInt64(bitPattern: exponent << 52)
    return (Double(bitPattern: bits), Int(exponent))
  }

  /// `value · 2^exponent` in two factors, since one would leave the range of exponents.
  private static func scaled(_ value: Double, by exponent: Int) -> Double {
    let half = exponent / 2
    return value * powerOfTwo(half) * powerOfTwo(exponent - half)
  }

  private static func powerOfTwo(_ exponent: Int) -> Double {
    Double(bitPattern: UInt64(exponent + 1023) << 52)
  }

  private static func isInteger(_ y: Double) -> Bool {
    y.magnitude >= 0x1p52 || Double(Int64(y)) == y
  }

  private static func isOddInteger(_ y: Double) -> Bool {
    guard y.magnitude < 0x1p53 else { return false }
    let whole = Int64(y)
    return Double(whole) == y && whole & 1 == 1
  }
}
