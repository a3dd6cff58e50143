import ArgumentParser
import Experiments
import Foundation

/// `detectron evaluate`: metrics of a run or of any predictions file.
struct EvaluateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "evaluate", abstract: "Print the metrics of a run or of a predictions file.",
    discussion: """
      EXAMPLES
        detectron evaluate published
        detectron evaluate --predictions mine.csv --json
        gunzip -c mine.csv.gz | detectron evaluate --predictions -

      A predictions file is CSV with the header label,p0,…,pK-1[,subject] (two classes: also \
      label,score with the score of class 1), or npz with arrays of the same names; - reads CSV from \
      standard input. Whether numbers are probabilities is never guessed: they have to lie between \
      0 and 1 and sum to 1 within 0.000001 in every row, unless --scores says that they are none. \
      The answer is the highest column, the first of several; of a single score class 1 above 0.5.

      Each metric stands with its 95 % bootstrap interval: 10,000 draws of subjects where the file \
      names several, with percentiles corrected for their number, else of rows. Undefined metrics \
      are n/a (null in JSON). The bins of the calibration error stand in the JSON.
      """)

  @Argument(help: "Name of a run in the store.")
  var runName: String?

  @Option(help: ArgumentHelp("Predictions to evaluate.", valueName: "file"))
  var predictions: String?

  @Flag(help: "Take the numbers as scores that are no probabilities.")
  var scores = false

  @Flag(help: "Print JSON.")
  var json = false

  @Option(help: "Draws of the bootstrap.")
  var draws = 10_000

  @OptionGroup var store: StoreOptions

  func validate() throws {
    guard (runName == nil) != (predictions == nil) else {
      throw ValidationError("name a run or give a file with --predictions: one of the two")
    }
    guard (100...1_000_000).contains(draws) else {
      throw ValidationError("--draws \(draws): use 100 to 1000000")
    }
  }

  func run() throws {
    let workers = ProcessInfo.processInfo.activeProcessorCount
    let evaluations =
      if let predictions {
        [
          try Evaluation(file: predictions, areScores: scores, draws: draws, workers: workers)
        ]
      } else {
        try Evaluation.of(
          store.existing.run(runName ?? ""), in: store.runStore, draws: draws, workers: workers)
      }

    if json {
      print(try Evaluation.json(evaluations), terminator: "")
    } else {
      print(evaluations.map(\.text).joined(separator: "\n"), terminator: "")
    }
  }
}
