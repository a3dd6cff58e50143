/// Escaping for GitHub-flavoured Markdown (GFM 0.29) with GitHub's mathematics and footnotes.
enum MarkdownText {
  /// Plain text in which no character has a meaning of its own.
  static func escaped(_ text: String) -> String {
    text.printable.map { escape($0) }.joined()
  }

  /// A code span. The fence is longer than any run of backticks inside.
  static func code(_ text: String, inTable: Bool) -> String {
    let content = String(String.UnicodeScalarView(text.printable))
    guard !content.isEmpty else { return "" }
    let runs = content.split { $0 != "`" }.map(\.count)
    let fence = String(repeating: "`", count: (runs.max() ?? 0) + 1)
    let needsSpace =
      content.hasPrefix("`") || content.hasSuffix("`")
      || (content.hasPrefix(" ") && content.hasSuffix(" "))
    let padded = needsSpace ? " \(content) " : content
    // A table row is cut into cells before code spans are read.
    return fence + (inTable ? padded.split("|").joined(separator: "\\|") : padded) + fence
  }

  /// The same text, safe at the start of a line: no list, heading, quotation or rule begins.
  static func atLineStart(_ text: String) -> String {
    guard let first = text.first else { return text }
    if "+-=".contains(first) { return "\\" + text }
    let digits = text.prefix { ("0"..."9").contains($0) }
    let rest = text[digits.endIndex...]
    guard !digits.isEmpty, let delimiter = rest.first, ".)".contains(delimiter) else { return text }
    return "\(digits)\\\(rest)"
  }

  private static func escape(_ scalar: UnicodeScalar) -> String {
    switch scalar {
    case "<": "&lt;"
    case ">": "&gt;"
    case "&": "&amp;"
    // A backslash does not keep GitHub from reading mathematics.
    case "$": "&#36;"
    case "\\", "`", "*", "_", "[", "]", "|", "~", "^", "#", "!": "\\\(scalar)"
    default: String(scalar)
    }
  }
}

extension String {
  fileprivate func split(_ separator: Character) -> [Substring] {
    split(separator: separator, omittingEmptySubsequences: false)
  }
}
