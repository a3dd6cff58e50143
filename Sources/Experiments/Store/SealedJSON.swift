/// JSON whose last member is the SHA-256 of the text without that line, so that a changed digit is
/// noticed wherever the file lies. To readers of JSON it is one more member.
///
/// Files of earlier programs hold no such member and are believed. One that holds it anywhere but at
/// the end was written by somebody else and is not.
enum SealedJSON {
  private static let opening = Array(",\n  \"sha256\" : \"".utf8)
  private static let closing = Array("\"\n}\n".utf8)
  /// Ends an object that is not sealed.
  private static let end = Array("\n}\n".utf8)
  private static let digits = 64
  private static let name = Array("sha256".utf8)

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
    guard hasHash(bytes) else { return !hasMember(name, in: bytes) }
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

  /// Whether an object has a member of that name at its top.
  private static func hasMember(_ name: [UInt8], in bytes: [UInt8]) -> Bool {
    var depth = 0
    var place = bytes.startIndex
    while place < bytes.endIndex {
      switch bytes[place] {
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"): depth -= 1
      case UInt8(ascii: "\""):
        let end = endOfText(in: bytes, from: place + 1)
        let next = bytes[end...].dropFirst().first { !whitespace.contains($0) }
        if depth == 1, next == UInt8(ascii: ":"), bytes[place + 1..<end].elementsEqual(name) {
          return true
        }
        place = end
      default: break
      }
      place += 1
    }
    return false
  }

  private static let whitespace = Array(" \t\r\n".utf8)

  /// The place of the quotation mark that ends a text, or the end of everything.
  private static func endOfText(in bytes: [UInt8], from start: Int) -> Int {
    var place = start
    while place < bytes.endIndex, bytes[place] != UInt8(ascii: "\"") {
      place += bytes[place] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(place, bytes.endIndex)
  }

  private static func lastLine(_ bytes: [UInt8]) -> ArraySlice<UInt8> {
    bytes.suffix(opening.count + digits + closing.count)
  }
}
