/// A value that an axis marks, with its label.
public struct Tick: Sendable, Equatable {
  /// The value.
  public let value: Double
  /// What stands beside it.
  public let label: String

  /// Creates a tick.
  public init(_ value: Double, _ label: String) {
    self.value = value
    self.label = label
  }
}

/// Maps values to places along an axis.
public protocol Scale: Sendable {
  /// The place of a value: 0 at the start of the axis, 1 at its end, beyond where the value lies
  /// outside; `nil` where the scale has no place for it.
  func fraction(_ value: Double) -> Double?
  /// The values to mark, some `count` of them, all on the axis.
  func ticks(about count: Int) -> [Tick]
}

/// A round number: a whole number times a power of ten, so that its double is the nearest one.
struct RoundNumber {
  let mantissa: Int
  let exponent: Int

  var value: Double {
    let power = (0..<exponent.magnitude).reduce(1.0) { power, _ in power * 10 }
    return exponent < 0 ? Double(mantissa) / power : Double(mantissa) * power
  }

  /// The label with the decimals of the exponent.
  var label: String {
    if exponent < 0 { return NumberText.fixed(value, decimals: min(12, -exponent)) }
    return value.magnitude < 1e15 ? NumberText.grouped(Int(value)) : "\(value)"
  }
}
