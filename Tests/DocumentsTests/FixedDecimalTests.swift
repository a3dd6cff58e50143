import Foundation
import Testing

@testable import Documents

@Suite("Fixed decimals") struct FixedDecimalTests {
  @Test("Rounding agrees with Python's decimal module, half to even, on 479 values")
  func golden() throws {
    let url = try #require(
      Bundle.module.url(forResource: "decimals", withExtension: "csv", subdirectory: "Golden"))
    let lines = try String(contentsOf: url, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 479)
    for line in lines {
      let fields = line.split(separator: ",")
      let value = try #require(Double(fields[0]))
      let (digits, shift) = (try #require(Int(fields[1])), try #require(Int(fields[2])))
      let decimal = try #require(FixedDecimal(value, digits: digits, shift: shift))
      #expect(decimal.text() == fields[3], "\(line)")
    }
  }

  @Test("A number that rounds to zero has no sign")
  func zero() {
    for value in [-0.0, -0.0004, 0.0004, -1e-300] {
      #expect(Number(value, digits: 3, showsPlus: true).text(minus: "−") == "0.000")
    }
  }

  @Test("What is not finite is not available", arguments: [Double.nan, .infinity, -.infinity])
  func notFinite(_ value: Double) {
    #expect(FixedDecimal(value, digits: 2) == nil)
    #expect(Number(value, digits: 2).text(minus: "−") == "n/a")
    let cell = Document.Table.Cell.number(
      Number(value, digits: 2), otherwise: "the class is absent")
    #expect(cell.content == .notAvailable(reason: "the class is absent"))
    let spread = Document.Table.Cell.spread(
      Number(0.5, digits: 1), deviation: Number(value, digits: 1), otherwise: "")
    #expect(spread.content == .number(Number(0.5, digits: 1)))
  }

  @Test("Groups of three digits are set apart")
  func groups() {
    let texts = [999, 4046, 10506, 254_901, 4_265_840].map {
      Number($0).text(minus: "−", separator: "'")
    }
    #expect(texts == ["999", "4'046", "10'506", "254'901", "4'265'840"])
  }

  @Test("Differences carry their sign, the minus as the caller sets it")
  func signs() {
    #expect(Number.points(0.0123, digits: 2).text(minus: "−") == "+1.23")
    #expect(Number.points(-0.0123, digits: 2).text(minus: "−") == "−1.23")
    #expect(Number.percent(0.98415, digits: 2).text(minus: "−") == "98.42")
  }
}
