import Testing

import Tensors

@Suite("Philox")
struct PhiloxTests {
  /// The three known answers of `philox4x32 10` in the file `kat_vectors` of Random123 1.09.
  @Test("The known answers of Random123 are met")
  func knownAnswers() {
    let all: UInt32 = 0xffff_ffff
    #expect(
      Philox(key: [0, 0]).block([0, 0, 0, 0])
        == [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8])
    #expect(
      Philox(key: [all, all]).block([all, all, all, all])
        == [0x408f_276d, 0x41c8_3b0e, 0xa20b_c7c6, 0x6d54_51fd])
    #expect(
      Philox(key: [0xa409_3822, 0x299f_31d0])
        .block([0x243f_6a88, 0x85a3_08d3, 0x1319_8a2e, 0x0370_7344])
        == [0xd16c_fe09, 0x94fd_cceb, 0x5001_e420, 0x2412_6ea1])
  }

  @Test("A stream is the blocks of its counters in order")
  func streamOrder() {
    let generator = Philox(seed: 7, purpose: "order", path: "a/b")
    var stream = generator.stream(5)
    for index in 0..<UInt32(4) {
      let block = generator.block([index, 0, 5, 0])
      for lane in 0..<4 {
        #expect(stream.nextWord() == block[lane])
      }
    }
  }

  @Test("Seed, purpose, path and stream each change every number")
  func keysAreUnrelated() {
    func words(_ generator: Philox, _ stream: UInt32 = 0) -> [UInt32] {
      var random = generator.stream(stream)
      return (0..<8).map { _ in random.nextWord() }
    }
    let base = Philox(seed: 1, purpose: "noise", path: "x")
    let others = [
      words(Philox(seed: 2, purpose: "noise", path: "x")),
      words(Philox(seed: -1, purpose: "noise", path: "x")),
      words(Philox(seed: 1, purpose: "nois", path: "ex")),
      words(Philox(seed: 1, purpose: "noise", path: "y")),
      words(base, 1),
    ]
    for other in others {
      #expect(zip(words(base), other).allSatisfy { $0 != $1 })
    }
    #expect(words(base) == words(Philox(seed: 1, purpose: "noise", path: "x")))
  }

  @Test("Uniform numbers lie in 0..<1 and fill ten bins evenly")
  func uniformity() {
    var random = Philox(seed: 11, purpose: "uniform").stream()
    var bins = [Int](repeating: 0, count: 10)
    let count = 100_000
    for _ in 0..<count {
      let number = random.nextUniform()
      #expect(number >= 0 && number < 1)
      bins[Int(number * 10)] += 1
    }
    let chiSquare = bins.reduce(0.0) { sum, observed in
      let difference = Double(observed) - Double(count) / 10
      return sum + difference * difference / (Double(count) / 10)
    }
    // The 99.9th percentile of the χ² distribution with 9 degrees of freedom.
    #expect(chiSquare < 27.88)
  }

  @Test("Indices below a bound that is no power of two fill it evenly")
  func indices() {
    var random = Philox(seed: 12, purpose: "index").stream()
    var bins = [Int](repeating: 0, count: 7)
    for _ in 0..<70_000 {
      bins[random.nextIndex(below: 7)] += 1
    }
    let chiSquare = bins.reduce(0.0) { $0 + Double(($1 - 10_000) * ($1 - 10_000)) / 10_000 }
    // The 99.9th percentile of the χ² distribution with 6 degrees of freedom.
    #expect(chiSquare < 22.46)
    #expect(random.nextIndex(below: 1) == 0)
  }

  @Test("A shuffle is a permutation, and all orders of three come equally often")
  func shuffle() {
    var random = Philox(seed: 13, purpose: "shuffle").stream()
    #expect(random.shuffled(Array(0..<1000)).sorted() == Array(0..<1000))
    #expect(random.shuffled([Int]()).isEmpty)
    var counts: [[Int]: Int] = [:]
    for _ in 0..<12_000 {
      counts[random.shuffled([0, 1, 2]), default: 0] += 1
    }
    #expect(counts.count == 6)
    #expect(counts.values.allSatisfy { (1800...2200).contains($0) })
  }

  @Test("Normal variates have the moments and tails of the normal distribution")
  func normal() {
    var random = Philox(seed: 14, purpose: "normal").stream()
    let count = 200_000
    let draws = (0..<count).map { _ in random.nextNormal() }
    func mean(_ value: (Double) -> Double) -> Double {
      draws.reduce(0) { $0 + value($1) } / Double(count)
    }
    // Each bound is about four standard errors.
    #expect(mean { $0 }.magnitude < 0.009)
    #expect((mean { $0 * $0 } - 1).magnitude < 0.013)
    #expect(mean { $0 * $0 * $0 }.magnitude < 0.035)
    #expect((mean { $0 * $0 * $0 * $0 } - 3).magnitude < 0.09)
    #expect((mean { $0.magnitude > 1.959963984540054 ? 1 : 0 } - 0.05).magnitude < 0.002)
  }

  @Test("The two normal variates of a pair are unrelated, the first being the single one")
  func normalPairs() {
    var random = Philox(seed: 16, purpose: "normal").stream()
    var single = Philox(seed: 16, purpose: "normal").stream()
    var product = 0.0
    var square = 0.0
    for _ in 0..<50_000 {
      let (first, second) = random.nextNormalPair()
      #expect(first == single.nextNormal())
      product += first * second
      square += second * second
    }
    #expect((product / 50_000).magnitude < 0.018)
    #expect((square / 50_000 - 1).magnitude < 0.026)
  }

  @Test("Numbers of a range stay inside it")
  func range() {
    var random = Philox(seed: 15, purpose: "range").stream()
    for _ in 0..<1000 {
      #expect((2.0...2.5).contains(random.nextUniform(in: 2.0...2.5)))
    }
  }
}
