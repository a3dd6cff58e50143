import Foundation
import Testing

@Suite("Command line")
struct CommandTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

  @Test("Help begins with examples and names the exit codes")
  func help() throws {
    let call = try Call("--help")
    #expect(call.status == 0)
    #expect(call.output.contains("EXAMPLES") && call.output.contains("65 bad input"))
  }

  @Test("Wrong usage ends with 64 and says so on standard error only")
  func usage() throws {
    for call in [
      try Call("trian"), try Call("train", "mitbih-baseline"), try Call("run", "--epochs", "0"),
      try Call("evaluate"), try Call("run", "--name", "a/b"),
      try Call("train", "synthetic/vanilla-mlp/1", "--seeds", "2"),
      try Call("data", "show", "nosuch"), try Call("run", "--variants", "nosuch"),
      try Call("run", "--memory", "0"), try Call("run", "--memory", "8796093022208"),
      try Call("data", "export", "synthetic", "--out", path("rows.x")),
      try Call(["models"], environment: ["DETECTRON_ISA": "sse9"]),
    ] {
      #expect(call.status == 64)
      #expect(call.output.isEmpty && call.messages.contains("Error"))
    }
  }

  @Test("A folder without data ends with 65, names it and leaves nothing behind")
  func noData() throws {
    let store = path("store")
    let call = try Call(
      "report", "--data", folder.path, "--store", store, "--report-dir", path("report"),
      "--figures-dir", path("figures"))
    #expect(call.status == 65)
    #expect(call.messages.contains(folder.path) && call.messages.contains("mitdb"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("A damaged header ends with 65 and names file and remedy")
  func damagedHeader() throws {
    let records = folder.appending(path: "mitdb")
    try FileManager.default.createDirectory(at: records, withIntermediateDirectories: true)
    try Data("100 2 360 650000\r\n100.dat 212 200\r\n".utf8)
      .write(to: records.appending(path: "100.hea"))
    let call = try Call(
      "data", "export", "mitbih", "--data", folder.path, "--out", path("rows.npy"))
    #expect(call.status == 65)
    #expect(call.messages.contains("100.hea"))
    #expect(!FileManager.default.fileExists(atPath: path("rows.npy")))
  }

  @Test("What a task's data is comes as text and as JSON")
  func showsData() throws {
    let text = try Call("data", "show", "synthetic")
    #expect(text.status == 0 && text.output.contains("class\ttrain\ttest\tname"))
    let call = try Call("data", "show", "synthetic", "--json")
    let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    #expect((json?["classes"] as? [Any])?.count == 5)
    #expect((json?["sha256"] as? String)?.count == 64)
  }

  @Test("A store that cannot be made ends with 73 and names it")
  func noStore() throws {
    let file = try write("", to: "file")
    let call = try Call("run", "--tasks", "synthetic", "--store", "\(file)/store")
    #expect(call.status == 73)
    #expect(call.messages.contains("\(file)/store"))
  }

  @Test("An output folder that cannot be made ends with 73")
  func cannotCreate() throws {
    let file = try write("", to: "file")
    let call = try Call(
      "data", "export", "synthetic-binary", "--out", "\(file)/rows.npy", "--split", "test")
    #expect(call.status == 73)
    #expect(call.messages.contains("rows.npy"))
  }

  @Test("Models are listed with their sizes")
  func models() throws {
    let call = try Call("models")
    #expect(call.output.contains("baseline\tmitbih\t254901\t4265840"))
    #expect(try Call("models", "basline").status == 64)
  }

  @Test(
    "Results that standard output does not take are an input/output error, not lost in silence",
    .enabled(if: FileManager.default.fileExists(atPath: "/dev/full")),
    arguments: [["models"], ["run", "--json"]])
  func refusedOutput(command: [String]) throws {
    let study = ["--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1"]
    let options = command == ["models"] ? [] : study + ["--store", path("store")]
    let call = try Call(command + options, outputPath: "/dev/full")
    #expect(call.status == 74)
    #expect(call.messages.contains("make room"))
  }
}
