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
  /// Names of the variants and ensembles; empty for all.
  public var variants: [String]
  /// Names of the recipes: `published`, for a variant without such `own`, and `tuned`.
  public var recipes: [String]
  /// Settings in place of every variant's own; `nil` for those of ``recipes``.
  public var recipe: Recipe?
  /// Seeds; each variant is trained once with each.
  public var seeds: [Int]
  /// The same for single variants and ensembles, by their names; `nil` for none. Long trainings may
  /// have fewer seeds than short ones.
  public var variantSeeds: [String: [Int]]?
  /// Upper bound for the epochs of every recipe, or `nil` for the recipe's own.
  public var maximumEpochs: Int?
  /// The same for single variants, by their names.
  public var epochLimits: [String: Int] = [:]
  /// Shares of the training rows, besides all of them, with which transfers and the networks that
  /// they come from are trained too.
  public var trainingShares: [Double] = []
  /// Names of the figures that the report shows; `nil` for all.
  public var figures: [String]?
  /// Whether this is the embedded demonstration.
  public var isDemonstration: Bool

  /// Creates a study.
  public init(
    title: String, name: String, tasks: [String], variants: [String] = [],
    recipes: [String] = [Recipe.publishedName], seeds: [Int] = [1],
    maximumEpochs: Int? = nil, isDemonstration: Bool = false
  ) {
    self.title = title
    self.name = name
    self.tasks = tasks
    self.variants = variants
    self.recipes = recipes
    self.seeds = seeds
    self.maximumEpochs = maximumEpochs
    self.isDemonstration = isDemonstration
  }

  /// The study on real recordings: every variant and ensemble with both recipes, one seed.
  public static let published: Study = {
    var study = Study(
      title: "ECG arrhythmia classification: a reproducible comparison", name: "published",
      tasks: ["mitbih", "ptb", "ptb-10s"], recipes: [Recipe.publishedName, Recipe.tunedName])
    study.trainingShares = [0.05, 0.1, 0.25, 0.5]
    return study
  }()

  /// The embedded default: generated signals, every variant at demonstration size, a few epochs.
  public static let demonstration = Study(
    title: "ECG arrhythmia classification: demonstration on synthetic signals",
    name: "demonstration", tasks: ["synthetic", "synthetic-binary"], maximumEpochs: 8,
    isDemonstration: true)

  /// The tasks that the program has.
  public static let knownTasks =
    DataDirectory.tasks + SyntheticDataset.Task.allCases.map(\.rawValue)

  /// Throws where the study names a task that the program does not have.
  public func checkTasks() throws(DatasetsError) {
    let known = Self.knownTasks
    for task in tasks where !known.contains(task) { throw .unknownTask(task, known: known) }
  }

  /// The variants and ensembles that the study asks for, in table order.
  public func selection() throws(ExperimentsError) -> (
    variants: [any ModelVariant], ensembles: [EnsembleMethod]
  ) {
    guard !variants.isEmpty else {
      return (ModelCatalogue.all.map(sized), EnsembleMethod.allCases)
    }
    var selected: [any ModelVariant] = []
    var ensembles: [EnsembleMethod] = []
    for id in variants {
      if let variant = ModelCatalogue.variant(id) {
        selected.append(sized(variant))
      } else if let ensemble = EnsembleMethod(rawValue: id) {
        ensembles.append(ensemble)
      } else {
        throw .unknownVariant(id, known: Self.knownVariants)
      }
    }
    selected.sort { ($0.rank, $0.id) < ($1.rank, $1.id) }
    return (selected, ensembles)
  }

  /// Networks and ensembles that the program has and the study does not ask for, in table order.
  public var variantsLeftOut: [String] {
    variants.isEmpty ? [] : Self.knownVariants.filter { !variants.contains($0) }
  }

  /// The variant at the size that the study trains.
  func sized(_ variant: any ModelVariant) -> any ModelVariant {
    isDemonstration ? variant.atDemonstrationSize : variant
  }

  /// The seeds of a variant or an ensemble.
  func seeds(of id: String) -> [Int] { variantSeeds?[id] ?? seeds }

  /// Throws where the study names a recipe that no variant has, or a share that is none.
  public func checkSettings() throws(ExperimentsError) {
    for recipe in recipes where !Recipe.reservedNames.contains(recipe) {
      throw .unknownRecipe(recipe, known: Recipe.reservedNames)
    }
    // A recipe of one's own may not pass for one of the study's.
    if let name = recipe?.name, Recipe.reservedNames.contains(name) {
      throw .reservedRecipeName(name)
    }
    for id in epochLimits.keys.sorted() where ModelCatalogue.variant(id) == nil {
      throw .unknownVariant(id, known: ModelCatalogue.all.map(\.id))
    }
    for id in (variantSeeds ?? [:]).keys.sorted() where !Self.knownVariants.contains(id) {
      throw .unknownVariant(id, known: Self.knownVariants)
    }
    for share in trainingShares where !(share > 0 && share < 1) {
      throw .unusableShare(share)
    }
  }

  /// What the study leaves out of recipes and figures, each a whole sentence for the report.
  var gaps: [String] {
    let chosen = figures.map {
      "The study asks for these figures only: \($0.joined(separator: ", "))."
    }
    let limits =
      [maximumEpochs.map { ("Every training", $0) }].compactMap(\.self)
      + epochLimits.sorted { $0.key < $1.key }.map { ("Every training of \($0.key)", $0.value) }
    let seedLists = (variantSeeds ?? [:]).sorted { $0.key < $1.key }.filter { $0.value != seeds }
    return [chosen].compactMap(\.self)
      + seedLists.map { id, seeds in
        "The seeds of \(id) are \(seeds.map(String.init).joined(separator: ", ")), those of the "
          + "study \(self.seeds.map(String.init).joined(separator: ", "))."
      }
      + limits.map { which, limit in
        let end = limit == 1 ? "one epoch" : "\(limit) epochs"
        return "\(which) ended after \(end) at the latest, where the published recipes go on until "
          + "the validation accuracy no longer rises."
      }
  }

  /// The recipes of a variant in this study; a bound on the epochs stands in their names.
  func recipes(for variant: any ModelVariant, task: ClassificationTask) -> [Recipe] {
    if let recipe { return [bounded(recipe, variant.id)] }
    return recipes.compactMap { name -> Recipe? in
      let first = variant.recipe(for: task)
      return switch name {
      case Recipe.tunedName: Recipe.tuned(variant, for: task)
      case Recipe.ownName: first.name == name ? first : nil
      // A study of the published settings has the variants that nobody has published any for too.
      default: first
      }
    }.map { bounded($0, variant.id) }
  }

  /// The recipe that a variant was published with, bounded likewise.
  func publishedRecipe(for variant: any ModelVariant, task: ClassificationTask) -> Recipe {
    bounded(variant.recipe(for: task), variant.id)
  }

  private func bounded(_ recipe: Recipe, _ id: String) -> Recipe {
    guard let limit = [maximumEpochs, epochLimits[id]].compactMap(\.self).min(),
      limit < recipe.maximumEpochs
    else { return recipe }
    var bounded = recipe
    bounded.maximumEpochs = limit
    // An epoch stays for what comes after the earlier stages.
    var left = limit - 1
    bounded.earlierStages = recipe.earlierStages.compactMap { stage in
      let epochs = min(stage.epochs, left)
      left -= epochs
      return epochs > 0 ? Recipe.Stage(frozen: stage.frozen, epochs: epochs) : nil
    }
    bounded.name += ", at most \(limit) \(limit == 1 ? "epoch" : "epochs")"
    return bounded
  }
}
