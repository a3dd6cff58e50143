import Foundation
import Testing

@Suite("Dry runs")
struct DryRunTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  @Test("A dry run says what would be trained and why, and writes nothing")
  func dryRun() throws {
    let call = try Call(["report", "--dry-run"] + quickStudy)
    #expect(call.status == 0 && call.output.contains("never trained"), "\(call.messages)")
    #expect(call.messages.contains("1 of 1 cells would be made"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A dry run of a report lists its files: all that it may have, then those that would change")
  func dryReport() throws {
    let folders = ["--report-dir", path("report"), "--figures-dir", path("figures")]
    let report = ["report"] + quickStudy + folders
    func listed(_ call: Call) -> Set<String> {
      Set(
        call.output.split(separator: "\n").filter { $0.hasPrefix("write\t") }
          .map { String($0.dropFirst(6)) })
    }
    let before = try Call(report + ["--dry-run"])
    #expect(before.messages.contains("Up to \(listed(before).count) files would be written"))
    let json = try JSONSerialization.jsonObject(
      with: Data(try Call(report + ["--dry-run", "--json"]).output.utf8))
    let files = (json as? [String: Any])?["files"] as? [String: Any]
    #expect(Set(files?["written"] as? [String] ?? []) == listed(before))
    #expect(files?["isExact"] as? Bool == false)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    #expect(try Call(["run"] + quickStudy).status == 0)
    let exact = listed(try Call(report + ["--dry-run"]))
    #expect(exact.count > 20 && exact.isSubset(of: listed(before)))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["store"])
    #expect(try Call(report).status == 0)
    let written = try ["report", "figures"].flatMap { name in
      try FileManager.default.subpathsOfDirectory(atPath: path(name)).map { path("\(name)/\($0)") }
    }.filter { $0 != path("report/tables") }
    #expect(exact == Set(written))
    #expect(listed(try Call(report + ["--dry-run"])).isEmpty)
    let page = path("report/project_report.md")
    try Data().write(to: URL(filePath: page))
    #expect(listed(try Call(report + ["--dry-run"])) == [page])
  }

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
