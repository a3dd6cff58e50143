import ArgumentParser
import Experiments
import Models

/// `detectron train`: one cell.
struct TrainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "train", abstract: "Train one variant on one task with one seed.",
    discussion: """
      EXAMPLES
        detectron train mitbih/baseline/1 --data ~/physionet
        detectron train mitbih/baseline+tuned/1 --data ~/physionet
        detectron train synthetic/vanilla-mlp/3 --recipe mine.json

      A recipe file is the "recipe" of a cell.json, changed and with a name of its own. Prints the folder that holds weights, predictions, history and metrics.
      """)

  @Argument(help: ArgumentHelp("The cell: TASK/VARIANT[+RECIPE]/SEED.", valueName: "cell"))
  var cell: String

  @Option(help: ArgumentHelp("Settings in place of the variant's own.", valueName: "file"))
  var recipe: String?

  @OptionGroup var options: StudyOptions
  @OptionGroup var telling: TrainingOptions

  func validate() throws {
    guard parts != nil else {
      throw ValidationError("\(cell): name a cell as TASK/VARIANT/SEED, as in mitbih/baseline/1")
    }
    guard options.tasks.isEmpty, options.variants.isEmpty, options.recipes.isEmpty,
      options.seeds.isEmpty
    else {
      throw ValidationError(
        "\(cell) says what to train; leave out --tasks, --variants, --recipes and --seeds, or "
          + "use 'detectron run'")
    }
  }

  private var parts: (task: String, variant: String, recipe: String?, seed: Int)? {
    let parts = cell.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 3, !parts[0].isEmpty, !parts[1].isEmpty, let seed = Int(parts[2]),
      seed >= 0
    else { return nil }
    let names = parts[1].split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    guard names.count <= 2, names.allSatisfy({ !$0.isEmpty }) else { return nil }
    return (parts[0], names[0], names.count == 2 ? names[1] : nil, seed)
  }

  private static func source(of variant: String, on task: String) -> String? {
    let isTransfer =
      ModelCatalogue.variant(variant)?
      .origin(for: ClassificationTask(id: task, classCount: 2))?.place == .sourceTask
    guard isTransfer else { return nil }
    return task.hasPrefix("synthetic") ? "synthetic" : "mitbih"
  }

  func run() throws {
    guard let parts else { return }
    try telling.run(study(of: parts), options) { record in
      guard !telling.json, record.failureCount == 0 else { return }
      for cell in record.cells { print(options.store.runStore.folder(of: cell)) }
    }
  }

  private func study(
    of parts: (task: String, variant: String, recipe: String?, seed: Int)
  ) throws -> Study {
    var study = try options.study()
    (study.tasks, study.variants, study.seeds) = ([parts.task], [parts.variant], [parts.seed])
    // A transfer begins with what was trained on the task with more classes.
    if let source = Self.source(of: parts.variant, on: parts.task) {
      study.tasks.insert(source, at: 0)
    }
    study.recipes = [Recipe.publishedName]
    study.trainingShares = []
    if let name = parts.recipe { study.recipes = [name] }
    if let recipe {
      study.recipe = try Recipe(json: InputFile.contents(of: recipe, kind: "a recipe as JSON"))
    }
    study.name = options.name ?? "cell-\(parts.task)-\(parts.variant)-\(parts.seed)"
    return study
  }
}
