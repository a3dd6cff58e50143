import Foundation
import Testing

@Suite("Stores that cannot be written, or are not there")
struct RefusedStoreTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  private func started(_ call: Call) -> Int {
    call.messages.split(separator: "\n").count { $0.hasSuffix(": training") }
  }

  #if os(Linux)
    @Test(
      "A folder of the store that takes no files is named before anything is trained for it",
      arguments: ["/cells/", "/checkpoints/", "/runs/"])
    func readOnly(part: String) throws {
      #expect(try Call(["run"] + quickStudy).status == 0)
      let denied = disk("store").merging(["FAULT_DENY": "/store\(part)"]) { $1 }
      let call = try Call(["run"] + quickStudy + ["--seeds", "1", "2"], environment: denied)
      #expect(call.status == 73 && started(call) == 0, "\(call.messages)")
      #expect(call.messages.contains(path("store\(part.dropLast())")), "\(call.messages)")
    }

    /// The folder of a cell; a checkpoint, which an interrupt leaves; a finding.
    @Test(
      "What refuses files in the middle of a run ends it with the path, and is no failure of a cell",
      arguments: [".partial/", "/checkpoints/.", "/findings/."])
    func refused(part: String) throws {
      let study = [
        "run", "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--seeds", "1", "2",
        "--workers", "1", "--store", path("store"),
      ]
      let denied = disk("store").merging(["FAULT_DENY": part]) { $1 }
      let call =
        part == "/checkpoints/."
        ? try Call(study, environment: denied, signal: SIGINT, onceSaid: ": training")
        : try Call(study + ["--epochs", "1"], environment: denied)
      #expect(call.status == 73 && !call.messages.contains("failed"), "\(call.messages)")
      #expect(started(call) == (part == "/findings/." ? 2 : 1), "\(call.messages)")
      #expect(call.messages.contains(path("store")), "\(call.messages)")
      #expect(try Call(study + ["--epochs", "1"]).status == 0)
    }
  #endif

  @Test(
    "What only reads a store says so where there is none",
    arguments: [
      ["store", "check"], ["store", "list"], ["store", "list", "--cells"], ["store", "gc"],
      ["store", "gc", "--damaged"], ["runs"], ["runs", "show", "a"], ["status"], ["cost", "a"],
      ["render", "a"], ["evaluate", "a"], ["table", "results"], ["export", "a", "--to", "b"],
    ])
  func noStore(command: [String]) throws {
    let call = try Call(command + ["--store", path("typo")])
    #expect(call.status == 65 && call.output.isEmpty, "\(call.output)")
    #expect(call.messages.contains("\(path("typo")) is no store"), "\(call.messages)")
    #expect(!FileManager.default.fileExists(atPath: path("typo")))
  }
}
