/// One line of a header, in fields, and the readers of its compound fields.
struct HeaderLine {
  let text: String
  let fields: [String]
  let number: Int
  let path: String

  init(_ text: String, number: Int, path: String) {
    self.text = text
    self.number = number
    self.path = path
    fields = text.split(whereSeparator: \.isBlank).map(String.init)
  }

  func has(_ index: Int) -> Bool { index < fields.count }

  /// What stands behind the first `count` fields, blanks inside kept.
  func rest(after count: Int) -> String? {
    guard has(count) else { return nil }
    return text.split(maxSplits: count, whereSeparator: \.isBlank).last.map {
      String($0).trimmed(of: [" ", "\t"])
    }
  }

  func malformed(_ problem: String) -> ECGError {
    .malformedHeader(path: path, line: number, problem: problem)
  }

  func integer(_ text: some StringProtocol, _ name: String) throws(ECGError) -> Int {
    // The 32-bit range is what the format allows, and keeps later sums from overflowing.
    guard let value = Int32(text) else {
      throw malformed("the \(name) is \"\(text)\", not a whole number of 32 bits")
    }
    return Int(value)
  }

  func count(_ index: Int, _ name: String) throws(ECGError) -> Int {
    guard let value = Int(fields[index]), (0...1 << 40).contains(value) else {
      throw malformed("the \(name) is \"\(fields[index])\", not a count")
    }
    return value
  }

  func number(_ text: some StringProtocol, _ name: String) throws(ECGError) -> Double {
    guard text.allSatisfy({ $0.isASCIIDigit || "+-.eE".contains($0) }),
      let value = Double(text), value.isFinite
    else { throw malformed("the \(name) is \"\(text)\", not a number") }
    return value
  }

  /// A time or date: digits and separators.
  func stamp(
    _ index: Int, separators: [Character], _ name: String
  ) throws(ECGError) -> String? {
    guard has(index) else { return nil }
    guard fields[index].allSatisfy({ $0.isASCIIDigit || separators.contains($0) }) else {
      throw malformed("the \(name) is \"\(fields[index])\"")
    }
    return fields[index]
  }

  /// Splits `text(inside)`.
  func parenthesis(_ text: Substring) throws(ECGError) -> (Substring, Substring?) {
    guard let open = text.firstIndex(of: "(") else { return (text, nil) }
    guard text.last == ")" else { throw malformed("a parenthesis in \"\(text)\" stays open") }
    return (text[..<open], text[text.index(after: open)...].dropLast())
  }

  /// The field `format[xSAMPLES][:SKEW][+OFFSET]`.
  func format(
    _ index: Int
  ) throws(ECGError) -> (number: Int, samplesPerFrame: Int, skew: Int, byteOffset: Int) {
    var values: [Character: Int] = [:]
    var rest = fields[index][...]
    var mark: Character = "f"
    while true {
      let digits = rest.prefix(while: \.isASCIIDigit)
      guard values[mark] == nil, let value = Int32(digits) else {
        throw malformed("the format is \"\(fields[index])\"")
      }
      values[mark] = Int(value)
      rest = rest[digits.endIndex...]
      guard let next = rest.first else { break }
      guard "x:+".contains(next) else { throw malformed("the format is \"\(fields[index])\"") }
      mark = next
      rest = rest.dropFirst()
    }
    guard values["x"] != 0 else { throw malformed("a frame holds 0 samples of this signal") }
    return (values["f"] ?? 0, values["x"] ?? 1, values[":"] ?? 0, values["+"] ?? 0)
  }

  /// The field `gain[(baseline)][/units]`.
  func gain(
    _ index: Int
  ) throws(ECGError) -> (value: Double, baseline: Int?, units: String) {
    guard has(index) else { return (0, nil, "mV") }
    let parts = fields[index].split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    let (text, inside) = try parenthesis(parts[0])
    let value = try number(text, "gain")
    let baseline = try inside.map { (text) throws(ECGError) in try integer(text, "baseline") }
    guard parts.count == 1 || !parts[1].isEmpty else { throw malformed("the unit is empty") }
    return (value, baseline, parts.count == 2 ? String(parts[1]) : "mV")
  }
}

extension Character {
  var isASCIIDigit: Bool { ("0"..."9").contains(self) }
  var isBlank: Bool { self == " " || self == "\t" }
}

extension String {
  func trimmed(of characters: [Character]) -> String {
    let start = drop { characters.contains($0) }
    guard let last = start.lastIndex(where: { !characters.contains($0) }) else { return "" }
    return String(start[...last])
  }
}
