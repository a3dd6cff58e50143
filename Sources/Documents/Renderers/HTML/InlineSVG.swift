/// A stand-alone SVG file as an element of an HTML page.
///
/// A fifth larger than on paper, which is read from nearer.
///
/// What the page says itself (title, description, provenance) is left out. Identifiers get a
/// prefix, as all pictures of a page share their names; presentation stands in attributes, because
/// the page's policy allows no inline style; decimals beyond a hundredth, of a point or of a
/// colour's percent, are cut, and paths are written short, see ``ShortPath``.
struct InlineSVG {
  /// The element; `nil` where the bytes hold no `svg` element with a size.
  let text: String

  /// - Parameters:
  ///   - file: The bytes of the file.
  ///   - name: The prefix, unique in the page.
  ///   - label: What a reader who does not see the picture has to know.
  init?(_ file: [UInt8], named name: Identifier, label: String) {
    let source = String(decoding: file, as: UTF8.self)
    guard let start = source.range(of: "<svg "),
      let end = source[start.upperBound...].range(of: ">"),
      let viewBox = Self.attribute("viewBox", in: source[start.upperBound..<end.lowerBound])
    else { return nil }
    var content = source[end.upperBound...]
    for name in ["title", "desc", "metadata"] { content = Self.without(name, content) }
    let opening = HTMLText.text(of: [
      "viewBox": String(viewBox), "width": Self.width(of: viewBox), "role": "img",
      "aria-label": label,
      "xmlns:xlink": "http://www.w3.org/1999/xlink",
    ])
    let bytes = Self.rewritten(Array(content.utf8), prefix: "\(name)-")
    text = "<svg\(opening)>" + String(decoding: bytes, as: UTF8.self)
  }

  /// CSS pixels a point; on paper there are 4/3.
  private static let magnification = 1.6

  /// The width in CSS pixels, from the third number of the view box, in points.
  private static func width(of viewBox: Substring) -> String {
    let numbers = viewBox.split(separator: " ").compactMap { Double($0) }
    guard numbers.count == 4 else { return "100%" }
    return FixedDecimal(magnification * numbers[2], digits: 0)?.text() ?? "100%"
  }

  private static func attribute(_ name: String, in tag: Substring) -> Substring? {
    guard let start = tag.range(of: "\(name)=\"") else { return nil }
    return tag[start.upperBound...].prefix { $0 != "\"" }
  }

  /// The text without the first element of a name.
  private static func without(_ name: String, _ text: Substring) -> Substring {
    let closing = "</\(name)>"
    guard let start = text.range(of: "<\(name)>"),
      let end = text[start.upperBound...].range(of: closing)
    else { return text }
    return text[..<start.lowerBound] + text[end.upperBound...]
  }

  private static func rewritten(_ bytes: [UInt8], prefix: String) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      if byte == UInt8(ascii: " "), bytes[index...].starts(with: style) {
        let end = bytes[(index + style.count)...].firstIndex(of: UInt8(ascii: "\""))
        let declarations = bytes[(index + style.count)..<(end ?? bytes.count)]
        result += rewritten(Array(attributes(of: declarations).utf8), prefix: prefix)
        index = (end ?? bytes.count - 1) + 1
      } else if byte == UInt8(ascii: " "), bytes[index...].starts(with: path),
        let end = bytes[(index + path.count)...].firstIndex(of: UInt8(ascii: "\"")),
        let short = ShortPath(bytes[(index + path.count)..<end])
      {
        result += path + short.text
        index = end
      } else if isName(bytes, at: index) {
        result.append(byte)
        result += prefix.utf8
        index += 1
      } else if byte == UInt8(ascii: ".") {
        result += bytes[index..<min(index + 3, bytes.count)].prefix { isPartOfNumber($0) }
        index = bytes[(index + 1)...].firstIndex { !isDigit($0) } ?? bytes.count
      } else {
        result.append(byte)
        index += 1
      }
    }
    return result
  }

  private static let style = Array(" style=\"".utf8)
  private static let path = Array(" d=\"".utf8)
  private static let identifier = Array(" id=\"".utf8)

  /// Whether an identifier begins behind this byte: ` id="…`, `="#…` or `(#…`.
  private static func isName(_ bytes: [UInt8], at index: Int) -> Bool {
    switch bytes[index] {
    case UInt8(ascii: "#"):
      index > 0 && (bytes[index - 1] == UInt8(ascii: "\"") || bytes[index - 1] == UInt8(ascii: "("))
    case UInt8(ascii: "\""):
      index + 1 >= identifier.count
        && bytes[(index + 1 - identifier.count)...index].elementsEqual(identifier)
    default: false
    }
  }

  /// The declarations of a style attribute, each as an attribute of its own.
  private static func attributes(of style: ArraySlice<UInt8>) -> String {
    let declarations = String(decoding: style, as: UTF8.self).split(separator: ";")
    return declarations.compactMap { declaration -> String? in
      let parts = declaration.split(separator: ":", maxSplits: 1)
      guard parts.count == 2 else { return nil }
      return " \(parts[0])=\"\(parts[1])\""
    }.joined()
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
  }

  private static func isPartOfNumber(_ byte: UInt8) -> Bool {
    isDigit(byte) || byte == UInt8(ascii: ".")
  }
}

extension StringProtocol where SubSequence == Substring {
  /// The first place of a text.
  fileprivate func range(of text: String) -> Range<Index>? {
    let (bytes, pattern) = (utf8, text.utf8)
    var start = bytes.startIndex
    while let next = bytes[start...].firstIndex(of: pattern[pattern.startIndex]) {
      if bytes[next...].starts(with: pattern) {
        return next..<bytes.index(next, offsetBy: pattern.count)
      }
      start = bytes.index(after: next)
    }
    return nil
  }
}
