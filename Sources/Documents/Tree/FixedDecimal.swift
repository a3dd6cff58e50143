/// A decimal number with a fixed number of digits after the point.
///
/// The value is the shortest decimal that reads back as the same `Double` (what a reader would
/// write), shifted by powers of ten and rounded half to even. No locale takes part.
///
/// Example: `FixedDecimal(0.98415, digits: 2, shift: 2)` is 98.42 (98.415 is a tie, 2 is even).
public struct FixedDecimal: Sendable, Hashable {
  /// Whether the rounded number is below zero; a number that rounds to zero is not.
  public let isNegative: Bool
  /// Digits before the point, without leading zeros; at least one.
  public let whole: String
  /// Digits after the point.
  public let fraction: String

  /// Whether every digit is zero.
  public var isZero: Bool { (whole + fraction).allSatisfy { $0 == "0" } }

  /// Rounds a value; `nil` where it is not a finite number.
  ///
  /// - Parameters:
  ///   - value: The number.
  ///   - digits: Digits after the point.
  ///   - shift: Power of ten to multiply with, exactly; 2 turns a share into percent.
  public init?(_ value: Double, digits: Int, shift: Int = 0) {
    precondition(digits >= 0, "\(digits) digits after the point")
    guard value.isFinite else { return nil }
    let (significant, point) = Self.shortestDigits(of: value)
    let kept = Self.rounded(significant, toFirst: point + shift + digits)
    let padded = Array(repeating: 0, count: max(0, digits + 1 - kept.count)) + kept
    let text = padded.map(String.init).joined()
    let leading = text.dropLast(digits).drop { $0 == "0" }
    whole = leading.isEmpty ? "0" : String(leading)
    fraction = String(text.suffix(digits))
    isNegative = value < 0 && kept.contains { $0 != 0 }
  }

  /// The number as text.
  ///
  /// - Parameters:
  ///   - minus: The minus sign, `-` or `−`.
  ///   - plus: What stands before a number above zero.
  ///   - separator: What stands between groups of three digits, in numbers of four and more.
  ///   - point: The decimal point.
  public func text(
    minus: String = "-", plus: String = "", separator: String = "", point: String = "."
  ) -> String {
    let sign = isNegative ? minus : isZero ? "" : plus
    return sign + grouped(by: separator) + (fraction.isEmpty ? "" : point + fraction)
  }

  private func grouped(by separator: String) -> String {
    guard whole.count >= 4 else { return whole }
    return whole.enumerated().map { index, digit in
      let remaining = whole.count - index
      return (index > 0 && remaining % 3 == 0 ? separator : "") + String(digit)
    }.joined()
  }

  /// The digits `d` and the point `p` of `0.d₁d₂… × 10ᵖ`, from the shortest text of the value.
  private static func shortestDigits(of value: Double) -> (digits: [Int], point: Int) {
    let parts = value.magnitude.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let exponent = parts.count > 1 ? Int(parts[1]) ?? 0 : 0
    return (mantissa.joined().compactMap(\.wholeNumberValue), mantissa[0].count + exponent)
  }

  /// The first `count` digits, rounded half to even, as a whole number's digits.
  private static func rounded(_ digits: [Int], toFirst count: Int) -> [Int] {
    guard count >= 0 else { return [0] }
    guard count < digits.count else {
      return digits + Array(repeating: 0, count: count - digits.count)
    }
    var kept = Array(digits.prefix(count))
    let rest = digits.dropFirst(count + 1)
    let isTie = digits[count] == 5 && rest.allSatisfy { $0 == 0 }
    let isLastOdd = (kept.last ?? 0) % 2 == 1
    guard digits[count] > 5 || (digits[count] == 5 && (!isTie || isLastOdd)) else { return kept }
    var index = kept.count - 1
    while index >= 0, kept[index] == 9 {
      kept[index] = 0
      index -= 1
    }
    if index >= 0 { kept[index] += 1 } else { kept.insert(1, at: 0) }
    return kept
  }
}
