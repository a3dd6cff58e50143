/// What a source says to its compiler: its text without comments, blank lines and layout.
///
/// Strings stand as they are. Where it is not certain how a text is to be read, all of it counts: a
/// hash that changes too often costs a training, one that does not change makes a wrong result.
struct SourceText {
  /// The language, which decides what may surround a comment.
  enum Language {
    case swift, c
  }

  /// The text that counts.
  let text: String

  init(_ source: String, language: Language) {
    var reader = SourceReader(bytes: Array(source.utf8), language: language)
    text = reader.read().map { String(decoding: $0, as: UTF8.self) } ?? source
  }
}

/// Goes through a source once.
private struct SourceReader {
  private enum Gap {
    case none, space, line
  }

  let bytes: [UInt8]
  let language: SourceText.Language
  private var place = 0
  private var kept: [UInt8] = []
  private var gap = Gap.none

  init(bytes: [UInt8], language: SourceText.Language) {
    (self.bytes, self.language) = (bytes, language)
  }

  /// The bytes that count; `nil` where the text holds something that is not read here, such as a
  /// regular expression or a string with other delimiters.
  mutating func read() -> [UInt8]? {
    while place < bytes.count {
      if isSpace(bytes[place]) {
        widen(bytes[place] == UInt8(ascii: "\n") ? .line : .space)
        place += 1
      } else if begins("//") {
        guard skipLineComment() else { return nil }
      } else if begins("/*") {
        guard skipBlockComment() else { return nil }
      } else if let end = endOfLiteral() {
        guard end > place else { return nil }
        keep(upTo: end)
      } else {
        guard !isUncertain else { return nil }
        keep(upTo: place + 1)
      }
    }
    return kept
  }

  private func begins(_ text: StaticString, at index: Int? = nil) -> Bool {
    let index = index ?? place
    guard index + text.utf8CodeUnitCount <= bytes.count else { return false }
    return text.withUTF8Buffer { $0.elementsEqual(bytes[index..<index + text.utf8CodeUnitCount]) }
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"), UInt8(ascii: "\n")].contains(byte)
  }

  private mutating func widen(_ other: Gap) {
    if gap != .line { gap = other }
  }

  // MARK: Comments

  private mutating func skipLineComment() -> Bool {
    let end = bytes[place...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.count
    // In C such a comment goes on in the next line.
    guard language == .swift || bytes[end - 1] != UInt8(ascii: "\\") else { return false }
    place = end
    return true
  }

  private mutating func skipBlockComment() -> Bool {
    var end = place + 2
    while !begins("*/", at: end) {
      guard end < bytes.count, !begins("/*", at: end) else { return false }
      end += 1
    }
    widen(bytes[place..<end].contains(UInt8(ascii: "\n")) ? .line : .space)
    place = end + 2
    return true
  }

  // MARK: Literals

  /// Where the string or character that begins here ends: `nil` where none begins, and the place
  /// itself where it has no end.
  private func endOfLiteral() -> Int? {
    switch (bytes[place], language) {
    case (UInt8(ascii: "\""), .swift): endOfString(place) ?? place
    case (UInt8(ascii: "\""), .c), (UInt8(ascii: "'"), .c): endOfPlainLiteral(place) ?? place
    default: nil
    }
  }

  private func endOfPlainLiteral(_ start: Int) -> Int? {
    var index = start + 1
    while index < bytes.count, bytes[index] != UInt8(ascii: "\n") {
      if bytes[index] == bytes[start] { return index + 1 }
      index += bytes[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return nil
  }

  private func endOfString(_ start: Int) -> Int? {
    let isLong = begins("\"\"\"", at: start)
    var index = start + (isLong ? 3 : 1)
    while index < bytes.count {
      if begins("\\(", at: index) {
        guard let end = endOfInterpolation(index + 2) else { return nil }
        index = end
      } else if bytes[index] == UInt8(ascii: "\\") {
        index += 2
      } else if isLong ? begins("\"\"\"", at: index) : bytes[index] == UInt8(ascii: "\"") {
        return index + (isLong ? 3 : 1)
      } else if !isLong, bytes[index] == UInt8(ascii: "\n") {
        return nil
      } else {
        index += 1
      }
    }
    return nil
  }

  /// Behind the parenthesis that closes an interpolation, which may hold strings of its own.
  private func endOfInterpolation(_ start: Int) -> Int? {
    var (index, depth) = (start, 1)
    while index < bytes.count {
      switch bytes[index] {
      case UInt8(ascii: "("): depth += 1
      case UInt8(ascii: ")"): depth -= 1
      case UInt8(ascii: "\""):
        guard let end = endOfString(index) else { return nil }
        index = end - 1
      default: if begins("//", at: index) || begins("/*", at: index) { return nil }
      }
      index += 1
      if depth == 0 { return index }
    }
    return nil
  }

  /// Whether a string with other delimiters or a regular expression may begin here.
  private var isUncertain: Bool {
    guard language == .swift, place + 1 < bytes.count else { return false }
    let next = bytes[place + 1]
    switch bytes[place] {
    case UInt8(ascii: "#"):
      return [UInt8(ascii: "\""), UInt8(ascii: "#"), UInt8(ascii: "/")].contains(next)
    case UInt8(ascii: "/"):
      let isBehindSign = kept.last.map { Array("([{,=:".utf8).contains($0) } ?? true
      return (gap != .none || isBehindSign) && !isSpace(next) && next != UInt8(ascii: "=")
    default: return false
    }
  }

  // MARK: Keeping

  private mutating func keep(upTo end: Int) {
    if !kept.isEmpty, gap != .none { keepGap(before: bytes[place]) }
    gap = .none
    kept += bytes[place..<end]
    place = end
  }

  /// In Swift what stands within brackets may be broken into lines anywhere, and so may a line
  /// behind the sign of an assignment.
  private mutating func keepGap(before next: UInt8) {
    let last = kept.last ?? 0
    let isInBrackets =
      Array("([,".utf8).contains(last) || Array(")]".utf8).contains(next)
    if language == .swift, isInBrackets { return }
    let isContinued = language == .swift && last == UInt8(ascii: "=")
    kept.append(gap == .line && !isContinued ? UInt8(ascii: "\n") : UInt8(ascii: " "))
  }
}
