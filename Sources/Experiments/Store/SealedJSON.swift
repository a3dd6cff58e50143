/// JSON whose last member is the SHA-256 of the text without that line, so that a changed digit is
/// noticed wherever the file lies. To readers of JSON it is one more member.
///
/// Files of earlier programs end without such a line and are believed.
enum SealedJSON {
  private static let opening = Array(",\n  \"sha256\" : \"".utf8)
  private static let closing = Array("\"\n}\n".utf8)
  /// Ends an object that is not sealed.
  private static let end = Array("\n}\n".utf8)
  private static let digits = 64

  /// Encodes an object that has at least one member.
  static func encode(_ value: some Encodable) throws -> [UInt8] {
    sealed(try CanonicalJSON.encode(value))
  }

  /// The text of an object with its hash, which one of an earlier program does not have.
  static func sealed(_ text: [UInt8]) -> [UInt8] {
    guard text.suffix(end.count).elementsEqual(end), !hasHash(text) else { return text }
    return text.dropLast(end.count) + opening + Array(Hash.sha256(text).utf8) + closing
  }

  /// Whether the bytes are those that were encoded, or hold no hash at all.
  static func isWhole(_ bytes: [UInt8]) -> Bool {
    guard hasHash(bytes) else { return true }
    let line = lastLine(bytes)
    let text = bytes.dropLast(line.count) + end
    return line.elementsEqual(opening + Array(Hash.sha256(text).utf8) + closing)
  }

  /// Whether a file ends with a hash. A line with a damaged sign or two is one all the same: else the
  /// damage would make the file one of an earlier program.
  private static func hasHash(_ bytes: [UInt8]) -> Bool {
    let line = lastLine(bytes)
    return line.count > digits && zip(line, opening).count { $0 != $1 } <= 2
  }

  private static func lastLine(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.suffix(opening.count + digits + closing.count)
  }
}
