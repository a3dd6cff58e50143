internal import CZlib

/// A zip archive in memory: the part of the format that npz files use.
///
/// Source: PKWARE APPNOTE 6.3, <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>.
struct ZipArchive: Sendable {
  /// One file of the archive, as its central directory tells.
  struct Entry: Sendable {
    let name: String
    /// 0 stored, 8 deflated.
    let method: Int
    let checksum: UInt32
    let storedSize: Int
    let size: Int
    let offset: Int
  }

  private enum Signature {
    static let local: UInt32 = 0x0403_4b50
    static let central: UInt32 = 0x0201_4b50
    static let end: UInt32 = 0x0605_4b50
  }

  let entries: [Entry]
  private let bytes: [UInt8]
  private let path: String

  init(_ bytes: [UInt8], path: String) throws(DatasetsError) {
    self.bytes = bytes
    self.path = path
    entries = try Self.directory(bytes, path)
  }

  /// The unpacked contents of an entry, held against its checksum.
  func contents(of entry: Entry) throws(DatasetsError) -> [UInt8] {
    let reader = ZipReader(bytes: bytes, path: path)
    guard try reader.word32(entry.offset) == Signature.local else {
      throw reader.malformed("the entry \(entry.name) is not where the directory says")
    }
    let nameLength = try reader.word16(entry.offset + 26)
    let start = entry.offset + 30 + nameLength + (try reader.word16(entry.offset + 28))
    guard entry.storedSize <= bytes.count - start else {
      throw reader.malformed("the entry \(entry.name) breaks off")
    }
    let stored = bytes[start..<start + entry.storedSize]
    let contents = entry.method == 8 ? inflate(stored, limit: entry.size) : Array(stored)
    guard let contents, contents.count == entry.size, Self.checksum(contents) == entry.checksum
    else { throw reader.malformed("the entry \(entry.name) is damaged") }
    return contents
  }

  private static func directory(
    _ bytes: [UInt8], _ path: String
  ) throws(DatasetsError) -> [Entry] {
    let reader = ZipReader(bytes: bytes, path: path)
    // The end record stands in the last 22 bytes, before a comment of up to 65,535 bytes.
    let first = max(0, bytes.count - 22 - 0xffff)
    var end = bytes.count - 22
    while end >= first, try reader.word32(end) != Signature.end { end -= 1 }
    guard end >= first else { throw reader.malformed("this is no zip archive") }
    var position = Int(try reader.word32(end + 16))
    var entries: [Entry] = []
    for _ in 0..<(try reader.word16(end + 10)) {
      guard try reader.word32(position) == Signature.central else {
        throw reader.malformed("the directory of the archive is damaged")
      }
      let nameLength = try reader.word16(position + 28)
      let entry = Entry(
        name: try reader.text(position + 46, count: nameLength),
        method: try reader.word16(position + 10), checksum: try reader.word32(position + 16),
        storedSize: Int(try reader.word32(position + 20)),
        size: Int(try reader.word32(position + 24)), offset: Int(try reader.word32(position + 42)))
      guard entry.method == 0 || entry.method == 8 else {
        throw reader.malformed("the entry \(entry.name) is packed by method \(entry.method)")
      }
      entries.append(entry)
      // Behind the name stand an extra field and a comment.
      let extraLength = try reader.word16(position + 30) + reader.word16(position + 32)
      position += 46 + nameLength + extraLength
    }
    return entries
  }

