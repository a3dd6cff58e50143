#if canImport(Glibc)
  import Glibc
#else
  import Darwin
#endif

/// Numbers as decimal text: the form `%.18e` of the published files, read and written.
enum DecimalText {
  /// Reads the number at `position` and moves behind it; `nil` where there is none.
  ///
  /// The grammar is `[+-]digits[.digits][e[+-]digits]`. The result is that of `strtod`, rounded to
  /// single precision, for every text. Up to 19 digits w and a power of ten up to 22 give an
  /// approximation d = w · 10^q from two correctly rounded operations on doubles, so d lies within 2
  /// units in the last place of the true value and within 3 of what `strtod` gives. Unless d lies
  /// within 4 units of the middle between two neighbouring floats, both then round to the same
  /// float. Where it does, or w has more digits, or the result is no normal float, the text is
  /// read by the standard library, which rounds correctly.
  static func float(_ text: UnsafeBufferPointer<UInt8>, at position: inout Int) -> Float? {
    guard let number = Scan(text, from: position) else { return nil }
    let start = position
    position = number.end
    if number.digits == 0 && number.isExact { return number.isNegative ? -0.0 : 0 }
    if number.isExact, (-22...22).contains(number.exponent) {
      let power = powersOfTen[abs(number.exponent)]
      let digits = Double(number.digits)
      let approximation = number.exponent < 0 ? digits / power : digits * power
      if isRoundingSafe(approximation) {
        return number.isNegative ? -Float(approximation) : Float(approximation)
      }
    }
    return Double(String(decoding: text[start..<number.end], as: UTF8.self)).map { Float($0) }
  }

  /// Whether all doubles within 4 units in the last place round to the same normal float.
  private static func isRoundingSafe(_ value: Double) -> Bool {
    // A float keeps 23 of the 52 bits of a double's fraction; the middle is half of the 29 others.
    let dropped = Int64(value.bitPattern & 0x1fff_ffff)
    return abs(dropped - 0x1000_0000) > 4 && value >= 0x1p-126 && value < 0x1p127
  }

  /// 10⁰ to 10²², the powers of ten that a double holds exactly.
  private static let powersOfTen: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// Appends a number in the form `%.18e`.
  ///
  /// Between 2⁻³⁰ and 1 the 19 digits come from whole-number arithmetic in 128 bits, which is exact;
  /// everything else is left to the C library.
  static func append(_ value: Float, to bytes: inout [UInt8]) {
    if value == 0 && value.sign == .plus {
      bytes.append(contentsOf: zero)
      return
    }
    guard value >= 0x1p-30, value <= 1 else {
      appendSlowly(value, to: &bytes)
      return
    }
    // value = significand / 2^shift
    let significand = UInt128(value.significandBitPattern | 1 << 23)
    let shift = 23 - Int(value.exponent)
    var exponent = 0
    while significand * wholePowers[exponent] < 1 << UInt128(shift) { exponent += 1 }
    let scaled = significand * wholePowers[exponent + 18]
    let (floor, rest) = (scaled >> shift, scaled & (1 << shift - 1))
    let half = UInt128(1) << (shift - 1)
    var digits = UInt64(floor + (rest > half || rest == half && floor & 1 == 1 ? 1 : 0))
    if digits == 10_000_000_000_000_000_000 {
      digits /= 10
      exponent -= 1
    }
    append(digits: digits, exponent: exponent, to: &bytes)
  }

  /// Appends `d.dddddddddddddddddde-xx`.
  private static func append(digits: UInt64, exponent: Int, to bytes: inout [UInt8]) {
    let start = bytes.count
    bytes.append(contentsOf: zero)
    var rest = digits
    for place in stride(from: 19, to: 0, by: -1) {
      bytes[start + (place == 1 ? 0 : place)] = UInt8(ascii: "0") + UInt8(rest % 10)
      rest /= 10
    }
    if exponent > 0 { bytes[start + 21] = UInt8(ascii: "-") }
    bytes[start + 22] += UInt8(exponent / 10)
    bytes[start + 23] += UInt8(exponent % 10)
  }

  private static func appendSlowly(_ value: Float, to bytes: inout [UInt8]) {
    var buffer = [CChar](repeating: 0, count: 64)
    let count = withVaList([Double(value)]) { vsnprintf(&buffer, buffer.count, "%.18e", $0) }
    bytes.append(contentsOf: buffer.prefix(Int(count)).map { UInt8(bitPattern: $0) })
  }

  private static let zero = Array("0.000000000000000000e+00".utf8)

  /// 10⁰ to 10²⁸.
  private static let wholePowers: [UInt128] = (0...28).map { exponent in
    (0..<exponent).reduce(1) { power, _ in power * 10 }
  }
}

/// The parts of a decimal number.
private struct Scan {
  /// The first 19 significant digits.
  var digits: UInt64 = 0
  /// Whether that was all of them.
  var isExact = true
  var isNegative = false
  var exponent = 0
  var end: Int
  private var significantDigits = 0

  init?(_ text: UnsafeBufferPointer<UInt8>, from start: Int) {
    end = start
    if end < text.count, text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "+") {
      isNegative = text[end] == UInt8(ascii: "-")
      end += 1
    }
    guard scanDigits(text) > 0 else { return nil }
    if end < text.count, text[end] == UInt8(ascii: ".") {
      end += 1
      let count = scanDigits(text)
      guard count > 0 else { return nil }
      exponent -= count
    }
    guard scanExponent(text) else { return nil }
  }

  /// Takes a run of digits in, and says how many they were.
  private mutating func scanDigits(_ text: UnsafeBufferPointer<UInt8>) -> Int {
    let start = end
    while end < text.count {
      let digit = text[end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      if significantDigits < 19 {
        digits = digits * 10 + UInt64(digit)
        if digits > 0 { significantDigits += 1 }
      } else {
        isExact = false
      }
      end += 1
    }
    return end - start
  }

  private mutating func scanExponent(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
    guard end < text.count, text[end] | 0x20 == UInt8(ascii: "e") else { return true }
    end += 1
    var sign = 1
    if end < text.count, text[end] == UInt8(ascii: "-") || text[end] == UInt8(ascii: "+") {
      sign = text[end] == UInt8(ascii: "-") ? -1 : 1
      end += 1
    }
    let start = end
    var value = 0
    while end < text.count, end - start < 5 {
      let digit = text[end] &- UInt8(ascii: "0")
      guard digit < 10 else { break }
      value = value * 10 + Int(digit)
      end += 1
    }
    exponent += sign * value
    return end > start
  }
}
