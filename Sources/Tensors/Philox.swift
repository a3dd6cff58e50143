/// Counter-based random numbers: the value depends on key and counter only, never on what was
/// drawn before, so a resumed run draws what an undisturbed one would.
///
/// Philox4x32-10. Source: Salmon et al., Parallel random numbers: as easy as 1, 2, 3,
/// doi:10.1145/2063384.2063405.
public struct Philox: Sendable, Hashable {
  /// Four words drawn together.
  public typealias Block = SIMD4<UInt32>

  /// The two words of the key.
  public let key: SIMD2<UInt32>

  /// A generator with the given raw key.
  public init(key: SIMD2<UInt32>) {
    self.key = key
  }

  /// A generator for one purpose and one path of a seeded run.
  ///
  /// The key is a 64-bit FNV-1a hash of the three, finished by the mixer of SplitMix64, so that
  /// streams of different purposes or paths are unrelated.
  public init(seed: Int, purpose: String, path: String = "") {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    func take(_ byte: UInt8) {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3
    }
    for shift in stride(from: 0, to: 64, by: 8) {
      take(UInt8(truncatingIfNeeded: Int64(seed) >> Int64(shift)))
    }
    // Loops and not `forEach`, for which the hash would be put on the heap.
    for byte in purpose.utf8 { take(byte) }
    take(0xff)
    for byte in path.utf8 { take(byte) }
    hash = (hash ^ (hash >> 30)) &* 0xbf58_476d_1ce4_e5b9
    hash = (hash ^ (hash >> 27)) &* 0x94d0_49bb_1331_11eb
    hash ^= hash >> 31
    key = SIMD2(UInt32(truncatingIfNeeded: hash), UInt32(truncatingIfNeeded: hash >> 32))
  }

  /// The four words at a counter.
  public func block(_ counter: Block) -> Block {
    // Single words and not vectors: their lanes would be taken apart in every round.
    var (x0, x1, x2, x3) = (counter[0], counter[1], counter[2], counter[3])
    var (k0, k1) = (key[0], key[1])
    for _ in 0..<10 {
      let first = UInt64(x0) &* 0xd251_1f53
      let second = UInt64(x2) &* 0xcd9e_8d57
      x0 = UInt32(truncatingIfNeeded: second >> 32) ^ x1 ^ k0
      x1 = UInt32(truncatingIfNeeded: second)
      x2 = UInt32(truncatingIfNeeded: first >> 32) ^ x3 ^ k1
      x3 = UInt32(truncatingIfNeeded: first)
      k0 = k0 &+ 0x9e37_79b9
      k1 = k1 &+ 0xbb67_ae85
    }
    return Block(x0, x1, x2, x3)
  }

  /// A stream of numbers that starts at the counter `(0, 0, stream, 0)`.
  public func stream(_ stream: UInt32 = 0) -> RandomStream {
    RandomStream(generator: self, stream: stream)
  }
}

/// Consecutive draws of a ``Philox`` generator.
///
/// Example: `var random = Philox(seed: 1, purpose: "shuffle").stream(epoch)`.
public struct RandomStream: Sendable {
  private let generator: Philox
  private let stream: UInt32
  private var position: UInt64 = 0
  private var block = Philox.Block()

  init(generator: Philox, stream: UInt32) {
    self.generator = generator
    self.stream = stream
  }

  /// The next 32 random bits.
  public mutating func nextWord() -> UInt32 {
    let lane = Int(position & 3)
    if lane == 0 {
      let index = position >> 2
      block = generator.block(
        [UInt32(truncatingIfNeeded: index), UInt32(truncatingIfNeeded: index >> 32), stream, 0])
    }
    position += 1
    return block[lane]
  }

  /// A number in `0..<1` with 53 random bits.
  public mutating func nextUniform() -> Double {
    let high = UInt64(nextWord() >> 5)
    let low = UInt64(nextWord() >> 6)
    return Double(high << 26 | low) * 0x1p-53
  }

  /// A whole number in `0..<bound`, without bias (Lemire, doi:10.1145/3230636).
  public mutating func nextIndex(below bound: Int) -> Int {
    precondition(bound > 0 && bound <= UInt32.max, "a bound of \(bound) is outside 1…2³²−1")
    let size = UInt32(bound)
    var product = UInt64(nextWord()) &* UInt64(size)
    if UInt32(truncatingIfNeeded: product) < size {
      let threshold = (0 &- size) % size
      while UInt32(truncatingIfNeeded: product) < threshold {
        product = UInt64(nextWord()) &* UInt64(size)
      }
    }
    return Int(product >> 32)
  }

  /// The elements in random order (Fisher–Yates).
  public mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
    var result = elements
    for last in stride(from: result.count - 1, to: 0, by: -1) {
      result.swapAt(last, nextIndex(below: last + 1))
    }
    return result
  }
}
