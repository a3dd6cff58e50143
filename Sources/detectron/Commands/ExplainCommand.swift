import ArgumentParser
import Datasets
import Experiments
import Foundation

/// `detectron explain`: what a cell, a figure, a table or a run comes from.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "Say what a cell, a figure, a table or a run comes from.",
    discussion: """
      EXAMPLES
        detectron explain figures/mitbih-roc.pdf
        detectron explain mitbih/baseline/1 --data ~/physionet
        detectron explain published --files

      Of a cell (by its name or the first digits of its key): what its key is made from, and what
      changed since the last cell of the same name. Of a file or a run: the run, its cells, the
      data with the SHA-256 of each file, the study, and what the program was built from.
      """)

  @Argument(help: "Cell, run, or file of a report.")
  var target: String

  @Flag(help: "List the data files with their SHA-256.")
  var files = false

  @OptionGroup var options: StudyOptions

  func run() throws {
    if let bytes = Self.contents(of: target) { return try explainFile(bytes) }
    let store = options.store.runStore
    if try store.runNames().contains(target) {
      return TraceText(try RunTrace(store.run(target), in: store), showsFiles: files).print()
    }
    let (study, data) = try planned()
    let cells = try store.explanations(of: target, in: study, data: data)
    guard !cells.isEmpty else {
      throw ExperimentsError.unknownTarget(target, store: store.root)
    }
    for cell in cells { CellText(cell).print() }
  }

  /// The study that a cell may belong to, where its data is at hand.
  private func planned() throws -> (study: Study?, data: [TaskData]) {
    var study = try options.study()
    if let task = target.split(separator: "/").first.map(String.init),
      Study.knownTasks.contains(task), !study.tasks.contains(task)
    {
      study.tasks.append(task)
    }
    let data = try? options.load(study)
    return (data == nil ? nil : study, data?.tasks ?? [])
  }

  private func explainFile(_ bytes: [UInt8]) throws {
    let folder = URL(filePath: target).deletingLastPathComponent()
    // Results lie with the report; tables lie below it, figures often beside it.
    let places = ["results", "../results", "../report/results"].map {
      RunStore(root: folder.appending(path: $0).standardizedFileURL.path)
    }
    let stores = [options.store.runStore] + places
    // A table names no run itself; the report that it belongs to does.
    let report = ["project_report.md", "../project_report.md"].lazy.compactMap {
      Self.contents(of: folder.appending(path: $0).path)
    }.first
    guard
      let trace = try RunTrace(file: bytes, in: stores)
        ?? report.flatMap({ try RunTrace(file: $0, in: stores) })
    else { throw ExperimentsError.unknownOrigin(path: target) }
    TraceText(trace, showsFiles: files).print()
  }

  private static func contents(of path: String) -> [UInt8]? {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), !isFolder.boolValue
    else { return nil }
    return FileManager.default.contents(atPath: path).map { Array($0) }
  }
}

/// What a cell was or would be made from, for a reader.
private struct CellText {
  let cell: CellExplanation

  init(_ cell: CellExplanation) { self.cell = cell }

  func print() {
    Swift.print("cell\t\(cell.name.map { "\($0)" } ?? "")\t\(cell.key)")
    Swift.print("state\t\(cell.isDone ? "in the store" : "open")")
    switch cell.reason {
    case .changed(let since, let changes):
      Swift.print("changed since\t\(since)")
      for change in changes {
        Swift.print("\t\(change.input)\t\(change.old ?? "–") → \(change.new ?? "–")")
      }
    case .neverMade, .weightsMissing, .damaged: Swift.print("why\t\(cell.reason?.summary ?? "")")
    case nil: Swift.print("why\tthe first one of its name in this store")
    }
    Swift.print("inputs")
    for (path, value) in cell.inputs.values.sorted(by: { $0.key < $1.key }) {
      Swift.print("\t\(path)\t\(value)")
    }
  }
}

/// Where a file or a run comes from, for a reader.
private struct TraceText {
  let trace: RunTrace
  let showsFiles: Bool

  init(_ trace: RunTrace, showsFiles: Bool) {
    (self.trace, self.showsFiles) = (trace, showsFiles)
  }

  func print() {
    let study = trace.run.study
    Swift.print("run\t\(study.name)\t\(trace.run.id)\t\(trace.store.root)")
    Swift.print("study\t\(study.title)")
    Swift.print("\ttasks\t\(study.tasks.joined(separator: ", "))")
    Swift.print(
      "\tvariants\t\(study.variants.isEmpty ? "all" : study.variants.joined(separator: ", "))")
    Swift.print("\trecipes\t\(study.recipes.joined(separator: ", "))")
    Swift.print("\tseeds\t\(study.seeds.map(String.init).joined(separator: ", "))")
    printProgram()
    for data in trace.data { printData(data) }
    Swift.print("cells")
    for cell in trace.cells {
      Swift.print("\t\(cell.name)\t\(cell.key)\tpredictions \(cell.predictions ?? "n/a")")
    }
  }

  private func printProgram() {
    guard let made = trace.environment else {
      return Swift.print("program\tnot recorded: an earlier version made this run")
    }
    Swift.print("program\t\(made.program)")
    Swift.print("\tcommit\t\(made.commit ?? "not built in a repository")")
    Swift.print("\tsources\t\(made.sources)")
    Swift.print("\tcompiler\t\(made.compiler)")
    Swift.print("\tsystem\t\(made.system), \(made.processor), \(made.instructionSet)")
    Swift.print("\tfinished\t\(made.finished)")
    for (name, version) in made.drawing.sorted(by: { $0.key < $1.key }) {
      Swift.print("\t\(name)\t\(version)")
    }
  }

  private func printData(_ data: RunTrace.Data) {
    Swift.print("data\t\(data.task)\t\(data.fingerprint)\t\(data.source?.phrase ?? "unknown")")
    guard let files = data.files else { return Swift.print("\tits files were not recorded") }
    if showsFiles {
      for file in files { Swift.print("\t\(file.path)\t\(file.size)\t\(file.sha256)") }
    } else {
      Swift.print("\t\(files.count) files; --files lists them with their SHA-256")
    }
  }
}
