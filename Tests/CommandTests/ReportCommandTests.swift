import Foundation
import Testing

@Suite("Commands from a study to its report")
struct ReportCommandTests: CommandSuite {
  let folder: URL

  init() throws { folder = try Self.newFolder() }

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

  @Test("A training that diverges is a failed cell, told as such and quoted in the report")
  func failingCell() throws {
    #expect(try Call(["run"] + quickStudy).status == 0)
    let key = try #require(
      try FileManager.default.contentsOfDirectory(atPath: path("store/cells")).first)
    let description = try JSONSerialization.jsonObject(
      with: Data(contentsOf: folder.appending(path: "store/cells/\(key)/cell.json")))
    var recipe = try #require((description as? [String: Any])?["recipe"] as? [String: Any])
    (recipe["name"], recipe["learningRate"]) = ("wild", 1e30)
    try JSONSerialization.data(withJSONObject: recipe).write(
      to: folder.appending(path: "wild.json"))
    let told = "printf '%s %s' $DETECTRON_OUTCOME $DETECTRON_STATUS > \(path("notice"))"
    let store = ["--store", path("store")]
    let call = try Call(
      [
        "train", "synthetic-binary/vanilla-mlp/1", "--recipe", path("wild.json"), "--name", "wild",
        "--notify", told,
      ] + store)
    #expect(call.status == 2 && call.messages.contains("1 of the cells failed"), "\(call.messages)")
    #expect(try String(contentsOfFile: path("notice"), encoding: .utf8) == "failed 2")
    let render = try Call(
      ["render", "wild", "--report-dir", path("report"), "--figures-dir", path("figures")] + store)
    #expect(render.status == 0, "\(render.messages)")
    let report = try String(contentsOfFile: path("report/project_report.md"), encoding: .utf8)
    let quoted = report.split(separator: "\n").first { $0.contains("did not finish") }
    #expect(quoted?.contains("use a smaller learning rate") == true, "\(quoted ?? "")")
  }
}
