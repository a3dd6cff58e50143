import Foundation
import Testing

@Suite("Command line")
struct CommandTests {
  private let folder: URL

  init() throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  }

  private func path(_ name: String) -> String { folder.appending(path: name).path }

  private func write(_ text: String, to name: String) throws -> String {
    try Data(text.utf8).write(to: folder.appending(path: name))
    return path(name)
  }

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

  @Test("Predictions are evaluated from CSV, as JSON with null for what is undefined")
  func evaluates() throws {
    let file = try write("label,p0,p1,p2\n0,.8,.1,.1\n1,.2,.7,.1\n1,.6,.3,.1\n", to: "p.csv")
    let call = try Call("evaluate", "--predictions", file, "--json", "--draws", "100")
    #expect(call.status == 0)
    let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
    let accuracy = try #require(metrics["accuracy"]?["value"] as? Double)
    #expect(abs(accuracy - 2.0 / 3) < 1e-12)
    #expect(metrics["auroc_macro"]?["value"] is NSNull)
    #expect(json?["n"] as? Int == 3)
    let bins = try #require(json?["calibration"] as? [[String: Any]])
    #expect(bins.count == 15 && bins.reduce(0) { $0 + ($1["count"] as? Int ?? 0) } == 3)
  }

  @Test("Subjects are drawn where a file names several, and rows where it names one")
  func evaluatesSubjects() throws {
    func width(_ subject: (Int) -> String) throws -> (String?, Double) {
      let rows = (0..<40).map { row in
        "\(row % 2),\(row / 4 % 5 == 0 ? 1 - row % 2 : row % 2),\(subject(row))\n"
      }
      let file = try write("label,score,subject\n" + rows.joined(), to: "p.csv")
      let call = try Call("evaluate", "--predictions", file, "--json", "--draws", "500")
      let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
      let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
      #expect(metrics["auroc"] != nil && metrics["auprc"] != nil)
      let low = try #require(metrics["accuracy"]?["low"] as? Double)
      let high = try #require(metrics["accuracy"]?["high"] as? Double)
      return (json?["resampled"] as? String, high - low)
    }
    let one = try width { _ in "a" }
    let several = try width { "s\($0 / 4)" }
    #expect(one.0 == "rows" && several.0 == "subjects")
    #expect(several.1 > 1.5 * one.1)
  }

  @Test("Predictions are read from standard input by either of its names")
  func evaluatesInput() throws {
    let text = "label,score\n0,.2\n1,.7\n1,.4\n"
    let expected = try Call(
      "evaluate", "--predictions", try write(text, to: "p.csv"), "--draws", "100"
    ).output.split(separator: "\n").dropFirst()
    for name in ["-", "/dev/stdin"] {
      let call = try Call(
        ["evaluate", "--predictions", name, "--draws", "100"], input: Array(text.utf8))
      #expect(call.status == 0, "\(call.messages)")
      #expect(call.output.split(separator: "\n").dropFirst() == expected)
    }
    let archive = try Call(
      ["evaluate", "--predictions", "-"], input: [0x50, 0x4B, 3, 4, 0x0A, 0, 0, 0, 0])
    #expect(archive.status == 65 && archive.messages.contains("npz archive"))
  }

  @Test("Scores are none but where they are said to be, and the message says how")
  func evaluatesScores() throws {
    let file = try write("label,p0,p1\n0,2.5,-1\n1,-3,.5\n", to: "p.csv")
    let refused = try Call("evaluate", "--predictions", file)
    #expect(refused.status == 65 && refused.messages.contains("--scores"))
    let call = try Call("evaluate", "--predictions", file, "--scores", "--json", "--draws", "100")
    let json = try JSONSerialization.jsonObject(with: Data(call.output.utf8)) as? [String: Any]
    let metrics = try #require(json?["metrics"] as? [String: [String: Any]])
    #expect(metrics["accuracy"]?["value"] as? Double == 1)
    #expect(metrics["log_loss"]?["value"] is NSNull && metrics["auroc"]?["value"] as? Double == 1)
    for draws in ["99", "1000001"] {
      #expect(try Call("evaluate", "--predictions", file, "--draws", draws).status == 64)
    }
  }

  @Test("Predictions that are none end with 65 and name the line or row")
  func badPredictions() throws {
    let bad = [
      ("label,p0,p1\n0,.5\n", "line 2"), ("label,p0,p1\nx,.5,.5\n", "line 2"),
      ("p0,p1\n.5,.5\n", "line 1"), ("label,p0,p1\n0,.9,.9\n", "row 0"), ("", "empty"),
      ("label,p0,p1\n7,.5,.5\n", "row 0"),
    ]
    for (text, place) in bad {
      let call = try Call("evaluate", "--predictions", try write(text, to: "p.csv"))
      #expect(call.status == 65)
      #expect(call.messages.contains("p.csv") && call.messages.contains(place), "\(text)")
      #expect(call.output.isEmpty)
    }
    #expect(try Call("evaluate", "--predictions", path("missing.npz")).status == 65)
  }

  @Test("A small study goes from nothing to a report, and a second call trains nothing")
  func report() throws {
    let arguments = [
      "report", "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1",
      "--seeds", "1", "--store", path("store"), "--report-dir", path("report"), "--figures-dir",
      path("figures"),
    ]
    let first = try Call(arguments)
    #expect(first.status == 0, "\(first.messages)")
    #expect(first.output == "\(path("report"))/project_report.md\n")
    let markdown = try String(contentsOfFile: path("report/project_report.md"), encoding: .utf8)
    #expect(markdown.contains("ynthetic signal, no clinical meaning"))
    let figures = try FileManager.default.contentsOfDirectory(atPath: path("figures"))
    #expect(figures.contains("synthetic-binary-roc.pdf"))
    let second = try Call(arguments)
    #expect(second.status == 0 && second.messages.contains("in the store"))
    #expect(second.messages.contains("Nothing has changed"))
    #expect(
      try String(contentsOfFile: path("report/project_report.md"), encoding: .utf8) == markdown)
  }

  @Test("Models are listed with their sizes")
  func models() throws {
    let call = try Call("models")
    #expect(call.output.contains("baseline\tmitbih\t254901\t4265840"))
    #expect(try Call("models", "basline").status == 64)
  }

  @Test("A run is planned, trained, costed, exported, rendered from the export and taken back")
  func travels() throws {
    let study = [
      "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "vanilla-cnn", "ensemble-mean",
      "--epochs-of", "vanilla-mlp=1", "vanilla-cnn=1", "--seeds", "1", "--store", path("store"),
    ]
    let plan = try Call(["plan"] + study)
    #expect(plan.status == 0 && plan.output.contains("3 cells") && plan.output.contains("3 open"))
    #expect(!FileManager.default.fileExists(atPath: path("store")))
    let run = try Call(["run", "--name", "small"] + study)
    #expect(run.status == 0, "\(run.messages)")
    #expect(try Call(["plan", "--json"] + study).output.contains("\"isDone\" : true"))
    let cost = try Call("cost", "small", "--store", path("store"))
    #expect(cost.output.contains("vanilla-mlp") && !cost.output.contains("not trained"))
    let export = ["export", "small", "--store", path("store"), "--to"]
    #expect(try Call(export + [path("results")]).output.contains("3 cells"))
    #expect(try Call(export + [path("store")]).status == 73)
    var reports: [String] = []
    for store in ["store", "results"] {
      let render = try Call(
        "render", "small", "--store", path(store), "--report-dir", path("report-\(store)"),
        "--figures-dir", path("figures-\(store)"))
      #expect(render.status == 0, "\(render.messages)")
      let report = try String(
        contentsOfFile: path("report-\(store)/project_report.md"), encoding: .utf8)
      reports.append(report.replacing("figures-\(store)", with: "figures"))
    }
    #expect(reports[0] == reports[1])
    try singlePieces()
    let back = try Call("import", path("results"), "--store", path("other"))
    #expect(back.output == "small\n" && back.messages.contains("3 cells"))
    #expect(try Call("import", path("nothing"), "--store", path("other")).status == 65)
    let again = try Call(
      ["run", "--name", "small"] + study.dropLast() + [path("other")])
    #expect(again.messages.contains("in the store"))
  }

  /// Single figures and tables of the exported run.
  private func singlePieces() throws {
    let store = ["--store", path("results")]
    let figure = try Call(
      ["figure", "roc", "--models", "vanilla-mlp,vanilla-cnn", "--out", path("roc.svg")] + store
        + ["--theme", "dark"])
    #expect(figure.status == 0 && figure.output == "\(path("roc.svg"))\n", "\(figure.messages)")
    let svg = try String(contentsOfFile: path("roc.svg"), encoding: .utf8)
    #expect(svg.contains("vanilla-mlp, seed 1") && !svg.contains("ensemble-mean"))
    #expect(try Call(["figure", "rok", "--out", path("roc.svg")] + store).status == 64)
    #expect(try Call(["figure", "roc", "--out", path("roc.gif")] + store).status == 64)
    #expect(
      try Call(["figure", "roc", "--task", "x", "--out", path("a.pdf")] + store).status == 64)
    #expect(try Call(["table", "results", "--models", "lenet"] + store).status == 64)
    let report = path("report-results/tables/results-synthetic-binary")
    for suffix in ["tex", "md", "csv"] {
      let table = try Call(["table", "results", "--format", suffix] + store)
      #expect(
        try table.output == String(contentsOfFile: "\(report).\(suffix)", encoding: .utf8))
    }
    let json = try Call(["table", "results", "--format", "json"] + store)
    #expect(try JSONSerialization.jsonObject(with: Data(json.output.utf8)) is [String: Any])
    let html = try Call(["table", "results", "--format", "html"] + store)
    #expect(html.output.hasPrefix("<!DOCTYPE html>"))
  }

  @Test(
    "Stored results whose split is renamed inter-patient are refused, and the audit names people")
  func forgedSplit() throws {
    let run = try Call(
      "run", "--name", "small", "--tasks", "synthetic-binary", "--variants", "vanilla-mlp",
      "--epochs-of", "vanilla-mlp=1", "--seeds", "1", "--store", path("store"))
    #expect(run.status == 0, "\(run.messages)")
    let folder = path("store/data")
    let name = try #require(
      FileManager.default.contentsOfDirectory(atPath: folder).first {
        $0.hasSuffix(".json") && $0.count { $0 == "." } == 1
      })
    let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
    var summary = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    summary["protocolLabel"] = "inter-patient split (DS1/DS2)"
    summary["sharedSubjectCount"] = 2
    try JSONSerialization.data(withJSONObject: summary)
      .write(to: URL(filePath: "\(folder)/\(name)"))
    for command in [["render", "small"], ["table", "results"], ["figure", "roc"]] {
      let output = command[0] == "figure" ? ["--out", path("roc.svg")] : []
      let folders =
        command[0] == "render"
        ? ["--report-dir", path("report"), "--figures-dir", path("figures")] : []
      let call = try Call(command + output + folders + ["--store", path("store")])
      #expect(call.status == 65, "\(command): \(call.output) \(call.messages)")
      #expect(call.output.isEmpty)
    }
    #expect(!FileManager.default.fileExists(atPath: path("report/project_report.md")))
  }

  @Test("A cell that cannot be trained, and a recipe that is none, are errors with a reason")
  func unusableCells() throws {
    let store = ["--store", path("store")]
    let ensemble = try Call(["train", "synthetic/ensemble-mean/1"] + store)
    #expect(ensemble.status == 64 && ensemble.messages.contains("at least two"))
    let tuned = try Call(["train", "synthetic/vanilla-mlp+tuned/1"] + store)
    #expect(tuned.status == 64 && tuned.messages.contains("nothing to train"))
    let cell = ["train", "synthetic/vanilla-mlp/1", "--recipe"]
    #expect(try Call(cell + [path("none.json")] + store).status == 65)
    #expect(try Call(cell + [write("{}", to: "empty.json")] + store).status == 65)
  }

  private var quickStudy: [String] {
    [
      "--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "--epochs", "1", "--store",
      path("store"),
    ]
  }

  @Test("A study file is read before anything else, options override it, and mistakes have a line")
  func studyFile() throws {
    let file = try write(
      "name: filed\ntasks: [synthetic-binary]\nvariants: [vanilla-mlp]\nshares: []\n"
        + "epochs: 1\n", to: "study.yml")
    let plan = try Call("plan", file, "--store", path("store"), "--seeds", "4", "--json")
    #expect(plan.output.contains("vanilla-mlp+published, at most 1 epoch/4"), "\(plan.messages)")
    #expect(plan.output.contains("\"summary\" : \"never trained\""))
    let all = try Call("plan", file, "--store", path("store"), "--variants", "all")
    #expect(all.output.contains("transformer+own") && all.output.contains("vanilla-mlp+published"))
    let wrong = try write("taks: [ptb]\n", to: "wrong.yml")
    let call = try Call("run", wrong, "--store", path("store"))
    #expect(call.status == 65 && call.messages.contains("wrong.yml, line 1"))
    #expect(call.messages.contains("did you mean tasks?"))
    #expect(try Call("run", path("none.yml")).status == 65)
    let cell = try Call(
      "explain", "synthetic-binary/vanilla-mlp+published, at most 1 epoch/1", file, "--store",
      path("store"))
    #expect(cell.output.contains("state\topen") && cell.output.contains("never trained"))
    let imported = try Call("import", file, "--store", path("store"))
    #expect(imported.status == 65 && imported.messages.contains("add --name and --task"))
    for option in ["--tasks", "--variants", "--recipes", "--seeds", "--shares"] {
      let twice = try Call("plan", file, option, "5", "5")
      #expect(twice.status == 64 && twice.messages.contains("stands in \(option) twice"))
    }
  }

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

  @Test(
    "Who is to be told is told with the exit code too when nobody takes the output",
    arguments: [
      ["--json"], [],
    ])
  func lostReader(options: [String]) throws {
    let notice = "printf '%s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS > \(path("notice"))"
    let arguments = ["run", "--notify", notice] + options + quickStudy
    let process = Process()
    process.executableURL = Call.built.appending(path: "detectron")
    process.arguments = arguments
    let (output, messages) = (Pipe(), Pipe())
    (process.standardOutput, process.standardError) = (output, messages)
    try process.run()
    try output.fileHandleForReading.close()
    let said = String(
      decoding: messages.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    #expect(process.terminationStatus == 141 && said.contains("nobody reads the output"), "\(said)")
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "interrupted 141")
    #expect(try Call(arguments).status == 0)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "finished 0")
    guard FileManager.default.fileExists(atPath: "/dev/full") else { return }
    #expect(try Call(arguments, outputPath: "/dev/full").status == 74)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "error 74")
  }

  @Test("Events come as one JSON object a line, and the end is told with its outcome")
  func events() throws {
    let notice =
      "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS $DETECTRON_RUN > "
      + path("notice")
    let call = try Call(["run", "--json", "--notify", notice] + quickStudy)
    #expect(call.status == 0, "\(call.messages)")
    let events = try call.output.split(separator: "\n").map { line in
      try #require(
        try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
    let kinds = events.compactMap { $0["event"] as? String }
    #expect(kinds.contains("planned") && kinds.contains("started") && kinds.last == "run")
    #expect(events.contains { ($0["validationAccuracy"] as? Double) != nil })
    #expect(
      try String(contentsOfFile: path("notice"), encoding: .utf8)
        == "finished 0 demonstration")
    let missing = try Call(
      ["run", "--notify", notice, "--data", folder.path, "--store", path("store")])
    #expect(missing.status == 65)
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "error 65 published")
  }

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
    let again = try Call(
      verify + ["--retrain", "synthetic-binary/vanilla-mlp+published, at most 1 epoch/1"])
    #expect(again.status == 0 && again.messages.contains("weights"), "\(again.messages)")
    let key = try #require(
      try Call(["store", "list", "--cells"] + store).output.split(separator: "\n").last?.prefix(10))
    let short = try Call(verify + ["--retrain", "\(key)"])
    #expect(short.status == 0 && short.messages.contains("vanilla-mlp"), "\(short.messages)")
    #expect(try Call(verify + ["--retrain", "00000000"]).status == 64)
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

  @Test("A run that was renamed is explained by its new name")
  func explainsRenamed() throws {
    #expect(try Call(["run", "--name", "old"] + quickStudy).status == 0)
    let store = ["--store", path("store")]
    #expect(try Call(["runs", "name", "old", "new"] + store).status == 0)
    let call = try Call(["explain", "new"] + store)
    #expect(call.status == 0 && call.output.hasPrefix("run\tnew\t"), "\(call.output)")
  }

  @Test("The end is told also of a study file that is none")
  func toldOfWrongStudy() throws {
    let told = "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS \"$DETECTRON_MESSAGE\" > "
    let notice = told + path("notice")
    for file in [path("nothing.yml"), try write("taskss: [mitbih]\n", to: "wrong.yml")] {
      #expect(try Call("run", file, "--notify", notice, "--store", path("store")).status == 65)
      let text = try String(contentsOfFile: path("notice"), encoding: .utf8)
      #expect(text.hasPrefix("error 65 ") && text.contains(file), "\(text)")
      try FileManager.default.removeItem(atPath: path("notice"))
    }
  }

  @Test("The end is told also where a signal comes while the report is drawn")
  func toldWhileDrawing() throws {
    let told = "printf '%s %s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS \"$DETECTRON_MESSAGE\" > "
    let process = Process()
    process.executableURL = Call.built.appending(path: "detectron")
    process.arguments =
      ["report", "--notify", told + path("notice"), "--report-dir", path("report")] + quickStudy
      + ["--figures-dir", path("figures")]
    process.environment = ProcessInfo.processInfo.environment
      .merging(["XDG_CACHE_HOME": path("cache")]) { $1 }
    let messages = Pipe()
    (process.standardOutput, process.standardError) = (Pipe(), messages)
    try process.run()
    var said = ""
    while !said.contains("Drawing figures") {
      let data = messages.fileHandleForReading.availableData
      guard !data.isEmpty else { break }
      said += String(decoding: data, as: UTF8.self)
    }
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationStatus == 143, "\(said)")
    let text = try String(contentsOfFile: path("notice"), encoding: .utf8)
    #expect(text.hasPrefix("interrupted 143 Stopped."), "\(text)")
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

  @Test("A cell that fails does not keep the report from being written, and is quoted in it")
  func failingCell() throws {
    let study =
      ["--tasks", "synthetic-binary", "--variants", "vanilla-mlp", "vanilla-cnn"]
      + ["--epochs", "1", "--store", path("store")]
    let plan = try Call(["plan", "--json"] + study).output
    let json = try JSONSerialization.jsonObject(with: Data(plan.utf8)) as? [String: Any]
    let cells = try #require(json?["cells"] as? [[String: Any]])
    let key = try #require(cells[0]["key"] as? String)
    let place = folder.appending(path: "store/cells/\(key)")
    try FileManager.default.createDirectory(
      at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    // A file where the cell's folder belongs.
    try Data().write(to: place)
    let call = try Call(
      ["report"] + study
        + ["--report-dir", path("report"), "--figures-dir", path("figures")])
    #expect(call.status == 2 && call.messages.contains("1 of the cells failed"))
    let report = try String(contentsOfFile: path("report/project_report.md"), encoding: .utf8)
    let quoted = report.split(separator: "\n").first { $0.contains("did not finish") }
    #expect(quoted?.contains("cannot rename") == true, "\(quoted ?? "")")
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
