import Foundation

/// A source as far as it can decide a trained number.
struct SourceFile {
  /// Where it is.
  let path: String
  /// What counts of it.
  private(set) var text: String

  /// Reads a file.
  ///
  /// - Parameter isVariant: Whether it declares a model variant, so that what its tables print does
  ///   not count.
  init(_ path: String, isVariant: Bool = false) throws {
    let source = try String(contentsOfFile: path, encoding: .utf8)
    self.init(
      path: path,
      text: SourceText(source, language: path.hasSuffix(".swift") ? .swift : .c).text)
    if isVariant { text = Self.unnamed(text, variant: typeName) }
  }

  init(path: String, text: String) {
    (self.path, self.text) = (path, text)
  }

  /// The text of a variant without title, rank and source: those declared before anything else of
  /// its type, and titles of other sizes that the type is made with.
  static func unnamed(_ text: String, variant: String) -> String {
    // Lines of a long string could look like declarations.
    guard !text.contains("\"\"\"") else { return text }
    let name = /(?:var|let) (?:title|rank|source)(?:: \w+)? = (?:"[^"\\]*"|-?\d+)/
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    let openings = ["struct \(variant): ", "public struct \(variant): "]
    if let opening = lines.firstIndex(where: { line in openings.contains { line.hasPrefix($0) } }) {
      let end = lines[(opening + 1)...].firstIndex { $0.contains("{") || $0.contains("}") }
      let properties = opening + 1..<(end ?? lines.endIndex)
      let kept = lines[properties].filter { $0.wholeMatch(of: name) == nil }
      lines.replaceSubrange(properties, with: kept)
    }
    let title = /(\w+)\(title: "[^"\\]*",?/
    return lines.joined(separator: "\n").replacing(title) { match in
      match.1 == variant ? "\(variant)(" : String(match.0)
    }
  }

  /// The type that a variant's file is named after.
  var typeName: String { URL(fileURLWithPath: path).deletingPathExtension().lastPathComponent }

  /// Its words, as far as they could be names.
  var words: Set<Substring> {
    Set(text.split { !$0.isLetter && !$0.isNumber && $0 != "_" })
  }

  /// The types that it declares.
  var types: Set<Substring> {
    Set(
      text.split(separator: "\n").compactMap { line in
        let parts = line.split { $0 == " " || $0 == ":" || $0 == "{" }.drop { $0 == "public" }
        guard let kind = parts.first, ["struct", "enum", "class"].contains(kind) else { return nil }
        return parts.dropFirst().first.map { $0.prefix { $0 != "<" } }
      })
  }
}
