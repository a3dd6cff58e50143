/// The dictionary at the start of an npy file.
struct NPYHeader {
  let kind: NPYKind
  let shape: [Int]

  /// Reads `{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4), }`.
  init(_ bytes: ArraySlice<UInt8>, path: String) throws(DatasetsError) {
    let text = String(decoding: bytes, as: UTF8.self).filter { $0 != " " && $0 != "\n" }
    guard let descriptor = Self.value("descr", in: text, from: "'", to: "'"),
      let order = Self.value("fortran_order", in: text, from: "", to: ","),
      let lengths = Self.value("shape", in: text, from: "(", to: ")")
    else { throw NPYFile.malformed(path, "the header names no kind, order and shape") }
    guard let kind = NPYKind(descriptor) else {
      throw NPYFile.malformed(path, "elements of the kind \(descriptor) are not read")
    }
    let parts = lengths.split(separator: ",")
    let shape = parts.compactMap { Int($0) }.filter { $0 >= 0 }
    guard shape.count == parts.count else {
      throw NPYFile.malformed(path, "the shape is (\(lengths))")
    }
    guard order == "False" || order == "True" && shape.count < 2 else {
      throw NPYFile.malformed(path, "the array lies column by column, not row by row")
    }
    self.kind = kind
    self.shape = shape
  }

  private static func value(
    _ key: String, in text: String, from open: String, to close: Character
  ) -> Substring? {
    guard let start = text.firstRange(of: "'\(key)':\(open)") else { return nil }
    let rest = text[start.upperBound...]
    return rest.firstIndex(of: close).map { rest[..<$0] }
  }
}

/// The kinds of elements that are read.
struct NPYKind {
  private enum Base {
    case float32, float64, int8, int16, int32, int64, uint8, text
  }

  private let base: Base
  /// Bytes of an element.
  let width: Int

  init?(_ descriptor: Substring) {
    switch descriptor {
    case "<f4": (base, width) = (.float32, 4)
    case "<f8": (base, width) = (.float64, 8)
    case "|i1": (base, width) = (.int8, 1)
    case "<i2": (base, width) = (.int16, 2)
    case "<i4": (base, width) = (.int32, 4)
    case "<i8": (base, width) = (.int64, 8)
    case "|u1", "|b1": (base, width) = (.uint8, 1)
    default:
      guard descriptor.hasPrefix("<U"), let length = Int(descriptor.dropFirst(2)),
        (1...1 << 16).contains(length)
      else { return nil }
      (base, width) = (.text, 4 * length)
    }
  }

  /// The elements that `count * width` bytes hold.
  func elements(
    _ data: ArraySlice<UInt8>, count: Int, path: String
  ) throws(DatasetsError) -> NPYArray.Elements {
    switch base {
    case .float32:
      return .float32(Self.words(data, UInt32.self).map { Float(bitPattern: $0) })
    case .float64:
      return .float64(Self.words(data, UInt64.self).map { Double(bitPattern: $0) })
    case .int8: return .int64(data.map { Int64(Int8(bitPattern: $0)) })
    case .int16: return .int64(Self.words(data, Int16.self).map { Int64($0) })
    case .int32: return .int64(Self.words(data, Int32.self).map { Int64($0) })
    case .int64: return .int64(Self.words(data, Int64.self))
    case .uint8: return .int64(data.map { Int64($0) })
    case .text:
      let scalars = Self.words(data, UInt32.self)
      var texts: [String] = []
      for start in stride(from: 0, to: scalars.count, by: width / 4) {
        let text = scalars[start..<start + width / 4]
          .prefix { $0 != 0 }.map { Unicode.Scalar($0) ?? "\u{fffd}" }
        texts.append(String(String.UnicodeScalarView(text)))
      }
      return .text(texts)
    }
  }

  private static func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ data: ArraySlice<UInt8>, _ type: Word.Type
  ) -> [Word] {
    let width = MemoryLayout<Word>.size
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / width).map {
        Word(littleEndian: bytes.loadUnaligned(fromByteOffset: $0 * width, as: Word.self))
      }
    }
  }
}
