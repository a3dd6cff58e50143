import ArgumentParser
import ArrhythmiaReport
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
        detectron explain mitbih/baseline/1 report/study.yml --data ~/physionet
        detectron explain published

      Of a cell (by its name, or the first eight digits of its key or more): what its key is made
      from, what changed since the last cell of the same name, and who made it. A bound on the epochs
      may be left out of the name where that fits one cell only. Of a file or a run: the run, its
      study with the study file, what the programs that made the cells were built from, the cells, and
      the data with the SHA-256 of each file.

      A file is found by the hashes that it holds, wherever it lies, and is then held against what
      its run gives: one that was changed ends with 1, one that names no known run with 65.
      """)

  @Argument(help: "Cell, run, or file of a report.")
  var target: String

  @OptionGroup var study: StudyFileArgument

  @Option(
    help: ArgumentHelp(
      "Folder of the figures of the report that a file is from; figures beside it by default.",
      valueName: "dir"))
  var figuresDir: String?

  @OptionGroup var options: StudyOptions

  func run() throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: target, isDirectory: &isFolder), !isFolder.boolValue {
      return try explainFile()
    }
    let store = options.store.runStore
    if try store.runNames().contains(target) {
      return TraceText(try RunTrace(run: target, in: store)).print()
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
    var study = try options.study(from: study.studyFile)
    if let task = target.split(separator: "/").first.map(String.init),
      Study.knownTasks.contains(task), !study.tasks.contains(task)
    {
      study.tasks.append(task)
    }
    let data = try? options.load(study)
    return (data == nil ? nil : study, data?.tasks ?? [])
  }

  private func explainFile() throws {
    let bytes = try InputFile.contents(of: target, kind: "a file of a report, a run or a cell")
    let folder = URL(filePath: target).deletingLastPathComponent()
    // Results lie with the report; tables lie below it, figures often beside it.
    let places = ["results", "../results", "../report/results"].map {
      RunStore(root: folder.appending(path: $0).standardizedFileURL.path)
    }
    guard let trace = try RunTrace(file: bytes, in: [options.store.runStore] + places) else {
      throw ExperimentsError.unknownOrigin(path: target)
    }
    TraceText(trace).print()
    let comparison = try FileComparison(
      of: bytes, at: target, with: trace.results, figuresFolder: figuresDir)
    switch comparison {
    case .same: print("file\twhat this run gives, byte for byte")
    case .differs(let problem):
      print("file\tnot what this run gives: \(problem)")
      for cause in RenderingCauses(trace.environment).text(onlyDrawings: false) {
        Terminal.say(cause)
      }
      throw ReportDiffers(what: "\(target) is not what its run gives")
    case .unknown:
      print("file\tno file of this run's report has its name or its bytes")
      throw ReportDiffers(
        what: "\(target) cannot be held against its run: it was renamed and changed, or drawn with "
          + "options of its own")
    }
  }
}
