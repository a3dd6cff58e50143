import ArgumentParser
import Experiments

/// `detectron train`: one cell.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train one variant on one task with one seed.",
    discussion: """
      EXAMPLES
        detectron train mitbih/baseline/1 --data ~/physionet
        detectron train synthetic/vanilla-mlp/3

      Prints the folder that holds weights, predictions, history and metrics.
      """)

  @Argument(help: ArgumentHelp("The cell: TASK/VARIANT/SEED.", valueName: "cell"))
  var cell: String

  @OptionGroup var options: StudyOptions

  func validate() throws {
    guard parts != nil else {
      throw ValidationError("\(cell): name a cell as TASK/VARIANT/SEED, as in mitbih/baseline/1")
    }
    guard options.tasks.isEmpty, options.variants.isEmpty, options.seeds.isEmpty else {
      throw ValidationError(
        "\(cell) says what to train; leave out --tasks, --variants and --seeds, or use "
          + "'detectron run'")
    }
  }

  private var parts: (task: String, variant: String, seed: Int)? {
    let parts = cell.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, let seed = Int(parts[2]),
      seed >= 0
    else { return nil }
    return (parts[0], parts[1], seed)
  }

  func run() throws {
    guard let parts else { return }
    var study = options.study
    (study.tasks, study.variants, study.seeds) = ([parts.task], [parts.variant], [parts.seed])
    study.name = options.name ?? "cell-\(parts.task)-\(parts.variant)-\(parts.seed)"
    let record = try options.run(study)
    if record.failureCount > 0 { throw CellsFailed(count: record.failureCount) }
    for cell in record.cells { print(options.store.runStore.folder(of: cell)) }
  }
}
