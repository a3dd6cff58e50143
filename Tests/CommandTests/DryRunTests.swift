import Foundation
import Testing

@Suite("Dry runs")
struct DryRunTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  @Test("Every command that writes says what it would write, and writes nothing, when asked to")
  func dryRuns() throws {
    let store = ["--store", path("store")]
    let study =
      ["run", "--name", "small", "--tasks", "synthetic-binary", "--variants", "vanilla-mlp"]
      + ["--epochs", "1"] + store
    #expect(try Call(study).status == 0)
    #expect(try Call(["export", "small", "--to", path("results")] + store).status == 0)
    #expect(try Call(["runs", "export", "small", "--to", path("small.tar")] + store).status == 0)
    #expect(
      try Call(["export", "small", "--format", "npz", "--to", path("npz")] + store).status == 0)
    let answers = try #require(try files().keys.first { $0.hasPrefix("npz/") })
    let other = ["--store", path("other")]
    let commands = [
      ["render", "small", "--report-dir", path("r"), "--figures-dir", path("f")] + store,
      ["figure", "roc", "--out", path("roc.pdf")] + store,
      ["table", "results", "--out", path("t.csv"), "--format", "csv"] + store,
      ["export", "small", "--to", path("again")] + store,
      ["export", "small", "--to", path("again"), "--format", "csv"] + store,
      ["import", path("results")] + other, ["runs", "import", path("small.tar")] + other,
      ["import", "--name", "mine", "--task", "synthetic-binary", path(answers)] + store,
      ["runs", "name", "small", "smaller"] + store,
      ["runs", "export", "small", "--to", path("again.tar")] + store,
      ["data", "export", "synthetic-binary", "--out", path("rows.csv")],
      ["data", "synthesize", "ptb", "--out", path("ptb")],
      ["diff", "small", "small", "--no-intervals", "--out", path("diff.txt")] + store,
    ]
    let before = try files()
    for command in commands {
      let call = try Call(command + ["--dry-run"])
      #expect(call.status == 0, "\(command): \(call.messages)")
      #expect(call.output.contains("write\t\(folder.path)/"), "\(command): \(call.output)")
      #expect(call.messages.contains("nothing was written"))
    }
    #expect(try files() == before)
  }

  /// All files below the folder.
  private func files() throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: folder.path) {
      files[name] = FileManager.default.contents(atPath: path(name))
    }
    return files
  }
}
