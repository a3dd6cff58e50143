internal import Crypto

/// A SHA-256 over arrays, each preceded by its length.
struct Fingerprint {
  private var hash = SHA256()

  /// Adds an array as its bytes in memory, low byte first.
  mutating func add<Element: BitwiseCopyable>(_ elements: [Element]) {
    var count = UInt64(elements.count).littleEndian
    withUnsafeBytes(of: &count) { hash.update(bufferPointer: $0) }
    elements.withUnsafeBytes { hash.update(bufferPointer: $0) }
  }

  /// The hash, in lower-case hexadecimal.
  var hexadecimal: String {
    let digits = Array("0123456789abcdef")
    return String(hash.finalize().flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
  }
}
