import ArgumentParser
import ArrhythmiaReport
import Datasets
import Documents
import Experiments
import Foundation

/// `detectron diff`: what changed between two runs, and whether it matters.
struct DiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff", abstract: "Say what changed between two runs, and whether it matters.",
    discussion: """
      EXAMPLES
        detectron diff edition edition-2f1c9a04
        detectron diff HEAD~1 report/results --format markdown
        detectron diff published run:edition --task mitbih
        detectron diff main report/results --fail-on-regression --points 0.5
        detectron diff edition my-model --models baseline=my-model
        detectron diff a b --rows --curves --data ~/physionet --format html --out diff.html
        detectron diff a b --old-figures old/figures --new-figures figures --heat-maps maps

      A side is a run of the store, a folder of results (FOLDER:RUN where it holds several), a
      revision of the git repository whose report/results are meant, or the table of published
      results; run:, git: and table:published say which where a name means two things.

      Of each variant: both scores, the difference with its interval, a paired test on the same
      rows, and which inputs differ. A verdict is about the recipes where both sides have three
      seeds or more, else about the trained models at hand. A difference alone ends with 0.
      --fail-on-regression ends with 1 where a score became worse beyond both floors.
      """)

  @Argument(help: "The run that is compared with.")
  var old: String

  @Argument(help: "The run that is compared.")
  var new: String

  @OptionGroup var store: StoreOptions

  @Option(help: "Task, for example mitbih; all that both have by default.")
  var task: String?

  @Option(
    help: ArgumentHelp(
      "Variants, with commas between them; OLD=NEW for two of other names.", valueName: "a,b"))
  var models: String?

  @Option(
    help: ArgumentHelp(
      "Scores, with commas between them: accuracy, f1, auroc, auprc.", valueName: "a,b"))
  var scores = "accuracy,f1"

  @Flag(name: .customLong("no-intervals"), help: "No intervals and tests: an answer at once.")
  var noIntervals = false

  @Option(help: "Draws of the bootstrap.")
  var draws = 10_000

  @Option(help: "Level of the tests; intervals are of 1 less it.")
  var level = 0.05

  /// The forms.
  enum Format: String, ExpressibleByArgument, CaseIterable {
    case text, markdown, tex, json, html

    var format: DiffFormat {
      switch self {
      case .text: .text
      case .markdown: .markdown
      case .tex: .tex
      case .json: .json
      case .html: .html
      }
    }
  }

  @Option(help: "Form: text, markdown, tex, json or html.")
  var format: Format = .text

  @Option(help: ArgumentHelp("File to write; standard output by default.", valueName: "file"))
  var out: String?

  @Flag(help: "Count the rows that only one run has right; drawn in HTML where the data is there.")
  var rows = false

  @Flag(help: "Hold ROC and precision-recall curves against each other; drawn in HTML.")
  var curves = false

  @Option(
    name: .customLong("old-figures"),
    help: ArgumentHelp("Figures of the old run, to be held against others.", valueName: "dir"))
  var oldFigures: String?

  @Option(
    name: .customLong("new-figures"),
    help: ArgumentHelp("Figures of the new run.", valueName: "dir"))
  var newFigures: String?

  @Option(
    name: .customLong("heat-maps"),
    help: ArgumentHelp("Folder for pictures of where figures differ.", valueName: "dir"))
  var heatMaps: String?

  @OptionGroup var data: DataOptions
  @OptionGroup var dryRun: DryRunOption

  @Flag(name: .customLong("fail-on-regression"), help: "End with 1 where a score became worse.")
  var failOnRegression = false

  @Option(help: "Smallest loss that counts, in points (hundredths of a score).")
  var points = 0.0

  @Option(help: "Smallest loss that counts, in percent of the old score.")
  var percent = 0.0

  func validate() throws {
    guard draws >= 100 else { throw ValidationError("--draws \(draws): use 100 or more") }
    guard level > 0, level < 1 else {
      throw ValidationError("--level \(level): use a number between 0 and 1")
    }
    guard points >= 0, percent >= 0 else {
      throw ValidationError("--points and --percent: use 0 or more")
    }
    guard (oldFigures == nil) == (newFigures == nil), heatMaps == nil || oldFigures != nil else {
      throw ValidationError("name both folders of figures: --old-figures and --new-figures")
    }
    if noIntervals, rows || curves {
      throw ValidationError("--rows and --curves read all answers: leave out --no-intervals")
    }
    if failOnRegression, noIntervals {
      throw ValidationError("--fail-on-regression needs tests: leave out --no-intervals")
    }
    _ = try chosenScores()
    let names = (models ?? "").split(separator: ",")
    let pairs = names.filter { $0.contains("=") }
    guard pairs.isEmpty || pairs.count == names.count,
      pairs.allSatisfy({ $0.split(separator: "=").count == 2 })
    else {
      throw ValidationError("--models \(models ?? ""): name variants, or pairs as in OLD=NEW")
    }
  }

  func run() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let sides = try [old, new].map {
      try RunOperand($0, store: store.runStore, scratch: scratch.path)
    }
    var diff = try RunDiff(sides[0], sides[1], options: options())
    if let oldFigures, let newFigures {
      let figures = try FigureDistances(oldFigures, newFigures)
      diff.figures = figures
      if !dryRun.isOn { try writeHeatMaps(of: figures) }
    }
    let isColored = out == nil && Terminal.hasColors
    let text = try diff.text(
      as: format.format,
      TextRenderer(
        colors: isColored
          ? ["worse": .red, "better": .green, "not comparable": .yellow, "same bytes": .cyan] : nil),
      rows: drawnRows(of: diff))
    if dryRun.isOn {
      return DryRunOption.print(
        written: [out].compactMap(\.self) + heatMapPaths(of: diff.figures).map(\.path))
    }
    if let out {
      try AtomicFile.write(Array(text.utf8), to: out)
      print(out)
    } else {
      print(text, terminator: "")
    }
    guard failOnRegression else { return }
    sayWhatIsOpen(in: diff)
    let worse = diff.regressions(atLeast: points, percent: percent)
    if !worse.isEmpty { throw RegressionFound(count: worse.count) }
  }

  /// A check that passes because nothing could be compared should not pass in silence.
  private func sayWhatIsOpen(in diff: RunDiff) {
    let open = diff.count(.notComparable)
    if open > 0 {
      let scores = open == 1 ? "1 score that is" : "\(open) scores that are"
      Terminal.say("Note: not checked, \(scores) not comparable.")
    }
    let lost = diff.onlyOld + diff.tasks.flatMap { task in task.onlyOld.map { "\(task.id) \($0)" } }
    if !lost.isEmpty {
      Terminal.say("Note: not checked, of the old run only: \(lost.joined(separator: "; ")).")
    }
  }

  private func writeHeatMaps(of figures: FigureDistances) throws {
    guard let heatMaps else { return }
    try FileManager.default.createDirectory(atPath: heatMaps, withIntermediateDirectories: true)
    for (path, map) in heatMapPaths(of: figures) { try AtomicFile.write(map, to: path) }
  }

  private func heatMapPaths(of figures: FigureDistances?) -> [(path: String, map: [UInt8])] {
    guard let heatMaps, let figures else { return [] }
    return figures.entries.compactMap { entry in
      entry.heatMap.map { ("\(heatMaps)/\(entry.name).png", $0) }
    }
  }

  /// The rows of the tasks that beats are drawn of.
  private func drawnRows(of diff: RunDiff) throws -> [String: Dataset] {
    guard rows, format == .html else { return [:] }
    guard data.directory != nil || diff.tasks.contains(where: \.isSynthetic) else {
      Terminal.say("Note: no ECG is drawn; name the data with --data.")
      return [:]
    }
    var found: [String: Dataset] = [:]
    for task in diff.tasks where task.variants.contains(where: { $0.rows != nil }) {
      guard let rows = try? data.load(task.id).first, rows.fingerprint == task.fingerprint else {
        Terminal.say("Note: no ECG of \(task.id) is drawn; the data folder has other rows.")
        continue
      }
      found[task.id] = rows
    }
    return found
  }

  private func chosenScores() throws -> [Score] {
    try scores.split(separator: ",").map { text in
      let name = text.trimmingCharacters(in: .whitespaces)
      guard let score = Score(rawValue: name) else {
        let known = Score.allCases.map(\.rawValue).joined(separator: ", ")
        throw ValidationError("--scores \(name): use \(known)")
      }
      return score
    }
  }

  private func options() throws -> DiffOptions {
    var options = DiffOptions()
    options.scores = try chosenScores()
    options.task = task
    let names = (models ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    options.variants = names.filter { !$0.contains("=") }
    options.matches = names.filter { $0.contains("=") }.compactMap { pair in
      let sides = pair.split(separator: "=", maxSplits: 1).map(String.init)
      return sides.count == 2 ? (sides[0], sides[1]) : nil
    }
    options.hasIntervals = !noIntervals
    options.hasRows = rows
    options.hasCurves = curves
    options.draws = draws
    options.level = level
    options.workers = ProcessInfo.processInfo.activeProcessorCount
    return options
  }
}

/// Scores became worse by more than what was allowed.
struct RegressionFound: Error, CustomStringConvertible {
  let count: Int

  var description: String {
    "\(count) \(count == 1 ? "score" : "scores") became worse; the lines above say which"
  }
}
