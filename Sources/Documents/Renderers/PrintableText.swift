extension String {
  /// The text as one line of visible characters: runs of white space and line ends become one
  /// space; control characters, marks that turn the writing direction and invisible formatting
  /// are dropped. Every renderer starts from this.
  package var printable: [UnicodeScalar] {
    var result: [UnicodeScalar] = []
    for scalar in unicodeScalars {
      if scalar.isBreakingSpace {
        if result.last != " " { result.append(" ") }
      } else if !scalar.isInvisible {
        result.append(scalar)
      }
    }
    return result
  }
}

extension UnicodeScalar {
  fileprivate var isBreakingSpace: Bool {
    properties.isWhitespace && ![0xA0, 0x2007, 0x202F, 0x2009].contains(value)
  }

  fileprivate var isInvisible: Bool {
    switch properties.generalCategory {
    case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator,
      .paragraphSeparator:
      true
    default: false
    }
  }
}

/// A web address that is safe to put into a document.
///
/// Kept are `http`, `https` and relative addresses. What RFC 3986 (section 2) does not allow, and
/// the characters that end a link in one of the formats, are percent-encoded.
package struct SafeAddress {
  /// The address, in ASCII.
  package let text: String

  /// The safe form of an address; `nil` where its scheme is not one to be followed.
  package init?(_ address: String) {
    let line = address.printable.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()
    let trimmed = String(String.UnicodeScalarView(line))
    let scheme = trimmed.prefix { !":/?#".contains($0) }
    let hasScheme = scheme.endIndex < trimmed.endIndex && trimmed[scheme.endIndex] == ":"
    guard !trimmed.isEmpty, !trimmed.hasPrefix("//") else { return nil }
    guard !hasScheme || ["http", "https"].contains(scheme.lowercased()) else { return nil }
    text = trimmed.utf8.map(Self.encoded).joined()
  }

  private static let kept = Set(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._:/?#@!*+,;=&%".utf8)

  private static func encoded(_ byte: UInt8) -> String {
    guard !kept.contains(byte) else { return String(UnicodeScalar(byte)) }
    let digits = String(byte, radix: 16, uppercase: true)
    return "%" + (digits.count == 1 ? "0" : "") + digits
  }
}
