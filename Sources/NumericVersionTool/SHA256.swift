/// SHA-256 (FIPS 180-4), for this build tool only: a tool that used swift-crypto would have it
/// built a second time for every build of the package.
struct SHA256 {
  private static let primes: [UInt32] = {
    var found: [UInt32] = []
    var candidate: UInt32 = 2
    while found.count < 64 {
      if !found.contains(where: { candidate % $0 == 0 }) { found.append(candidate) }
      candidate += 1
    }
    return found
  }()

  /// The first 32 bits behind the point of the `root`-th root of a prime.
  private static func fraction(_ prime: UInt32, root: Int) -> UInt32 {
    // By bisection in whole numbers: the largest x with x^root ≤ prime · 2^(32·root).
    var x: UInt64 = 0
    for bit in stride(from: UInt64(36), through: 0, by: -1) {
      let candidate = x | 1 << bit
      if power(candidate, root, isAtMost: prime) { x = candidate }
    }
    return UInt32(truncatingIfNeeded: x)
  }

  private static func power(_ x: UInt64, _ root: Int, isAtMost prime: UInt32) -> Bool {
    let square = x.multipliedFullWidth(by: x)
    let limit = UInt64(prime)
    if root == 2 { return square.high < limit || (square.high == limit && square.low == 0) }
    // x³ ≤ prime · 2⁹⁶, with x² = high · 2⁶⁴ + low.
    let low = square.low.multipliedFullWidth(by: x)
    let (middle, carry) = square.high.multipliedReportingOverflow(by: x)
    guard !carry else { return false }
    let (sum, overflow) = middle.addingReportingOverflow(low.high)
    let bound = limit << 32
    return !overflow && (sum < bound || (sum == bound && low.low == 0))
  }

  /// The digest in lower-case hexadecimal.
  static func hexadecimal(_ message: [UInt8]) -> String {
    let constants = primes.map { fraction($0, root: 3) }
    var state = primes.prefix(8).map { fraction($0, root: 2) }
    let zeros = (119 - message.count % 64) % 64
    let bits = UInt64(message.count) * 8
    let padded =
      message + [0x80] + [UInt8](repeating: 0, count: zeros)
      + stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: bits >> $0) }
    for block in stride(from: 0, to: padded.count, by: 64) {
      compress(padded[block..<block + 64], constants, &state)
    }
    return state.map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  private static func compress(
    _ block: ArraySlice<UInt8>, _ constants: [UInt32], _ state: inout [UInt32]
  ) {
    var w = stride(from: block.startIndex, to: block.endIndex, by: 4).map { at in
      (0..<4).reduce(UInt32(0)) { $0 << 8 | UInt32(block[at + $1]) }
    }
    func rotated(_ x: UInt32, _ count: UInt32) -> UInt32 { x >> count | x << (32 - count) }
    for t in 16..<64 {
      let a = rotated(w[t - 15], 7) ^ rotated(w[t - 15], 18) ^ w[t - 15] >> 3
      let b = rotated(w[t - 2], 17) ^ rotated(w[t - 2], 19) ^ w[t - 2] >> 10
      w.append(w[t - 16] &+ a &+ w[t - 7] &+ b)
    }
    var s = state
    for t in 0..<64 {
      let choice = (s[4] & s[5]) ^ (~s[4] & s[6])
      let majority = (s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2])
      let high = rotated(s[4], 6) ^ rotated(s[4], 11) ^ rotated(s[4], 25)
      let low = rotated(s[0], 2) ^ rotated(s[0], 13) ^ rotated(s[0], 22)
      let first = s[7] &+ high &+ choice &+ constants[t] &+ w[t]
      s = [first &+ low &+ majority, s[0], s[1], s[2], s[3] &+ first, s[4], s[5], s[6]]
    }
    for index in 0..<8 { state[index] = state[index] &+ s[index] }
  }
}
