import Foundation
import Testing

@Suite("The command diff")
struct DiffCommandTests {
  /// The results that are kept beside the report.
  private static let results = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appending(path: "report/results").path

  private func diff(_ arguments: String..., environment: [String: String] = [:]) throws -> Call {
    let store = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())").path
    return try Call(["diff"] + arguments + ["--store", store], environment: environment)
  }

  @Test("Results beside themselves are the same bytes on every row, and end with 0")
  func same() throws {
    let call = try diff(
      Self.results, Self.results, "--no-intervals", "--format", "json", "--fail-on-regression")
    #expect(call.status == 64)
    let quick = try diff(Self.results, Self.results, "--no-intervals", "--format", "json")
    #expect(quick.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(quick.output.utf8)) as? [String: Any]
    let summary = try #require(json?["summary"] as? [String: Int])
    #expect(summary.filter { $0.value > 0 }.map(\.key) == ["same bytes"])
    let whole = try diff(Self.results, Self.results, "--fail-on-regression")
    #expect(whole.status == 0 && !whole.output.contains("\u{1B}"))
  }

  @Test("The published table stands on either side, without colours where nobody looks")
  func published() throws {
    let call = try diff("published", Self.results, "--task", "mitbih", "--models", "baseline")
    #expect(call.status == 0 && call.output.contains("Baseline CNN"))
    #expect(call.output.contains("not comparable") && !call.output.contains("\u{1B}"))
  }

  @Test("What is nothing, and settings that are none, end with 64")
  func usage() throws {
    for call in [
      try diff("no-such-run", Self.results), try diff(Self.results, Self.results, "--scores", "x"),
      try diff(Self.results, Self.results, "--level", "2"),
      try diff(Self.results, Self.results, "--models", "nothing", "--no-intervals"),
      try diff(Self.results),
    ] {
      #expect(call.status == 64 && call.output.isEmpty && call.messages.contains("Error"))
    }
  }
}
