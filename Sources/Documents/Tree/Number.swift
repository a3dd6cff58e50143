/// A number as it is printed: with fixed digits, or not available.
public struct Number: Sendable, Hashable {
  /// The rounded decimal, or `nil` where there is no number.
  public let decimal: FixedDecimal?
  /// Whether a number above zero carries a plus sign, as differences do.
  public let showsPlus: Bool

  /// A number with fixed digits after the point; not available where `value` is missing or not
  /// finite.
  public init(_ value: Double?, digits: Int, showsPlus: Bool = false) {
    self.init(value, digits: digits, shift: 0, showsPlus: showsPlus)
  }

  /// A count.
  public init(_ count: Int) {
    // Up to 2⁵³, which no count here exceeds, the conversion is exact.
    self.init(Double(count), digits: 0)
  }

  /// A share in 0…1 as percent.
  public static func percent(_ share: Double?, digits: Int) -> Number {
    Number(share, digits: digits, shift: 2, showsPlus: false)
  }

  /// A difference of two shares in percentage points, signed.
  public static func points(_ difference: Double?, digits: Int) -> Number {
    Number(difference, digits: digits, shift: 2, showsPlus: true)
  }

  /// The number as plain text, `n/a` where there is none.
  public func text(minus: String, separator: String = "") -> String {
    decimal?.text(minus: minus, plus: showsPlus ? "+" : "", separator: separator)
      ?? Self.notAvailable
  }

  static let notAvailable = "n/a"

  private init(_ value: Double?, digits: Int, shift: Int, showsPlus: Bool) {
    decimal = value.flatMap { FixedDecimal($0, digits: digits, shift: shift) }
    self.showsPlus = showsPlus
  }
}
