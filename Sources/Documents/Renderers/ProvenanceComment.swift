/// Facts of what a file was made from, as comments of its format.
enum ProvenanceComment {
  /// Lines of a file that has comments from a sign to the end of the line.
  static func lines(_ facts: [String], sign: String) -> String {
    facts.map { "\(sign) \(oneLine($0))\n" }.joined()
  }

  /// A block for Markdown and HTML; empty without facts. Two hyphens would end it, and no tag may look
  /// like one.
  static func markup(_ facts: [String]) -> String {
    guard !facts.isEmpty else { return "" }
    let lines = facts.map { fact in
      HTMLText.escaped(oneLine(fact)).replacing(/-{2,}/) { match in
        match.output.map(String.init).joined(separator: " ")
      }
    }
    return "<!--\n\(lines.joined(separator: "\n"))\n-->\n"
  }

  private static func oneLine(_ text: String) -> String {
    String(String.UnicodeScalarView(text.printable))
  }
}
