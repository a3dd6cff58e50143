/// What cairo's PNG files still need: their resolution and the provenance.
///
/// Source of the chunk formats: Portable Network Graphics, second edition (ISO/IEC 15948:2003).
enum PNGFile {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
  /// The signature and the whole header chunk, which has to stand first.
  private static let headerEnd = 8 + 4 + 4 + 13 + 4

  static func finished(
    _ bytes: [UInt8], _ provenance: Provenance
  ) throws(PlottingError) -> [UInt8] {
    guard bytes.count > headerEnd, bytes.starts(with: signature),
      bytes[12..<16].elementsEqual("IHDR".utf8)
    else {
      throw .malformedOutput(format: "PNG", expected: "a header")
    }
    let texts = [
      ("Title", provenance.title), ("Description", provenance.subject),
      ("Software", Provenance.creator), ("Source", provenance.keywords),
    ]
    let added = resolution + texts.flatMap { text(keyword: $0.0, $0.1) }
    return bytes[..<headerEnd] + added + bytes[headerEnd...]
  }

  /// Pixels to the metre, in both directions.
  private static var resolution: [UInt8] {
    let count = UInt32((ImageFormat.pixelsPerInch / 0.0254).rounded())
    return chunk("pHYs", bigEndian(count) + bigEndian(count) + [1])
  }

  /// A text chunk: `tEXt` where ASCII is enough, else `iTXt` in UTF-8, uncompressed.
  private static func text(keyword: String, _ value: String) -> [UInt8] {
    if value.utf8.allSatisfy({ $0 < 128 && $0 != 0 }) {
      return chunk("tEXt", Array(keyword.utf8) + [0] + Array(value.utf8))
    }
    return chunk("iTXt", Array(keyword.utf8) + [0, 0, 0, 0, 0] + value.utf8.filter { $0 != 0 })
  }

  static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    return bigEndian(UInt32(data.count)) + body + bigEndian(cyclicRedundancyCheck(body))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }

  /// CRC-32 with the polynomial 0xEDB88320 (reflected), as the standard's annex D computes it.
  static func cyclicRedundancyCheck(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0) { sum, byte in
      (0..<8).reduce(sum ^ UInt32(byte)) { value, _ in
        value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1
      }
    }
  }
}
