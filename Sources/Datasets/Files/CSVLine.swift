/// The fields of a line of comma-separated values (RFC 4180, without line ends in fields).
///
/// Blanks around a field and the byte order mark that some programs write first are no part of it.
struct CSVLine {
  /// The fields; `nil` where a quotation mark is not closed.
  let fields: [String]?

  /// - Parameter isFirst: Whether the line is the first of its file.
  init(_ bytes: UnsafeBufferPointer<UInt8>, isFirst: Bool) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let rest = isFirst && bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
    guard rest.contains(Self.quote) else {
      fields = rest.split(separator: Self.comma, omittingEmptySubsequences: false)
        .map { Self.text($0) }
      return
    }
    var fields: [String] = []
    var field: [UInt8] = []
    var isQuoted = false
    for byte in rest {
      switch byte {
      // Two marks within a quoted field are one: the second opens it again, and is kept.
      case Self.quote:
        isQuoted.toggle()
        field.append(byte)
      case Self.comma where !isQuoted:
        fields.append(Self.text(field[...]))
        field = []
      default: field.append(byte)
      }
    }
    self.fields = isQuoted ? nil : fields + [Self.text(field[...])]
  }

  /// Whether a line holds nothing but blanks.
  static func isBlank(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    bytes.allSatisfy { isBlank($0) }
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
  }

  private static let comma = UInt8(ascii: ",")
  private static let quote = UInt8(ascii: "\"")

  /// A field without the blanks around it and without its quotation marks.
  private static func text(_ bytes: some BidirectionalCollection<UInt8>) -> String {
    let start = bytes.firstIndex { !isBlank($0) } ?? bytes.endIndex
    let last = bytes.lastIndex { !isBlank($0) }
    let end = last.map { bytes.index(after: $0) } ?? start
    let text = String(decoding: bytes[start..<end], as: UTF8.self)
    guard text.count > 1, text.hasPrefix("\""), text.hasSuffix("\"") else { return text }
    return String(text.dropFirst().dropLast()).replacing("\"\"", with: "\"")
  }
}
