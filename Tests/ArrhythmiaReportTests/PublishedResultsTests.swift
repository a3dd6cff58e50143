import Foundation
import Testing

@testable import ArrhythmiaReport

@Suite("Published results") struct PublishedResultsTests {
  /// The list as it was collected, beside the checkout; the test that needs it is skipped, loudly,
  /// where it is absent.
  static let list: String? = {
    let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let shared =
      ProcessInfo.processInfo.environment["DETECTRON_SHARED"].map { URL(filePath: $0) }
      ?? package.deletingLastPathComponent().appending(path: "shared")
    let text = try? String(
      contentsOf: shared.appending(path: "reference/published.csv"), encoding: .utf8)
    if text == nil { print("SKIPPED: no list of published results at \(shared.path)") }
    return text
  }()

  @Test("Every line of the collected list is carried, with its values", .enabled(if: list != nil))
  func complete() throws {
    let lines = try #require(Self.list).split(separator: "\n").dropFirst()
    #expect(lines.count == PublishedResult.all.count)
    for (line, result) in zip(lines, PublishedResult.all) {
      let fields = line.split(separator: ",", maxSplits: 7, omittingEmptySubsequences: false)
        .map(String.init)
      #expect(Array(fields[0...2]) == [result.source, result.task, result.model])
      #expect(
        fields[3...6].map { Double($0) }
          == [result.accuracy, result.f1, result.auroc, result.auprc], "\(line)")
      #expect(fields[7].replacing("\"", with: "") == result.note)
    }
  }

  @Test("What was chosen on test rows, or tested elsewhere, does not stand beside a variant")
  func comparability() throws {
    #expect(PublishedResult.repeated(task: "mitbih", variant: "baseline")?.accuracy == 0.98415)
    #expect(PublishedResult.repeated(task: "mitbih", variant: "ensemble-mean-2") == nil)
    #expect(PublishedResult.repeated(task: "mitbih", variant: "kachuee") == nil)
    let restricted = PublishedResult.all.filter { !$0.comparability.restriction.isEmpty }
    #expect(restricted.count == 11)
    for result in PublishedResult.all where result.source != "majority-class" {
      #expect(PublishedSource.address(of: result.source) != nil, "\(result.source)")
    }
    #expect(PublishedResult.all.allSatisfy { !$0.isComparable || $0.task != "mitbih-inter" })
  }
}
