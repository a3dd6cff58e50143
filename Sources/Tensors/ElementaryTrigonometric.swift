/// Sine and cosine.
extension Elementary {
  /// The sine of an angle in radians, for every finite angle; NaN for ±∞.
  public static func sin(_ x: Double) -> Double {
    guard x.isFinite else { return .nan }
    if x.magnitude < 0x1p-27 { return x }
    let (r, quadrant) = reduced(x)
    let value = quadrant & 1 == 0 ? sine(r) : cosine(r)
    return quadrant & 2 == 0 ? value : -value
  }

  /// The cosine of an angle in radians, for every finite angle; NaN for ±∞.
  public static func cos(_ x: Double) -> Double {
    guard x.isFinite else { return .nan }
    let (r, quadrant) = reduced(x)
    let value = quadrant & 1 == 0 ? cosine(r) : sine(r)
    return (quadrant + 1) & 2 == 0 ? value : -value
  }

  private static func sine(_ r: DoubleDouble) -> Double {
    let z = r.high * r.high
    let cubic = r.high * (z * ElementaryPolynomials.sineTail(z))
    return r.high + (cubic + r.low * (1 - 0.5 * z))
  }

  private static func cosine(_ r: DoubleDouble) -> Double {
    let z = r.high * r.high
    let half = 0.5 * z
    let leading = 1 - half
    let quartic = z * z * ElementaryPolynomials.cosineTail(z)
    return leading + (((1 - leading) - half) + (quartic - r.high * r.low))
  }

  /// `x − quadrant · π/2`, within about ±π/4, and the quadrant modulo 4.
  ///
  /// Exact for every finite `x`: the product of the significand with 192 bits of 2/π, taken from
  /// where they begin to matter, in whole numbers. Source: Payne and Hanek, Radian reduction for
  /// trigonometric functions, doi:10.1145/1057600.1057602.
  private static func reduced(_ x: Double) -> (r: DoubleDouble, quadrant: Int) {
    guard x.magnitude > 0x1.921fb54442d18p-1 else { return (DoubleDouble(high: x, low: 0), 0) }
    let exponent = Int(x.exponent) - 52
    let significand = x.significandBitPattern | 1 << 52
    // The bits of 2/π above this one make whole turns. The table begins with a word of zeros.
    let firstBit = exponent + 62
    let (word, shift) = (firstBit >> 6, UInt64(firstBit & 63))
    func bits(_ index: Int) -> UInt64 {
      twoOverPi[word + index] << shift | twoOverPi[word + index + 1] >> (64 - shift)
    }
    // The product modulo 2¹⁹²: two bits of quadrant, then the fraction of a quadrant.
    let third = significand.multipliedFullWidth(by: bits(2))
    let second = significand.multipliedFullWidth(by: bits(1))
    let (middle, carry) = second.low.addingReportingOverflow(third.high)
    let top = significand &* bits(0) &+ second.high &+ (carry ? 1 : 0)
    var high = top << 2 | middle >> 62
    var low = middle << 2 | third.low >> 62
    // To the nearest quadrant: a fraction of a half or more becomes negative.
    let roundsUp = high >> 63 == 1
    if roundsUp {
      (high, low) = (~high, ~low)
    }
    let quadrant = Int(top >> 62) + (roundsUp ? 1 : 0)
    let fraction =
      fixedPoint(high, low)
      * DoubleDouble(
        high: 0x1.921fb54442d18p0, low: 0x1.1a62633145c07p-54)
    let isNegative = roundsUp != (x < 0)
    return (
      isNegative ? fraction.scaled(by: -1) : fraction, (x < 0 ? 4 - quadrant : quadrant) & 3
    )
  }

  /// The fraction `(high · 2⁶⁴ + low) / 2¹²⁸` as the sum of two doubles.
  private static func fixedPoint(_ high: UInt64, _ low: UInt64) -> DoubleDouble {
    let zeros = UInt64(high.leadingZeroBitCount)
    let first = high << zeros | low >> (64 - zeros)
    let second = low << zeros
    let rest = Double(first & 0x7ff) * 0x1p-64 + Double(second >> 11) * 0x1p-117
    let scale = Double(bitPattern: (1023 - zeros) << 52)
    return DoubleDouble(larger: Double(first >> 11) * 0x1p-53, smaller: rest).scaled(by: scale)
  }

  /// 2/π in words of 64 bits, after one word of zeros.
  private static let twoOverPi: [UInt64] = [
    0, 0xa2f9_836e_4e44_1529, 0xfc27_57d1_f534_ddc0,
    0xdb62_9599_3c43_9041, 0xfe51_63ab_debb_c561, 0xb724_6e3a_424d_d2e0,
    0x0649_2eea_09d1_921c, 0xfe1d_eb1c_b129_a73e, 0xe882_35f5_2ebb_4484,
    0xe99c_7026_b45f_7e41, 0x3991_d639_8353_39f4, 0x9c84_5f8b_bdf9_283b,
    0x1ff8_97ff_de05_980f, 0xef2f_118b_5a0a_6d1f, 0x6d36_7ecf_27cb_09b7,
    0x4f46_3f66_9e5f_ea2d, 0x7527_bac7_ebe5_f17b, 0x3d07_39f7_8a52_92ea,
    0x6bfb_5fb1_1f8d_5d08, 0x5603_3046_fc7b_6bab,
  ]
}
