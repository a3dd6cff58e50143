import Foundation
import Testing

@Suite("The commands explain and verify")
struct ExplainVerifyTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  @Test("A run can be explained, verified, looked after, and its figures lead back to it")
  func explains() throws {
    let output = ["--report-dir", path("report"), "--figures-dir", path("figures")]
    #expect(try Call(["report", "--name", "small"] + quickStudy + output).status == 0)
    let store = ["--store", path("store")]
    let id = try #require(
      try Call(["store", "list"] + store).output.split(separator: "\n").last?.split(separator: "\t")
        .last)
    for name in ["roc.pdf", "roc.png", "roc.svg", "roc.csv"] {
      let call = try Call(["explain", path("figures/synthetic-binary-\(name)")] + store)
      #expect(call.output.contains(id) && call.output.contains("vanilla-mlp"), "\(call.messages)")
      #expect(call.output.contains("compiler\t") && call.output.contains("cairo\t"))
    }
    let table = try FileManager.default.contentsOfDirectory(atPath: path("report/tables"))[0]
    #expect(try Call(["explain", path("report/tables/\(table)")] + store).output.contains(id))
    try changedFiles(store, id: String(id))
    #expect(try Call(["explain", "nothing"] + store).status == 64)
    let cell = try Call(
      ["explain", "synthetic-binary/vanilla-mlp+published, at most 1 epoch/1"] + store)
    #expect(cell.output.contains("dataFingerprint") && cell.output.contains("in the store"))

    let short = try Call(["explain", "synthetic-binary/vanilla-mlp/1"] + store)
    #expect(short.status == 0 && short.output == cell.output, "\(short.messages)")
    #expect(short.output.contains("\nprogram\t"), "\(short.output)")

    let data = try Call(["store", "list", "--data-sets"] + store).output
    #expect(data.contains("trainings tested") && data.contains("\tsynthetic-binary\t"))
    let entries = try JSONSerialization.jsonObject(
      with: Data(try Call(["store", "list", "--data-sets", "--json"] + store).output.utf8))
    #expect((entries as? [[String: Any]])?.first?["testEvaluationCount"] as? Int == 1)
    #expect(try Call(["store", "check"] + store).status == 0)
    #expect(try Call(["store", "gc", "--dry-run"] + store).output.isEmpty)
    #expect(try Call(["status"] + store).output.contains("1 of 1 cells finished"))
    let verify = ["verify", "--results", path("store")] + output
    #expect(try Call(verify).status == 0)
    let stray = [try write("x", to: "figures/old-roc.png"), try write("x", to: "report/notes.txt")]
    let more = try Call(verify)
    #expect(more.status == 1 && more.messages.contains("2 files stand there"))
    #expect(!more.messages.contains(" not what "), "\(more.messages)")
    for path in stray {
      #expect(more.output.contains("\(path): no report of these results has it"))
      try FileManager.default.removeItem(atPath: path)
    }
    let report = path("report/project_report.md")
    let text = try String(contentsOfFile: report, encoding: .utf8)
    try (text + "x").write(toFile: report, atomically: true, encoding: .utf8)
    let differs = try Call(verify)
    #expect(
      differs.status == 1 && differs.output.contains("project_report.md: it differs from line"))
    #expect(differs.messages.contains("the files themselves were changed"))
    let again = try Call(verify + ["--retrain", "synthetic-binary/vanilla-mlp/1"])
    #expect(again.status == 0 && again.messages.contains("weights"), "\(again.messages)")
    let key = try #require(
      try Call(["store", "list", "--cells"] + store).output.split(separator: "\n").last?.prefix(10))
    let byKey = try Call(verify + ["--retrain", "\(key)"])
    #expect(byKey.status == 0 && byKey.messages.contains("vanilla-mlp"), "\(byKey.messages)")
    #expect(try Call(verify + ["--retrain", "00000000"]).status == 64)
  }

  /// Files of a report that were moved or changed.
  private func changedFiles(_ store: [String], id: String) throws {
    let table = path("report/tables/results-synthetic-binary.csv")
    let text = try String(contentsOfFile: table, encoding: .utf8)
    #expect(text.contains("# run: \(id)\n# data set synthetic-binary: "))
    // The same file elsewhere, then with a byte more, then another one.
    let copy = try write(text, to: "results-synthetic-binary.csv")
    let moved = try Call(["explain", copy] + store)
    #expect(moved.status == 0 && moved.output.contains("byte for byte"), "\(moved.messages)")
    for fact in ["shares\t", "epochs\tat most 1", "epochs-of\tnone", "figures\tall", "file\tnone"] {
      #expect(moved.output.contains("\t\(fact)"), "\(fact)")
    }
    _ = try write(text + "x", to: "results-synthetic-binary.csv")
    let changed = try Call(["explain", copy] + store)
    #expect(changed.status == 1 && changed.output.contains("not what this run gives"))
    _ = try write("garbage", to: "results-synthetic-binary.csv")
    #expect(try Call(["explain", copy] + store).status == 65)
    let picture = path("figures/synthetic-binary-roc.png")
    let bytes = try Data(contentsOf: URL(filePath: picture))
    try (bytes + [0]).write(to: URL(filePath: picture))
    #expect(try Call(["explain", picture] + store).status == 1)
    try bytes.write(to: URL(filePath: picture))
  }

  @Test("A cell that is made again says so by one line an epoch")
  func retrainingLines() throws {
    let store = ["--store", path("store")]
    let study = ["--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "3"]
    #expect(try Call(["run", "--name", "three"] + study + store).status == 0)
    let call = try Call(
      "verify", "--results", path("store"), "--retrain",
      "synthetic-binary/vanilla-mlp+published, at most 3 epochs/1")
    #expect(call.status == 0, "\(call.messages)")
    let lines = call.messages.split(separator: "\n")
    for text in [": epoch 1, ", ": epoch 2, ", ": training", " after 3 epochs in "] {
      #expect(lines.count { $0.contains(text) } == 1, "\(call.messages)")
    }
    #expect(lines.count < 8, "\(call.messages)")
  }

  @Test("Who trained the cells of a run is known by another name, and after single trainings")
  func makers() throws {
    let store = ["--store", path("store")]
    let cell = "synthetic-binary/vanilla-mlp/1"
    #expect(try Call(["train", cell, "--epochs", "1"] + store).status == 0)
    let study = try write("title: Another\nname: another\nfigures: [roc]\n", to: "study.yml")
    #expect(try Call(["run", study] + quickStudy).status == 0)
    let call = try Call(["explain", "another"] + store)
    for text in ["\tmade\t1 of 1 cells\n", "\tcompiler\tSwift", "\tfile\t\(study)\t", "\tcairo\t"] {
      #expect(call.output.contains(text), "\(text): \(call.output)")
    }
    // As a kill just before its end leaves it.
    try FileManager.default.removeItem(atPath: path("store/environments"))
    #expect(try Call(["explain", "another"] + store).output.contains("\tcompiler\tSwift"))
    #expect(try Call(["run", study] + quickStudy).status == 0)
    #expect(try Call(["explain", "another"] + store).output.contains("\tfile\t\(study)\t"))
    let tar = path("another.tar")
    #expect(try Call(["runs", "export", "another", "--to", tar] + store).status == 0)
    #expect(try Call("runs", "import", tar, "--store", path("taken")).status == 0)
    let taken = try Call("explain", "another", "--store", path("taken"))
    #expect(taken.output.contains("\tmade\t1 of 1 cells\n"), "\(taken.output)")
  }

  @Test("A run that was renamed is explained by its new name")
  func explainsRenamed() throws {
    #expect(try Call(["run", "--name", "old"] + quickStudy).status == 0)
    let store = ["--store", path("store")]
    #expect(try Call(["runs", "name", "old", "new"] + store).status == 0)
    let call = try Call(["explain", "new"] + store)
    #expect(call.status == 0 && call.output.hasPrefix("run\tnew\t"), "\(call.output)")
  }
}
