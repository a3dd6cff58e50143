internal import CCairo

/// A piece of running text in one style.
public struct TextSpan: Sendable, Equatable {
  /// The characters.
  public var text: String
  /// The style.
  public var style: TextStyle

  /// Creates a piece.
  public init(_ text: String, _ style: TextStyle) {
    self.text = text
    self.style = style
  }
}

/// A line of a broken paragraph.
public struct TextLine: Sendable, Equatable {
  /// The part of a span that stands in the line.
  public struct Fragment: Sendable, Equatable {
    /// Which span it belongs to.
    public let span: Int
    /// The characters.
    public let text: String
    /// Points from the left end of the line.
    public let x: Double
    /// Width in points.
    public let width: Double
  }

  /// From left to right, for text that runs so.
  public let fragments: [Fragment]

  /// Width in points.
  public var width: Double { fragments.map { $0.x + $0.width }.max() ?? 0 }
}

extension PangoText {
  /// Breaks running text into lines: between words where Unicode allows it (UAX 14), and within a
  /// word only where it is longer than a line.
  ///
  /// - Parameters:
  ///   - spans: The text.
  ///   - width: Width of the lines in points; one line where there is none.
  public func lines(of spans: [TextSpan], width: Double?) -> [TextLine] {
    let texts = spans.map { Self.printable($0.text) }
    let bytes = texts.flatMap { Array($0.utf8) }
    guard !bytes.isEmpty else { return [] }
    let starts = texts.reduce(into: [0]) { $0.append(($0.last ?? 0) + $1.utf8.count) }
    set(texts.joined(), spans.map(\.style), starts, width)
    return (0..<pango_layout_get_line_count(paragraph)).compactMap { index in
      pango_layout_get_line_readonly(paragraph, index).map { fragments(of: $0, bytes, starts) }
    }
  }

  private func set(_ text: String, _ styles: [TextStyle], _ starts: [Int], _ width: Double?) {
    let attributes = pango_attr_list_new()
    for (index, style) in styles.enumerated() {
      let font = Self.font(style)
      insert(pango_attr_font_desc_new(font), starts[index]..<starts[index + 1], into: attributes)
      pango_font_description_free(font)
    }
    // A hyphen in a broken name would be read as part of it.
    insert(pango_attr_insert_hyphens_new(0), 0..<(starts.last ?? 0), into: attributes)
    pango_layout_set_text(paragraph, text, Int32(text.utf8.count))
    pango_layout_set_attributes(paragraph, attributes)
    pango_attr_list_unref(attributes)
    pango_layout_set_wrap(paragraph, PANGO_WRAP_WORD_CHAR)
    let limit = width.map { Int32(($0 * Double(PANGO_SCALE)).rounded(.down)) }
    pango_layout_set_width(paragraph, limit ?? -1)
  }

  private func insert(
    _ attribute: UnsafeMutablePointer<PangoAttribute>?, _ range: Range<Int>,
    into list: OpaquePointer?
  ) {
    guard let attribute else { return }
    attribute.pointee.start_index = UInt32(range.lowerBound)
    attribute.pointee.end_index = UInt32(range.upperBound)
    pango_attr_list_insert(list, attribute)
  }

  private func fragments(
    of line: UnsafeMutablePointer<PangoLayoutLine>, _ bytes: [UInt8], _ starts: [Int]
  ) -> TextLine {
    let start = Int(line.pointee.start_index)
    // A space at the end of a line takes no room.
    let length = bytes[start..<(start + Int(line.pointee.length))].reversed()
      .drop { $0 == UInt8(ascii: " ") }.count
    let fragments = starts.indices.dropLast().compactMap { span -> TextLine.Fragment? in
      let (from, to) = (max(start, starts[span]), min(start + length, starts[span + 1]))
      guard from < to else { return nil }
      let ends = (horizontal(from, in: line), horizontal(to, in: line))
      return TextLine.Fragment(
        span: span, text: String(decoding: bytes[from..<to], as: UTF8.self),
        x: min(ends.0, ends.1), width: (ends.1 - ends.0).magnitude)
    }
    return TextLine(fragments: fragments)
  }

  /// Points from the left end of a line to the character that begins at a byte of the text.
  private func horizontal(_ index: Int, in line: UnsafeMutablePointer<PangoLayoutLine>) -> Double {
    var place: Int32 = 0
    pango_layout_line_index_to_x(line, Int32(index), 0, &place)
    return Double(place) / Double(PANGO_SCALE)
  }
}
