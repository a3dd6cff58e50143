import Testing

@testable import Documents

@Suite("Short paths of pictures") struct ShortPathTests {
  private func short(_ data: String) -> String? {
    ShortPath(Array(data.utf8)[...]).map { String(decoding: $0.text, as: UTF8.self) }
  }

  @Test(
    "Steps are relative, level and upright ones have one number, commands are not repeated",
    arguments: [
      ("M 1.5 2 L 3.5 2 L 3.5 1.25 L 3.5 1 L 4 2 L 5 3", "M1.5 2h2v-.75-.25l.5 1 1 1"),
      ("M 0 0 L 1 0 L 1 1 Z M 0 0 ", "M0 0h1v1z"),
      ("M 0 0 L 1 1 Z M 2 2 L 3 2", "M0 0l1 1zm2 2h1"),
      ("M 1 1 C 2 2 3 3.5 4 0 C 5 0 6 0 7 0", "M1 1c1 1 2 2.5 3-1 1 0 2 0 3 0"),
      ("M 1 1 L 1 1", "M1 1h0"), ("M -0.004 7.005 L 7.999999 0", "M0 7.01l8-7.01"), ("", ""),
    ])
  func steps(long: String, expected: String) {
    #expect(short(long) == expected)
  }

  @Test(
    "What is no path of moves, lines, curves and closings is left as it is",
    arguments: [
      "M 1", "M 1 x L 2 2", "Q 1 1 2 2", "M 1 1 L 2", "M 1 1 C 1 2 3", "M 1e3 1", "ML 1 1",
    ])
  func others(data: String) { #expect(short(data) == nil) }

  @Test("However long a path is, every point is within half a hundredth of where it was")
  func noDrift() throws {
    let points = (0..<3000).map { (index: Int) -> (Double, Double) in
      let x = Double(index * 7919 % 100_003) / 331 - 150
      let y = Double(index * 104_729 % 99_991) / 217 - 200
      return (x, y)
    }
    let data = points.enumerated().map { index, point in
      "\(index == 0 ? "M" : "L") \(point.0) \(point.1)"
    }.joined(separator: " ")
    let found = places(of: try #require(short(data)))
    #expect(found.count == points.count)
    for (one, other) in zip(found, points) {
      #expect(abs(one.0 - other.0) < 0.00501 && abs(one.1 - other.1) < 0.00501)
    }
  }

  /// The points of a path of moves and lines.
  private func places(of path: String) -> [(Double, Double)] {
    var places: [(Double, Double)] = []
    for match in path.matches(of: /([Mlhv])([^Mlhv]*)/) {
      let numbers = match.2.matches(of: /-?[0-9.]+/).compactMap { Double(String($0.0).fixed) }
      let last = places.last ?? (0, 0)
      var (x, y) = match.1 == "M" ? (0, 0) : last
      let width = match.1 == "h" || match.1 == "v" ? 1 : 2
      for first in stride(from: 0, to: numbers.count, by: width) {
        if match.1 != "v" { x += numbers[first] }
        if match.1 != "h" { y += numbers[first + width - 1] }
        places.append((x, y))
      }
    }
    return places
  }
}

extension String {
  /// The number as Swift reads it: with a digit before the point.
  fileprivate var fixed: String {
    hasPrefix(".") ? "0\(self)" : hasPrefix("-.") ? "-0\(dropFirst())" : self
  }
}
