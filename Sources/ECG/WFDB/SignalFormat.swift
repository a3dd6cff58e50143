/// How samples lie in a signal file.
///
/// Source: signal(5) of the WFDB Applications Guide,
/// <https://physionet.org/physiotools/wag/signal-5.htm>.
public enum SignalFormat: Int, Sendable {
  /// Two samples of 12 bits in 3 bytes, two's complement.
  case packed12 = 212
  /// One sample of 16 bits in 2 bytes, two's complement, low byte first.
  case int16 = 16

  /// The value that stands for a missing sample.
  public var invalidSample: Int16 {
    switch self {
    case .packed12: -2048
    case .int16: .min
    }
  }

  /// Whole samples in so many bytes.
  func sampleCount(bytes: Int) -> Int {
    switch self {
    // A last, unpaired sample takes 2 bytes.
    case .packed12: bytes / 3 * 2 + (bytes % 3 == 2 ? 1 : 0)
    case .int16: bytes / 2
    }
  }

  /// The first `count` samples of the bytes.
  ///
  /// - Precondition: `count <= sampleCount(bytes: bytes.count)`
  func decode(_ bytes: ArraySlice<UInt8>, count: Int) -> [Int16] {
    precondition(
      count <= sampleCount(bytes: bytes.count), "\(bytes.count) bytes hold fewer than \(count)")
    return bytes.withUnsafeBufferPointer { bytes in
      [Int16](unsafeUninitializedCapacity: count) { samples, initialized in
        switch self {
        case .packed12: Self.decodePacked12(bytes, into: samples, count: count)
        case .int16: Self.decodeInt16(bytes, into: samples, count: count)
        }
        initialized = count
      }
    }
  }

  private static func decodePacked12(
    _ bytes: UnsafeBufferPointer<UInt8>, into samples: UnsafeMutableBufferPointer<Int16>,
    count: Int
  ) {
    for pair in 0..<count / 2 {
      let high = UInt16(bytes[3 * pair + 1])
      samples[2 * pair] = signed12(UInt16(bytes[3 * pair]) | high << 8)
      samples[2 * pair + 1] = signed12(UInt16(bytes[3 * pair + 2]) | (high >> 4) << 8)
    }
    if count % 2 == 1 {
      let start = count / 2 * 3
      samples[count - 1] = signed12(UInt16(bytes[start]) | UInt16(bytes[start + 1]) << 8)
    }
  }

  private static func decodeInt16(
    _ bytes: UnsafeBufferPointer<UInt8>, into samples: UnsafeMutableBufferPointer<Int16>,
    count: Int
  ) {
    for index in 0..<count {
      samples[index] = Int16(
        bitPattern: UInt16(bytes[2 * index]) | UInt16(bytes[2 * index + 1]) << 8)
    }
  }

  /// The low 12 bits as a signed number.
  private static func signed12(_ bits: UInt16) -> Int16 { Int16(bitPattern: bits << 4) >> 4 }
}
