/// Escaping for HTML, in text and in attributes between double quotation marks.
enum HTMLText {
  /// Plain text in which no character has a meaning of its own.
  static func escaped(_ text: String) -> String {
    text.printable.map { escape($0) }.joined()
  }

  /// An element around content that is HTML already.
  static func element(_ name: String, _ content: String) -> String {
    element(name, [:], content)
  }

  /// An element with escaped attributes around content that is HTML already.
  static func element(
    _ name: String, _ attributes: KeyValuePairs<String, String>, _ content: String
  ) -> String {
    "<\(name)\(text(of: attributes))>\(content)</\(name)>"
  }

  /// Escaped attributes with a space before each.
  static func text(of attributes: KeyValuePairs<String, String>) -> String {
    attributes.map { " \($0.key)=\"\(escaped($0.value))\"" }.joined()
  }

  private static func escape(_ scalar: UnicodeScalar) -> String {
    switch scalar {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    case "\"": "&quot;"
    case "'": "&#39;"
    default: String(scalar)
    }
  }
}
