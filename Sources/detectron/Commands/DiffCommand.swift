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

  @Option(help: ArgumentHelp("Variants, with commas between them.", valueName: "a,b"))
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
    if failOnRegression, noIntervals {
      throw ValidationError("--fail-on-regression needs tests: leave out --no-intervals")
    }
    _ = try chosenScores()
  }

  func run() throws {
    let scratch = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())")
    defer { try? FileManager.default.removeItem(at: scratch) }
    let sides = try [old, new].map {
      try RunOperand($0, store: store.runStore, scratch: scratch.path)
    }
    let diff = try RunDiff(sides[0], sides[1], options: options())
    let isColored = out == nil && Terminal.hasColors
    let text = try diff.text(
      as: format.format,
      TextRenderer(
        colors: isColored
          ? ["worse": .red, "better": .green, "not comparable": .yellow, "same bytes": .cyan] : nil)
    )
    if let out {
      try AtomicFile.write(Array(text.utf8), to: out)
      print(out)
    } else {
      print(text, terminator: "")
    }
    guard failOnRegression else { return }
    let worse = diff.regressions(atLeast: points, percent: percent)
    if !worse.isEmpty { throw RegressionFound(count: worse.count) }
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
    options.variants = (models ?? "").split(separator: ",").map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    options.hasIntervals = !noIntervals
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
