/// A kebab-case name that is safe in every format, as an anchor, a label and a file name: lower-case
/// ASCII letters, digits and single hyphens, at most 80.
public struct Identifier: Sendable, Hashable, Comparable, ExpressibleByStringLiteral,
  CustomStringConvertible
{
  /// The name.
  public let text: String

  /// The name that `source` becomes: letters in lower case, everything else a hyphen.
  public init(_ source: String) {
    let words = source.lowercased().unicodeScalars.split { scalar in
      !("a"..."z").contains(scalar) && !("0"..."9").contains(scalar)
    }
    let joined = words.map { String($0) }.joined(separator: "-").prefix(80)
    text = joined.isEmpty ? "unnamed" : String(joined)
  }

  /// The name that the literal becomes.
  public init(stringLiteral value: String) {
    self.init(value)
  }

  /// The name.
  public var description: String { text }

  /// Order of the names.
  public static func < (left: Identifier, right: Identifier) -> Bool { left.text < right.text }
}