  /// Unpacks in pieces, and never to more than one byte above `limit`.
  private func inflate(_ packed: ArraySlice<UInt8>, limit: Int) -> [UInt8]? {
    var stream = z_stream()
    guard
      inflateInit2_(&stream, -15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK
    else { return nil }
    defer { inflateEnd(&stream) }
    var packed = Array(packed)
    return packed.withUnsafeMutableBufferPointer { packed in
      stream.next_in = packed.baseAddress
      stream.avail_in = UInt32(packed.count)
      var result: [UInt8] = []
      var status = Z_OK
      while status == Z_OK && result.count <= limit {
        let piece = [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
          stream.next_out = buffer.baseAddress
          stream.avail_out = UInt32(buffer.count)
          status = CZlib.inflate(&stream, Z_NO_FLUSH)
          count = buffer.count - Int(stream.avail_out)
        }
        result += piece
      }
      return status == Z_STREAM_END ? result : nil
    }
  }

  private static func checksum(_ bytes: [UInt8]) -> UInt32 {
    bytes.withUnsafeBufferPointer { UInt32(crc32_z(0, $0.baseAddress, $0.count)) }
  }

  /// Packs bytes as well as zlib can; `nil` where it has no memory.
  private static func deflate(_ contents: [UInt8]) -> [UInt8]? {
    var stream = z_stream()
    let size = Int32(MemoryLayout<z_stream>.size)
    guard
      deflateInit2_(
        &stream, 9, Z_DEFLATED, -15, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return nil }
    defer { deflateEnd(&stream) }
    var contents = contents
    let limit = Int(deflateBound(&stream, UInt(contents.count)))
    return contents.withUnsafeMutableBufferPointer { contents in
      var isWhole = false
      let packed = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
        stream.next_in = contents.baseAddress
        stream.avail_in = UInt32(contents.count)
        stream.next_out = buffer.baseAddress
        stream.avail_out = UInt32(buffer.count)
        isWhole = CZlib.deflate(&stream, Z_FINISH) == Z_STREAM_END
        count = buffer.count - Int(stream.avail_out)
      }
      return isWhole ? packed : nil
    }
  }

  /// The bytes of an archive that holds these files.
  ///
  /// - Precondition: Fewer than 65,536 files and 4 GiB in all.
  static func encode(
    _ files: [(name: String, contents: [UInt8])], isCompressed: Bool = false
  ) -> [UInt8] {
    let total = files.reduce(0) { $0 + $1.contents.count + 2 * $1.name.utf8.count + 76 } + 22
    precondition(files.count < 0xffff && total < 0xffff_ffff, "\(total) bytes need zip64")
    var bytes: [UInt8] = []
    bytes.reserveCapacity(total)
    var directory: [UInt8] = []
    for (name, contents) in files {
      let name = Array(name.utf8)
      let packed = isCompressed ? deflate(contents) : nil
      let stored = packed ?? contents
      // Flags 0, stored or deflated, 00:00:00 on 1980-01-01.
      var facts = words16([20, 0, packed == nil ? 0 : 8, 0, 0x21])
      facts += words32([Int(checksum(contents)), stored.count, contents.count])
      facts += words16([name.count, 0])
      directory += words32([Int(Signature.central)]) + words16([20]) + facts
      directory += words16([0, 0, 0]) + words32([0, bytes.count]) + name
      bytes += words32([Int(Signature.local)]) + facts + name + stored
    }
    let start = bytes.count
    bytes += directory + words32([Int(Signature.end)])
    bytes += words16([0, 0, files.count, files.count])
    return bytes + words32([directory.count, start]) + words16([0])
  }

  private static func words16(_ values: [Int]) -> [UInt8] {
    NPYFile.littleEndian(values.map { UInt16($0) })
  }

  private static func words32(_ values: [Int]) -> [UInt8] {
    NPYFile.littleEndian(values.map { UInt32($0) })
  }
}

/// Reads numbers at places that an archive claims.
private struct ZipReader {
  let bytes: [UInt8]
  let path: String

  func malformed(_ problem: String) -> DatasetsError {
    .malformedArray(path: path, problem: problem)
  }

  func word16(_ position: Int) throws(DatasetsError) -> Int {
    let slice = try slice(position, count: 2)
    return Int(slice[position]) | Int(slice[position + 1]) << 8
  }

  func word32(_ position: Int) throws(DatasetsError) -> UInt32 {
    UInt32(try word16(position)) | UInt32(try word16(position + 2)) << 16
  }

  func text(_ position: Int, count: Int) throws(DatasetsError) -> String {
    String(decoding: try slice(position, count: count), as: UTF8.self)
  }

  private func slice(_ position: Int, count: Int) throws(DatasetsError) -> ArraySlice<UInt8> {
    guard position >= 0, position <= bytes.count - count else {
      throw malformed("the archive breaks off")
    }
    return bytes[position..<position + count]
  }
}
