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

/// The kinds of elements that are read, of either order of bytes.
struct NPYKind {
  private enum Base: Character {
    case float = "f"
    case integer = "i"
    case natural = "u"
    case boolean = "b"
    case text = "U"
    case bytes = "S"
  }

  private let base: Base
  private let isBigEndian: Bool
  /// Bytes of an element.
  let width: Int

  init?(_ descriptor: Substring) {
    guard let order = descriptor.first, "<>|".contains(order),
      let base = descriptor.dropFirst().first.flatMap(Base.init),
      let size = Int(descriptor.dropFirst(2)), Self.sizes(of: base).contains(size)
    else { return nil }
    self.base = base
    isBigEndian = order == ">"
    width = base == .text ? 4 * size : size
  }

  private static func sizes(of base: Base) -> [Int] {
    switch base {
    case .float: [2, 4, 8]
    case .integer, .natural: [1, 2, 4, 8]
    case .boolean: [1]
    case .text, .bytes: Array(1...1 << 16)
    }
  }

  /// The elements that `count * width` bytes hold.
  func elements(
    _ data: ArraySlice<UInt8>, count: Int, path: String
  ) throws(DatasetsError) -> NPYArray.Elements {
    switch (base, width) {
    case (.float, 2): return .float32(words(data, UInt16.self).map(Float.init(halfPattern:)))
    case (.float, 4): return .float32(words(data, UInt32.self).map { Float(bitPattern: $0) })
    case (.float, _): return .float64(words(data, UInt64.self).map { Double(bitPattern: $0) })
    case (.integer, 1): return .int64(data.map { Int64(Int8(bitPattern: $0)) })
    case (.integer, 2): return .int64(words(data, Int16.self).map { Int64($0) })
    case (.integer, 4): return .int64(words(data, Int32.self).map { Int64($0) })
    case (.integer, _): return .int64(words(data, Int64.self))
    case (.natural, 1), (.boolean, _): return .int64(data.map { Int64($0) })
    case (.natural, 2): return .int64(words(data, UInt16.self).map { Int64($0) })
    case (.natural, 4): return .int64(words(data, UInt32.self).map { Int64($0) })
    case (.natural, _):
      let values = words(data, UInt64.self).compactMap { Int64(exactly: $0) }
      guard values.count == count else {
        throw NPYFile.malformed(path, "a number is larger than 2⁶³ − 1")
      }
      return .int64(values)
    case (.text, _):
      let scalars = words(data, UInt32.self)
      return .text(
        strings(count, width / 4) { scalars[$0] }.map { text in
          String(String.UnicodeScalarView(text.map { Unicode.Scalar($0) ?? "\u{fffd}" }))
        })
    case (.bytes, _):
      return .text(
        strings(count, width) { data[data.startIndex + $0] }.map {
          String(decoding: $0, as: UTF8.self)
        })
    }
  }

  /// Texts of a fixed width, each up to its first zero.
  private func strings<Unit: FixedWidthInteger>(
    _ count: Int, _ length: Int, _ unit: (Int) -> Unit
  ) -> [[Unit]] {
    (0..<count).map { text in
      Array((text * length..<(text + 1) * length).lazy.map(unit).prefix { $0 != 0 })
    }
  }

  private func words<Word: FixedWidthInteger & BitwiseCopyable>(
    _ data: ArraySlice<UInt8>, _ type: Word.Type
  ) -> [Word] {
    let width = MemoryLayout<Word>.size
    return data.withUnsafeBytes { bytes in
      (0..<bytes.count / width).map {
        let word = bytes.loadUnaligned(fromByteOffset: $0 * width, as: Word.self)
        return isBigEndian ? Word(bigEndian: word) : Word(littleEndian: word)
      }
    }
  }
}

extension Float {
  /// The number with the bits of half precision (IEEE 754 binary16).
  init(halfPattern bits: UInt16) {
    let fraction = Float(bits & 0x3FF)
    let magnitude: Float =
      switch (bits >> 10) & 0x1F {
      case 0: fraction * 0x1p-24
      case 31: fraction == 0 ? .infinity : .nan
      case let exponent:
        Float(sign: .plus, exponent: Int(exponent) - 25, significand: 1024 + fraction)
      }
    self = bits >> 15 == 1 ? -magnitude : magnitude
  }
}
