/// What cairo's SVG files still need: ids that do not depend on what was drawn before, a title and
/// the provenance.
enum SVGFile {
  static func finished(
    _ bytes: [UInt8], _ provenance: Provenance
  ) throws(PlottingError) -> [UInt8] {
    let text = withRenumberedIDs(bytes)
    let opening = Array("<svg ".utf8)
    guard let start = firstIndex(of: opening, in: text),
      let end = text[start...].firstIndex(of: UInt8(ascii: ">"))
    else {
      throw .malformedOutput(format: "SVG", expected: "an <svg> element")
    }
    return text[...end] + Array("\n\(description(provenance))".utf8) + text[(end + 1)...]
  }

  /// Gives every id a new one: its letters, then the count of ids before it in the file.
  static func withRenumberedIDs(_ bytes: [UInt8]) -> [UInt8] {
    let names = renumbering(of: bytes)
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      result.append(byte)
      index += 1
      let isReference = byte == UInt8(ascii: "#")
      guard isReference || endsWith(idAttribute, result) else { continue }
      let name = identifier(in: bytes, from: index)
      guard let new = names[Array(name)] else { continue }
      result += new
      index = name.endIndex
    }
    return result
  }

  private static let idAttribute = Array(" id=\"".utf8)

  private static func renumbering(of bytes: [UInt8]) -> [[UInt8]: [UInt8]] {
    var names: [[UInt8]: [UInt8]] = [:]
    for index in bytes.indices.dropFirst(idAttribute.count)
    where bytes[index - 1] == UInt8(ascii: "\"")
      && bytes[(index - idAttribute.count)..<index].elementsEqual(idAttribute)
    {
      let name = identifier(in: bytes, from: index)
      let letters = name.prefix { !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      if names[Array(name)] == nil { names[Array(name)] = letters + Array("\(names.count)".utf8) }
    }
    return names
  }

  /// The bytes of an identifier: everything up to a quotation mark or a closing bracket.
  private static func identifier(in bytes: [UInt8], from start: Int) -> ArraySlice<UInt8> {
    bytes[start...].prefix { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: ")") }
  }

  private static func endsWith(_ suffix: [UInt8], _ bytes: [UInt8]) -> Bool {
    bytes.last == suffix.last && bytes.suffix(suffix.count).elementsEqual(suffix)
  }

  private static func firstIndex(of part: [UInt8], in bytes: [UInt8]) -> Int? {
    bytes.indices.dropLast(max(0, part.count - 1)).first {
      bytes[$0...].starts(with: part)
    }
  }

  /// Title and description for readers and screen readers; Dublin Core terms for programs.
  private static func description(_ provenance: Provenance) -> String {
    let sources = provenance.lines.map { "<dc:source>\(escaped($0))</dc:source>" }
    return """
      <title>\(escaped(provenance.title))</title>
      <desc>\(escaped(provenance.subject))</desc>
      <metadata><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" \
      xmlns:dc="http://purl.org/dc/elements/1.1/"><rdf:Description rdf:about="">
      <dc:creator>\(Provenance.creator)</dc:creator>
      \(sources.joined(separator: "\n"))
      </rdf:Description></rdf:RDF></metadata>
      """
  }

  /// Text for the inside of an XML element; control characters, which XML forbids, become spaces.
  static func escaped(_ text: String) -> String {
    text.unicodeScalars.reduce(into: "") { result, scalar in
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case _ where scalar.properties.generalCategory == .control: result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
  }
}
