/// The number types that the reference implementations work in: `Float` to be compared with the
/// kernels, `Double` to be checked by finite differences.
public protocol ReferenceScalar: BinaryFloatingPoint & Sendable {
  /// The natural exponential.
  static func exponential(_ x: Self) -> Self
  /// The natural logarithm.
  static func logarithm(_ x: Self) -> Self
  /// The error function.
  static func errorFunction(_ x: Self) -> Self
}

extension Float: ReferenceScalar {
  /// The natural exponential.
  public static func exponential(_ x: Float) -> Float { Elementary.exp(x) }
  /// The natural logarithm.
  public static func logarithm(_ x: Float) -> Float { Elementary.log(x) }
  /// The error function.
  public static func errorFunction(_ x: Float) -> Float { Elementary.erf(x) }
}

extension Double: ReferenceScalar {
  /// The natural exponential.
  public static func exponential(_ x: Double) -> Double { Elementary.exp(x) }
  /// The natural logarithm.
  public static func logarithm(_ x: Double) -> Double { Elementary.log(x) }
  /// The error function.
  public static func errorFunction(_ x: Double) -> Double { Elementary.erf(x) }
}

/// Readable implementations of what the kernels do, one plain loop an equation.
///
/// Arrays are row-major; layouts are `[N, L, C]`, channels last.
public enum Reference {}
