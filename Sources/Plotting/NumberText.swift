/// Numbers as text, without a locale: a full stop before the decimals, a comma between thousands.
public enum NumberText {
  /// The number with a fixed count of decimals, rounded half away from zero; `n/a` if not finite.
  public static func fixed(_ value: Double, decimals: Int) -> String {
    precondition((0...12).contains(decimals), "decimals must be 0 to 12, not \(decimals)")
    guard value.isFinite else { return "n/a" }
    let scale = (0..<decimals).reduce(1.0) { scale, _ in scale * 10 }
    let scaled = (value.magnitude * scale).rounded()
    guard scaled < 0x1p53 else { return "\(value)" }
    let digits = String(UInt64(scaled))
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }

  /// A whole number with commas between thousands.
  public static func grouped(_ value: Int) -> String {
    let digits = Array(String(value.magnitude))
    var text = value < 0 ? "-" : ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index).isMultiple(of: 3) { text.append(",") }
      text.append(digit)
    }
    return text
  }

  /// The shortest digits that read back as the same number, without a trailing `.0`;
  /// empty if not finite.
  public static func shortest(_ value: Double) -> String { withoutPoint(value, "\(value)") }

  /// The shortest digits that read back as the same number, without a trailing `.0`;
  /// empty if not finite.
  public static func shortest(_ value: Float) -> String { withoutPoint(value, "\(value)") }

  private static func withoutPoint(
    _ value: some BinaryFloatingPoint, _ digits: String
  ) -> String {
    guard value.isFinite else { return "" }
    let text = digits.hasSuffix(".0") ? String(digits.dropLast(2)) : digits
    return text == "-0" ? "0" : text
  }
}
