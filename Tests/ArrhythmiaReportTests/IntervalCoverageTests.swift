import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("What is said of the coverage of intervals")
struct IntervalCoverageTests {
  private static let file = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "docs/statistics.md")

  /// The least and the most of a column of expanded BCa intervals.
  private func range(_ head: String) throws -> ClosedRange<Double> {
    let lines = try String(contentsOf: Self.file, encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) } }
    let heads = try #require(lines.first { $0.starts(with: ["metric", "interval"]) })
    let column = try #require(heads.firstIndex(of: head))
    let values = lines.filter { $0.count == heads.count && $0[1] == "expanded BCa" }
      .compactMap { Double($0[column]) }
    #expect(values.count == 6)
    let (least, most) = (try #require(values.min()), try #require(values.max()))
    return least...most
  }

  @Test("The report prints what the simulations in the documentation found")
  func documented() throws {
    for study in IntervalCoverage.measured {
      let (shares, sure) = (
        try range("\(study.subjects) subjects"), try range("\(study.subjects), sure")
      )
      #expect(shares == study.shares && sure == study.sureShares)
    }
  }
}
