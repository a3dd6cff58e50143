import ArgumentParser
import ArrhythmiaReport
import Experiments
import Foundation

/// `detectron verify`: whether a report still follows from its results, and a cell from its inputs.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Render a report again and compare every byte.",
    discussion: """
      EXAMPLES
        detectron verify
        detectron verify --retrain mitbih/baseline/1 --data ~/physionet
        detectron verify --retrain mitbih/baseline/1 --results ~/.local/share/detectron --data …

      Ends with 1 if anything differs, and says what explains it: other drawing libraries, or
      another program. Writes nothing. --retrain makes one cell again, named as in mitbih/baseline/1 or
      by the first eight digits of its key or more, in a temporary folder and compares its weights,
      as far as the results hold any, and its predictions. A bound on the epochs may be left out of
      the name where that fits one cell only.
      """)

  @Option(help: ArgumentHelp("Results that the report is made from.", valueName: "dir"))
  var results = "report/results"

  @Option(
    name: .customLong("run"), help: "Name of the run; the only one of the results by default.")
  var runName: String?

  @Option(help: ArgumentHelp("Folder of the report.", valueName: "dir"))
  var reportDir = "report"

  @Option(help: ArgumentHelp("Folder of the figures.", valueName: "dir"))
  var figuresDir = "figures"

  @Option(help: ArgumentHelp("Make this cell again instead.", valueName: "cell"))
  var retrain: String?

  @OptionGroup var data: DataOptions

  func run() throws {
    let store = RunStore(root: results)
    let names = try store.runNames()
    let name = runName ?? (names.count == 1 ? names[0] : nil)
    guard let name else {
      throw names.isEmpty
        ? ExperimentsError.unknownRun("", known: [], store: results)
        : ValidationError("name a run of \(results) with --run: \(names.joined(separator: ", "))")
    }
    let record = try store.run(name)
    if let retrain { return try retrained(retrain, record, store) }
    let comparison = try ReportComparison(
      of: store.results(of: record), from: results, with: reportDir, figuresFolder: figuresDir)
    for difference in comparison.differences { print("\(difference.path): \(difference.problem)") }
    for stray in comparison.strays {
      print("\(stray): no report of these results has it; remove it")
    }
    if !comparison.differences.isEmpty {
      let drawn = comparison.differences.allSatisfy(\.isDrawing)
      for cause in RenderingCauses(store.environment(ofRun: record.id)).text(onlyDrawings: drawn) {
        Terminal.say(cause)
      }
    }
    guard comparison.isSame else { throw ReportDiffers(what: outcome(of: comparison)) }
    Terminal.say("All \(comparison.fileCount) files are what \(results) gives, byte for byte.")
  }

  /// How many files are not what they should be, and how many should not be there.
  private func outcome(of comparison: ReportComparison) -> String {
    let (differing, strays) = (comparison.differences.count, comparison.strays.count)
    let compared =
      "\(differing) of \(comparison.fileCount) files \(differing == 1 ? "is" : "are") not what "
      + "\(results) gives"
    let more =
      "\(strays) \(strays == 1 ? "file stands" : "files stand") there that it does not give"
    return strays == 0 ? compared : differing == 0 ? more : "\(compared), \(more)"
  }

  private func retrained(_ text: String, _ record: RunRecord, _ store: RunStore) throws {
    let loaded = try StudyData(
      for: record.study, directory: data.directory, source: data.source?.source)
    let scratch = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let retraining = try CellRetraining(
      of: record, data: loaded.tasks, store: store, scratch: RunStore(root: scratch.path),
      threads: ProcessInfo.processInfo.activeProcessorCount)
    Interruption.watch()
    let progress = RunProgress()
    let outcome = try retraining.run(
      text, events: progress.show, isCancelled: { Interruption.happened })
    switch outcome {
    case .notComparable(let cell, let changes):
      for change in changes {
        print("\(change.input)\t\(change.old ?? "–") → \(change.new ?? "–")")
      }
      throw ReportDiffers(what: "\(cell) is not comparable: its inputs are not those of \(results)")
    case .compared(let cell, let comparison):
      for difference in comparison.differences { print("\(cell): \(difference)") }
      guard comparison.differences.isEmpty else { throw ReportDiffers(what: "\(cell) differs") }
      Terminal.say(
        "\(cell) is the same, byte for byte: \(comparison.compared.joined(separator: ", ")).")
    }
  }
}

/// Something that was compared is not the same.
struct ReportDiffers: Error, CustomStringConvertible {
  let what: String

  var description: String { "\(what); the lines above say where" }
}
