import Testing

@testable import Plotting

@Suite("Scales")
struct ScaleTests {
  @Test("A linear scale marks multiples of 1, 2 or 5 with as many decimals as the step has")
  func linearTicks() {
    #expect(
      LinearScale(0...1).ticks(about: 5).map(\.label) == [
        "0.0", "0.2", "0.4", "0.6", "0.8", "1.0",
      ])
    #expect(LinearScale(-3...7).ticks(about: 5).map(\.label) == ["-2", "0", "2", "4", "6"])
    #expect(
      LinearScale(0.975...0.995).ticks(about: 4).map(\.label) == [
        "0.975", "0.980", "0.985", "0.990", "0.995",
      ])
    #expect(LinearScale(0...12_000).ticks(about: 3).map(\.label) == ["0", "5,000", "10,000"])
  }

  @Test("Ticks are the doubles nearest to their labels")
  func exactTicks() {
    for tick in LinearScale(-1...1).ticks(about: 20) {
      #expect(Double(tick.label) == tick.value)
    }
  }

  @Test(
    "A scale that covers values starts and ends with a tick",
    arguments: [
      [0.891, 0.987], [0.01, 0.44], [3, 3], [-17, 1204], [1e-7, 3e-7], [], [.nan, 2, .infinity],
    ])
  func covering(values: [Double]) {
    let scale = LinearScale(covering: values)
    let ticks = scale.ticks(about: 5)
    #expect(ticks.first?.value == scale.domain.lowerBound)
    #expect(ticks.last?.value == scale.domain.upperBound)
    #expect((2...6).contains(ticks.count))
    for value in values where value.isFinite {
      #expect(scale.domain.contains(value))
    }
  }

  @Test("Every tick of a domain lies on the axis, whatever the domain")
  func ticksInside() {
    var state: UInt64 = 7
    func next() -> Double {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Double(Int64(bitPattern: state) >> 11) / 0x1p20 * (state.isMultiple(of: 3) ? 1e-12 : 1)
    }
    for _ in 0..<2000 {
      let (one, other) = (next(), next())
      let scale = LinearScale(min(one, other)...max(one, other))
      let ticks = scale.ticks(about: 6)
      #expect(ticks.count <= 8)
      for tick in ticks {
        let fraction = scale.fraction(tick.value) ?? .nan
        #expect(fraction > -1e-6 && fraction < 1 + 1e-6)
      }
    }
  }

  @Test("A domain without extent is widened, and a value that is no number has no place")
  func degenerate() {
    #expect(LinearScale(2...2).domain == 1.5...2.5)
    #expect(LinearScale(0...1).fraction(.nan) == nil)
    #expect(LinearScale(0...1).fraction(.infinity) == nil)
    #expect(LogarithmicScale(1...10).fraction(0) == nil)
    #expect(LogarithmicScale(1...10).fraction(-1) == nil)
    #expect(BandScale([]).fraction(0) == nil)
  }

  @Test("A logarithmic scale with two powers of ten marks their triples too")
  func logarithmicTriples() {
    #expect(
      LogarithmicScale(2e4...2e6).ticks(about: 5).map(\.label) == [
        "30,000", "100,000", "300,000", "1,000,000",
      ])
    #expect(
      LogarithmicScale(2e12...4e13).ticks(about: 5).map(\.label) == ["3·10¹²", "10¹³", "3·10¹³"])
  }

  @Test("A logarithmic scale marks powers of ten, and every other one where there are many")
  func logarithmicTicks() {
    #expect(
      LogarithmicScale(1...2e5).ticks(about: 7).map(\.label) == [
        "1", "10", "100", "1,000", "10,000", "100,000",
      ])
    #expect(
      LogarithmicScale(1e-8...1).ticks(about: 5).map(\.label) == [
        "10⁻⁸", "10⁻⁶", "0.0001", "0.01", "1",
      ])
    #expect(LogarithmicScale(1...100).fraction(10) == 0.5)
    #expect(LogarithmicScale(from: 1, covering: [3, 72_471]).domain == 1...100_000)
  }

  @Test("A category stands in the middle of its band")
  func bands() {
    let scale = BandScale(["N", "S", "V", "F"])
    #expect(scale.fraction(0) == 0.125)
    #expect(scale.fraction(3.5) == 1)
    #expect(scale.ticks(about: 1).map(\.label) == ["N", "S", "V", "F"])
  }

  @Test("Labels that would touch are thinned evenly")
  func thinnedTicks() {
    let axis = Axis("", LinearScale(0...10), ticks: 10)
    let wide = axis.ticks(length: 300) { _ in 10 }
    let narrow = axis.ticks(length: 100) { _ in 10 }
    #expect(wide.count == 11)
    #expect(narrow.map(\.value) == [0, 2, 4, 6, 8, 10])
    #expect(axis.ticks(length: 1) { _ in 10 }.count == 1)
  }
}

@Suite("Numbers as text")
struct NumberTextTests {
  @Test("Decimals are fixed and rounded half away from zero")
  func fixed() {
    #expect(NumberText.fixed(0.98415, decimals: 3) == "0.984")
    #expect(NumberText.fixed(0.5, decimals: 0) == "1")
    #expect(NumberText.fixed(-0.0004, decimals: 3) == "0.000")
    #expect(NumberText.fixed(-12.345, decimals: 1) == "-12.3")
    #expect(NumberText.fixed(7, decimals: 2) == "7.00")
  }

  @Test("What is no number is printed as n/a, never as a number")
  func undefined() {
    #expect(NumberText.fixed(.nan, decimals: 2) == "n/a")
    #expect(NumberText.fixed(.infinity, decimals: 2) == "n/a")
    #expect(NumberText.shortest(Double.nan) == "")
  }

  @Test("Thousands are separated by commas")
  func grouped() {
    #expect(NumberText.grouped(0) == "0")
    #expect(NumberText.grouped(999) == "999")
    #expect(NumberText.grouped(87_554) == "87,554")
    #expect(NumberText.grouped(-1_234_567) == "-1,234,567")
  }

  @Test("The shortest digits read back as the same number")
  func shortest() {
    for value in [
      0.1, 1.0 / 3, 1e-9, 123_456_789, -2.5, .leastNonzeroMagnitude, .greatestFiniteMagnitude,
    ] {
      #expect(Double(NumberText.shortest(value)) == value)
    }
    #expect(NumberText.shortest(250.0) == "250")
    #expect(NumberText.shortest(Float(0.1)) == "0.1")
    #expect(NumberText.shortest(-0.0) == "0")
  }
}
