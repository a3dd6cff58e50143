internal import ECG

/// Reads and writes arrays in numpy's npy format, version 1.0 (also 2.0 when reading).
///
/// Source: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>.
public enum NPYFile {
  /// A file of more bytes than this is not read.
  public static let byteLimit = 1 << 32

  /// Reads a file.
  ///
  /// - Throws: `DatasetsError` if the file cannot be read, is damaged or of another kind.
  public static func read(_ path: String) throws(DatasetsError) -> NPYArray {
    let bytes: [UInt8]
    do throws(FileFailure) {
      bytes = try FileContents.read(path, limit: byteLimit)
    } catch {
      throw .file(error)
    }
    return try decode(bytes[...], path: path)
  }

  /// Writes a file; it appears whole or not at all.
  ///
  /// - Throws: `DatasetsError.file` if it cannot be written.
  public static func write(_ array: NPYArray, to path: String) throws(DatasetsError) {
    try AtomicFile.write(encode(array), to: path)
  }

  /// The bytes of the file that numpy would write.
  public static func encode(_ array: NPYArray) -> [UInt8] {
    switch array.elements {
    case .float32(let values):
      return header("<f4", array.shape) + littleEndian(values.map(\.bitPattern))
    case .float64(let values):
      return header("<f8", array.shape) + littleEndian(values.map(\.bitPattern))
    case .int16(let values):
      return header("<i2", array.shape) + littleEndian(values)
    case .int64(let values):
      return header("<i8", array.shape) + littleEndian(values)
    case .text(let values):
      let scalars = values.map { $0.unicodeScalars.map(\.value) }
      let width = max(scalars.map(\.count).max() ?? 1, 1)
      let padded = scalars.flatMap { $0 + [UInt32](repeating: 0, count: width - $0.count) }
      return header("<U\(width)", array.shape) + littleEndian(padded)
    }
  }

  /// The header: magic, version, length and a Python dictionary, padded to a multiple of 64 bytes.
  static func header(_ kind: String, _ shape: [Int]) -> [UInt8] {
    let lengths = shape.map(String.init).joined(separator: ", ") + (shape.count == 1 ? "," : "")
    let dictionary = "{'descr': '\(kind)', 'fortran_order': False, 'shape': (\(lengths)), }"
    let unpadded = magic.count + 4 + dictionary.utf8.count + 1
    let padding = (64 - unpadded % 64) % 64
    let length = dictionary.utf8.count + padding + 1
    return magic + [1, 0, UInt8(length & 255), UInt8(length >> 8)] + Array(dictionary.utf8)
      + [UInt8](repeating: UInt8(ascii: " "), count: padding) + [UInt8(ascii: "\n")]
  }

  static func littleEndian<Word: FixedWidthInteger & BitwiseCopyable>(_ words: [Word]) -> [UInt8] {
    words.map(\.littleEndian).withUnsafeBytes { Array($0) }
  }

  /// Decodes the bytes of a file.
  ///
  /// - Parameter path: The name that errors give.
  /// - Throws: `DatasetsError.malformedArray` if the bytes are damaged or of another kind.
  public static func decode(
    _ bytes: ArraySlice<UInt8>, path: String
  ) throws(DatasetsError) -> NPYArray {
    let (header, data) = try separate(bytes, path)
    let fields = try NPYHeader(header, path: path)
    var count = 1
    for length in fields.shape {
      let product = count.multipliedReportingOverflow(by: length)
      guard !product.overflow else { throw malformed(path, "the shape is too large") }
      count = product.partialValue
    }
    let size = count.multipliedReportingOverflow(by: fields.kind.width)
    guard !size.overflow, size.partialValue == data.count else {
      throw malformed(path, "\(data.count) bytes do not fill the shape \(fields.shape)")
    }
    return NPYArray(try fields.kind.elements(data, count: count, path: path), shape: fields.shape)
  }

  private static func separate(
    _ bytes: ArraySlice<UInt8>, _ path: String
  ) throws(DatasetsError) -> (header: ArraySlice<UInt8>, data: ArraySlice<UInt8>) {
    guard bytes.starts(with: magic), bytes.count >= 12 else {
      throw malformed(path, "this is no npy file")
    }
    let fields = Array(bytes.dropFirst(6).prefix(6)).map(Int.init)
    guard fields[0] == 1 || fields[0] == 2 else {
      throw malformed(path, "version \(fields[0]) of the npy format is not read")
    }
    let start = fields[0] == 1 ? 10 : 12
    let length =
      fields[2] | fields[3] << 8 | (fields[0] == 1 ? 0 : fields[4] << 16 | fields[5] << 24)
    guard length <= 1 << 16, start + length <= bytes.count else {
      throw malformed(path, "the header does not fit into the file")
    }
    let rest = bytes.dropFirst(start)
    return (rest.prefix(length), rest.dropFirst(length))
  }

  static func malformed(_ path: String, _ problem: String) -> DatasetsError {
    .malformedArray(path: path, problem: problem)
  }

  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
}
