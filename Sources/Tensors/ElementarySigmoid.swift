/// The saturating functions of networks: hyperbolic tangent, logistic function, error function.
extension Elementary {
  /// The hyperbolic tangent; ±1 at ±∞.
  public static func tanh(_ x: Double) -> Double {
    let magnitude = x.magnitude
    guard magnitude > 0.3 else {
      if magnitude < 0x1p-27 { return x }
      let z = x * x
      return x + x * (z * ElementaryPolynomials.hyperbolicTangentTail(z))
    }
    guard magnitude < 20 else { return x.isNaN ? x : x > 0 ? 1 : -1 }
    let decay = exponential(-2 * magnitude)
    let value = (decay.scaled(by: -1) + 1) / (decay + 1)
    let sum = value.high + value.low
    return x > 0 ? sum : -sum
  }

  /// The logistic function `1 / (1 + e^−x)`; 0 at −∞, 1 at +∞.
  public static func sigmoid(_ x: Double) -> Double {
    guard x.magnitude < 708 else { return x.isNaN ? x : x > 0 ? 1 : exp(x) }
    let growth = exponential(-x.magnitude)
    let one = DoubleDouble(high: 1, low: 0)
    let value = (x < 0 ? growth : one) / (growth + 1)
    return value.high + value.low
  }

  /// The error function, `2/√π ∫₀ˣ e^−t² dt`; ±1 at ±∞.
  ///
  /// Beyond 1 through `x e^x² erfc(x)`, a polynomial in `(x − 3)/(x + 3)`, as in Shepherd and
  /// Laframboise, doi:10.1090/S0025-5718-1981-0595058-X.
  public static func erf(_ x: Double) -> Double {
    let magnitude = x.magnitude
    guard magnitude > 1 else { return x + x * ElementaryPolynomials.errorFunctionTail(x * x) }
    guard magnitude < 6 else { return x.isNaN ? x : x > 0 ? 1 : -1 }
    let scaled = ElementaryPolynomials.complementaryErrorScaled((magnitude - 3) / (magnitude + 3))
    let value = 1 - exp(-(magnitude * magnitude)) * scaled / magnitude
    return x > 0 ? value : -value
  }

  /// e to the power `x`, which must lie within ±708, to about 60 bits.
  private static func exponential(_ x: Double) -> DoubleDouble {
    let (value, exponent) = exponential(DoubleDouble(high: x, low: 0))
    return value.scaled(by: Double(bitPattern: UInt64(exponent + 1023) << 52))
  }
}
