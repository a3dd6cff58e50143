internal import CZlib

/// Writes PNG files, with their resolution and provenance.
///
/// Rows stay as they are (filter 0): drawings are flat, and the filters that photographs need cost
/// as much time as the compression and save nothing.
///
/// Source of the format: Portable Network Graphics, second edition (ISO/IEC 15948:2003).
enum PNGFile {
  private static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

  /// The file of an image: eight bits each of red, green and blue.
  ///
  /// - Parameter provenance: What its text chunks say; `nil` for none.
  static func bytes(
    _ image: PixelImage, _ provenance: Provenance?
  ) throws(PlottingError) -> [UInt8] {
    let size = bigEndian(UInt32(image.width)) + bigEndian(UInt32(image.height))
    let header = chunk("IHDR", size + [8, 2, 0, 0, 0])
    let described = provenance.map { resolution + texts($0) } ?? []
    let rows = chunk("IDAT", try compressed(filtered(image)))
    return signature + header + described + rows + chunk("IEND", [])
  }

  /// The rows, each behind the number of its filter.
  private static func filtered(_ image: PixelImage) -> [UInt8] {
    let width = 3 * image.width
    var rows: [UInt8] = []
    rows.reserveCapacity(image.height * (1 + width))
    for row in 0..<image.height {
      rows.append(0)
      rows += image.colors[row * width..<(row + 1) * width]
    }
    return rows
  }

  private static func compressed(_ bytes: [UInt8]) throws(PlottingError) -> [UInt8] {
    var status = Z_OK
    let output = [UInt8](unsafeUninitializedCapacity: Int(compressBound(uLong(bytes.count)))) {
      buffer, count in
      var length = uLongf(buffer.count)
      status = compress(buffer.baseAddress, &length, bytes, uLong(bytes.count))
      count = status == Z_OK ? Int(length) : 0
    }
    guard status == Z_OK else {
      throw .drawing(operation: "compress an image", status: "zlib answers \(status)")
    }
    return output
  }

  private static func texts(_ provenance: Provenance) -> [UInt8] {
    [
      ("Title", provenance.title), ("Description", provenance.subject),
      ("Software", Provenance.creator), ("Source", provenance.keywords),
    ].flatMap { text(keyword: $0.0, $0.1) }
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

  private static func chunk(_ type: String, _ data: [UInt8]) -> [UInt8] {
    let body = Array(type.utf8) + data
    let sum = crc32(0, body, uInt(body.count))
    return bigEndian(UInt32(data.count)) + body + bigEndian(UInt32(truncatingIfNeeded: sum))
  }

  private static func bigEndian(_ value: UInt32) -> [UInt8] {
    [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
  }
}
