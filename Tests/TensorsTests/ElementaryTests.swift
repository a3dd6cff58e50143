import Foundation
import Testing

import Tensors

/// One argument (two for `pow`) and the correctly rounded value.
private struct GoldenValue {
  let x: Double
  let y: Double
  let value: Double
}

private struct GoldenError: Error {}

/// The functions' golden values, from a file whose layout is in the README beside it.
private struct GoldenFile {
  private let bytes: [UInt8]
  private let isSingle: Bool

  init(_ name: String, isSingle: Bool = false) throws {
    let url = Bundle.module.url(forResource: "Golden/\(name)", withExtension: "bin")
    guard let url else { throw GoldenError() }
    bytes = [UInt8](try Data(contentsOf: url))
    self.isSingle = isSingle
  }

  private func word(_ offset: Int, bytes count: Int = 8) -> UInt64 {
    (0..<count).reduce(0) { $0 | UInt64(bytes[offset + $1]) << UInt64(8 * $1) }
  }

  private func argument(_ offset: Int) -> Double {
    isSingle
      ? Double(Float(bitPattern: UInt32(word(offset, bytes: 4))))
      : Double(bitPattern: word(offset))
  }

  func values() -> [String: [GoldenValue]] {
    var result: [String: [GoldenValue]] = [:]
    var offset = 0
    let width = isSingle ? 4 : 8
    while offset < bytes.count {
      let name = String(decoding: bytes[offset..<offset + 8].prefix { $0 != 0 }, as: UTF8.self)
      let count = Int(word(offset + 8))
      offset += 16
      result[name] = (0..<count).map { row in
        let start = offset + (2 * width + 8) * row
        return GoldenValue(
          x: argument(start), y: argument(start + width),
          value: Double(bitPattern: word(start + 2 * width)))
      }
      offset += (2 * width + 8) * count
    }
    return result
  }
}

/// Steps between two doubles on the line of all doubles.
private func steps(_ a: Double, _ b: Double) -> UInt64 {
  func position(_ x: Double) -> Int64 {
    let bits = Int64(bitPattern: x.bitPattern)
    return bits < 0 ? Int64.min - bits : bits
  }
  if a.isNaN || b.isNaN { return a.isNaN && b.isNaN ? 0 : .max }
  return (position(a) - position(b)).magnitude
}

@Suite("Elementary functions")
struct ElementaryTests {
  static let names = ["exp", "log", "log1p", "sin", "cos", "tanh", "sigmoid", "erf", "pow"]

  static func evaluate(_ name: String, _ x: Double, _ y: Double) -> Double {
    switch name {
    case "exp": Elementary.exp(x)
    case "log": Elementary.log(x)
    case "log1p": Elementary.log1p(x)
    case "sin": Elementary.sin(x)
    case "cos": Elementary.cos(x)
    case "tanh": Elementary.tanh(x)
    case "sigmoid": Elementary.sigmoid(x)
    case "erf": Elementary.erf(x)
    default: Elementary.pow(x, y)
    }
  }

  /// One step from the correctly rounded value is an error below 1.5 ulp.
  @Test("Every golden value is met within one step of the correctly rounded one", arguments: names)
  func golden(name: String) throws {
    let values = try #require(try GoldenFile("elementary").values()[name])
    #expect(values.count > 1500)
    var worst: UInt64 = 0
    var differing = 0
    for golden in values {
      let distance = steps(Self.evaluate(name, golden.x, golden.y), golden.value)
      differing += distance == 0 ? 0 : 1
      worst = max(worst, distance)
    }
    #expect(worst <= 1, "\(name): \(worst) steps; \(differing) of \(values.count) differ")
  }

  @Test("Special values are those of IEEE 754")
  func specialValues() {
    let infinity = Double.infinity
    #expect(Elementary.exp(0.0) == 1 && Elementary.exp(-0.0) == 1)
    #expect(Elementary.exp(infinity) == infinity && Elementary.exp(-infinity) == 0)
    #expect(Elementary.exp(709.7827128933841) == infinity && Elementary.exp(-746.0) == 0)
    #expect(Elementary.exp(-745.0) == .leastNonzeroMagnitude)
    #expect(Elementary.log(0.0) == -infinity && Elementary.log(-0.0) == -infinity)
    #expect(Elementary.log(1.0) == 0 && Elementary.log(infinity) == infinity)
    #expect(Elementary.log(-1.0).isNaN && Elementary.log(-infinity).isNaN)
    #expect(Elementary.log1p(-1.0) == -infinity && Elementary.log1p(infinity) == infinity)
    #expect(Elementary.log1p(-1.5).isNaN)
    #expect(Elementary.sin(infinity).isNaN && Elementary.cos(-infinity).isNaN)
    #expect(Elementary.cos(0.0) == 1)
    #expect(Elementary.tanh(infinity) == 1 && Elementary.tanh(-infinity) == -1)
    #expect(Elementary.sigmoid(infinity) == 1 && Elementary.sigmoid(-infinity) == 0)
    #expect(Elementary.sigmoid(0.0) == 0.5)
    #expect(Elementary.erf(infinity) == 1 && Elementary.erf(-infinity) == -1)
  }

