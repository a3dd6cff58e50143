/// The same functions in single precision: computed in double precision and rounded once, so the
/// error is below 0.500001 ulp.
extension Elementary {
  /// e to the power `x`; see the function of `Double`.
  public static func exp(_ x: Float) -> Float { Float(exp(Double(x))) }

  /// The natural logarithm; see the function of `Double`.
  public static func log(_ x: Float) -> Float { Float(log(Double(x))) }

  /// The natural logarithm of `1 + x`; see the function of `Double`.
  public static func log1p(_ x: Float) -> Float { Float(log1p(Double(x))) }

  /// `x` to the power `y`; see the function of `Double`.
  public static func pow(_ x: Float, _ y: Float) -> Float { Float(pow(Double(x), Double(y))) }

  /// The sine of an angle in radians; see the function of `Double`.
  public static func sin(_ x: Float) -> Float { Float(sin(Double(x))) }

  /// The cosine of an angle in radians; see the function of `Double`.
  public static func cos(_ x: Float) -> Float { Float(cos(Double(x))) }

  /// The hyperbolic tangent; see the function of `Double`.
  public static func tanh(_ x: Float) -> Float { Float(tanh(Double(x))) }

  /// The logistic function; see the function of `Double`.
  public static func sigmoid(_ x: Float) -> Float { Float(sigmoid(Double(x))) }

  /// The error function; see the function of `Double`.
  public static func erf(_ x: Float) -> Float { Float(erf(Double(x))) }
}
