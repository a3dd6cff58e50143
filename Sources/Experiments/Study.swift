public import Datasets
public import Models

/// What a run has to find out: tasks, variants and seeds.
public struct Study: Sendable, Hashable, Codable {
  /// Title of the report.
  public var title: String
  /// Stable name, also of the run in the store.
  public var name: String
  /// Names of the tasks, for example `mitbih`.
  public var tasks: [String]
  /// Names of the variants; empty for all.
  public var variants: [String]
  /// Seeds; each variant is trained once with each.
  public var seeds: [Int]
  /// Upper bound for the epochs of every recipe, or `nil` for the recipe's own.
  public var maximumEpochs: Int?
  /// Whether this is the embedded demonstration.
  public var isDemonstration: Bool

  /// Creates a study.
  public init(
    title: String, name: String, tasks: [String], variants: [String] = [], seeds: [Int] = [1],
    maximumEpochs: Int? = nil, isDemonstration: Bool = false
  ) {
    self.title = title
    self.name = name
    self.tasks = tasks
    self.variants = variants
    self.seeds = seeds
    self.maximumEpochs = maximumEpochs
    self.isDemonstration = isDemonstration
  }

  /// What trains within minutes on two cores; others take hours and are asked for by name.
  private static let quickVariants = ["baseline", "vanilla-mlp", "vanilla-cnn"]

  /// The study on real recordings: both published tasks, one seed.
  public static let published = Study(
    title: "ECG arrhythmia classification: a reproducible comparison", name: "published",
    tasks: ["mitbih", "ptb"], variants: quickVariants)

  /// The embedded default: generated signals, a few epochs.
  public static let demonstration = Study(
    title: "ECG arrhythmia classification: demonstration on synthetic signals",
    name: "demonstration", tasks: ["synthetic", "synthetic-binary"], variants: quickVariants,
    seeds: [1, 2, 3],
    maximumEpochs: 20, isDemonstration: true)

  /// Throws where the study names a task that the program does not have.
  public func checkTasks() throws(DatasetsError) {
    let known = DataDirectory.tasks + SyntheticDataset.Task.allCases.map(\.rawValue)
    for task in tasks where !known.contains(task) { throw .unknownTask(task, known: known) }
  }

  /// The variants, in table order.
  public func selectedVariants() throws(ExperimentsError) -> [any ModelVariant] {
    if variants.isEmpty { return ModelCatalogue.all }
    var selected: [any ModelVariant] = []
    for id in variants {
      guard let variant = ModelCatalogue.variant(id) else {
        throw .unknownVariant(id, known: ModelCatalogue.all.map(\.id))
      }
      selected.append(variant)
    }
    return selected
  }

  /// What the study leaves out of the recipes, each a whole sentence for the report.
  var gaps: [String] {
    guard let maximumEpochs else { return [] }
    let end = maximumEpochs == 1 ? "one epoch" : "\(maximumEpochs) epochs"
    return [
      "Every training ended after \(end) at the latest, where the published recipes go on until the "
        + "validation accuracy no longer rises."
    ]
  }

  /// The recipe of a variant in this study; a bound on the epochs stands in its name.
  public func recipe(for variant: any ModelVariant, task: ClassificationTask) -> Recipe {
    var recipe = variant.recipe(for: task)
    if let maximumEpochs, maximumEpochs < recipe.maximumEpochs {
      recipe.maximumEpochs = maximumEpochs
      recipe.name += ", at most \(maximumEpochs) \(maximumEpochs == 1 ? "epoch" : "epochs")"
    }
    return recipe
  }
}