  @Test("Functions that are odd keep the sign of zero")
  func signedZero() {
    for function in ["log1p", "sin", "tanh", "erf"] {
      #expect(Self.evaluate(function, -0.0, 0).sign == .minus, "\(function)(-0)")
      #expect(Self.evaluate(function, 0.0, 0).sign == .plus, "\(function)(0)")
    }
  }

  @Test("Not a number goes in and comes out", arguments: names)
  func notANumber(name: String) {
    #expect(Self.evaluate(name, Double.nan, 2).isNaN)
  }

  @Test("The special cases of pow are those of IEEE 754")
  func specialPowers() {
    let infinity = Double.infinity
    let numbers = [-infinity, -2.5, -1, -0.0, 0, 0.5, 1, 3, infinity, .nan]
    for x in numbers {
      for y in [-infinity, -3.0, -2.5, -2, -0.0, 0, 0.5, 1, 2, 3, 0x1p60, infinity, .nan] {
        let expected = Foundation.pow(x, y)
        let result = Elementary.pow(x, y)
        let isSame =
          result.isNaN && expected.isNaN
          || steps(result, expected) <= 1 && result.sign == expected.sign
        #expect(isSame, "pow(\(x), \(y)) is \(result), not \(expected)")
      }
    }
  }

  @Test("Results below the normal range are within one step of the smallest number")
  func subnormals() {
    for x in stride(from: -745.1, to: -708.3, by: 0.37) {
      #expect(steps(Elementary.exp(x), Foundation.exp(x)) <= 1)
      #expect(steps(Elementary.sigmoid(x), Foundation.exp(x)) <= 2)
    }
    for x in [0x1p-1074, 0x1.8p-1060, 0x1p-1023] {
      #expect(steps(Elementary.log(x), Foundation.log(x)) <= 1)
      #expect(Elementary.sin(x) == x && Elementary.tanh(x) == x && Elementary.log1p(x) == x)
    }
  }

  static func evaluate(_ name: String, _ x: Float, _ y: Float) -> Float {
    switch name {
    case "exp": Elementary.exp(x)
    case "log": Elementary.log(x)
    case "log1p": Elementary.log1p(x)
    case "sin": Elementary.sin(x)
    case "cos": Elementary.cos(x)
    case "tanh": Elementary.tanh(x)
    case "sigmoid": Elementary.sigmoid(x)
    case "erf": Elementary.erf(x)
    default: Elementary.pow(x, y)
    }
  }

  /// The distance to the value before it was rounded, in units of its last place.
  @Test("In single precision every golden value is met within 0.50001 ulp", arguments: names)
  func singlePrecision(name: String) throws {
    let file = try GoldenFile("elementary-float", isSingle: true)
    let values = try #require(file.values()[name])
    #expect(values.count > 300)
    let distances = values.map { golden in
      let result = Self.evaluate(name, Float(golden.x), Float(golden.y))
      return abs(Double(result) - golden.value) / Double(Float(golden.value).ulp)
    }
    #expect(distances.allSatisfy { $0 <= 0.50001 }, "\(name): \(distances.max() ?? 0) ulp")
  }

  @Test("Where a function changes its method it keeps its direction")
  func monotonicity() {
    let increasing: [(String, Double)] = [
      ("exp", 0.34657359027997264), ("exp", 1.0397207708399179), ("log", 1.4142135623730951),
      ("log1p", 0.41421356237309503), ("tanh", 0.3), ("erf", 1), ("tanh", 20), ("erf", 6),
    ]
    for (name, branch) in increasing {
      var x = branch - 1000 * branch.ulp
      for _ in 0..<2000 {
        let difference = Self.evaluate(name, x.nextUp, 0) - Self.evaluate(name, x, 0)
        #expect(difference >= -branch.ulp, "\(name) falls at \(x)")
        x = x.nextUp
      }
    }
  }
}
