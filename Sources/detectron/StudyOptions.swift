import ArgumentParser
import ArrhythmiaReport
import Datasets
import Experiments
import Foundation

/// Where the data and the store are.
struct DataOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "Folder with the recordings or the published files (DETECTRON_DATA).",
      discussion: "mitdb/, ptbdb/, ptbdb-10s/, mitbih_{train,test}.csv[.gz], …", valueName: "dir"))
  var data: String?

  @Option(help: "Read recordings or published-files, where both are there.")
  var source: SourceArgument?

  /// The tasks there are, for help.
  static let taskHelp =
    "Task: " + Study.knownTasks.joined(separator: ", ") + "."

  /// The data of one task.
  func load(_ task: String) throws -> [Dataset] {
    let study = Study(title: "", name: "", tasks: [task])
    try study.checkTasks()
    return try StudyData(for: study, directory: directory, source: source?.source)
      .tasks.map { try $0.rows() }
  }

  /// The data folder, if one was named.
  var directory: DataDirectory? {
    let named = data ?? ProcessInfo.processInfo.environment["DETECTRON_DATA"]
    return named.flatMap { $0.isEmpty ? nil : DataDirectory(path: $0) }
  }
}

/// The sources that can be asked for.
enum SourceArgument: String, ExpressibleByArgument, CaseIterable {
  case recordings
  case publishedFiles = "published-files"

  var source: DataSource { self == .recordings ? .recordings : .publishedFiles }
}

/// Where finished trainings are kept.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("Folder of finished trainings (DETECTRON_STORE).", valueName: "dir"))
  var store: String?

  /// The store, which need not be there.
  var runStore: RunStore {
    RunStore(root: store ?? RunStore.defaultRoot(ProcessInfo.processInfo.environment))
  }

  /// The store, for commands that only read what is in it.
  var existing: RunStore { get throws { try runStore.existing() } }
}

/// What to train, and how much at once.
struct StudyOptions: ParsableArguments {
  @OptionGroup var data: DataOptions
  @OptionGroup var store: StoreOptions

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Tasks: " + Study.knownTasks.joined(separator: ", ") + "."))
  var tasks: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Variants and ensembles, see 'detectron models', or all, which is the default.")
  var variants: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Settings: published, tuned; a variant without the latter has one row only.")
  var recipes: [String] = []

  @Option(
    parsing: .upToNextOption,
    help: "Shares of the training rows for transfers, in percent, besides all of them.")
  var shares: [Double] = []

  @Option(parsing: .upToNextOption, help: "Seeds; each variant is trained once with each.")
  var seeds: [Int] = []

  @Option(
    name: .customLong("seeds-of"), parsing: .upToNextOption,
    help: ArgumentHelp("Seeds of single variants and ensembles.", valueName: "variant=n,n"))
  var seedsOf: [SeedList] = []

  @Option(help: "Epochs at most, for a quick look; the recipes' own by default.")
  var epochs: Int?

  @Option(
    name: .customLong("epochs-of"), parsing: .upToNextOption,
    help: ArgumentHelp("Epochs at most for single variants.", valueName: "variant=n"))
  var epochsOf: [EpochLimit] = []

  @Option(help: "Name of the run in the store.")
  var name: String?

  @Option(help: "Trainings at once; one a processor by default.")
  var workers: Int = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: ArgumentHelp(
      "Megabytes that trainings may take at once, beside the data; what is free by default.",
      valueName: "mb"))
  var memory: Int?

  /// As many as can be counted in bytes.
  private static let megabytes = 1...Int.max >> 20

  @Flag(name: .customLong("no-wait"), help: "End with 75 if another process works on the store.")
  var noWait = false

  func validate() throws {
    if let epochs, epochs < 1 { throw ValidationError("--epochs \(epochs): use 1 or more") }
    if let memory, !Self.megabytes.contains(memory) {
      throw ValidationError(
        "--memory \(memory): use \(Self.megabytes.lowerBound) to \(Self.megabytes.upperBound)")
    }
    if workers < 1 { throw ValidationError("--workers \(workers): use 1 or more") }
    if seeds.contains(where: { $0 < 0 }) { throw ValidationError("--seeds: use 0 or more") }
    if let name, !Study.isUsableName(name) {
      throw ValidationError("--name \(name): use a name without slashes that begins with no dot")
    }
    try checkOnce(tasks, "tasks")
    try checkOnce(variants, "variants")
    try checkOnce(recipes, "recipes")
    try checkOnce(shares, "shares")
    try checkOnce(seeds, "seeds")
    try checkOnce(seedsOf.map(\.variant), "seeds-of")
    try checkOnce(epochsOf.map(\.variant), "epochs-of")
  }

  private func checkOnce(_ values: [some Hashable], _ option: String) throws {
    var seen: Set<AnyHashable> = []
    for value in values where !seen.insert(value).inserted {
      throw ValidationError("\(value) stands in --\(option) twice; take one out")
    }
  }

  /// The study of a file, or the published one where a data folder is named, else the
  /// demonstration; what the command line says besides overrides it.
  func study(from file: String? = nil) throws -> Study {
    var study =
      try file.map { try StudyFile.read($0, figures: allFigures.map(\.id)) }
      ?? (data.directory == nil ? Study.demonstration : Study.published)
    if !tasks.isEmpty { study.tasks = tasks }
    if !variants.isEmpty { study.variants = variants == ["all"] ? [] : variants }
    if !recipes.isEmpty { study.recipes = recipes }
    if !shares.isEmpty { study.trainingShares = shares.map { $0 / 100 } }
    if !seeds.isEmpty { study.seeds = seeds }
    for list in seedsOf {
      study.variantSeeds = (study.variantSeeds ?? [:]).merging([list.variant: list.seeds]) { $1 }
    }
    for limit in epochsOf { study.epochLimits[limit.variant] = limit.epochs }
    if let epochs { study.maximumEpochs = epochs }
    if let name { study.name = name }
    return study
  }

  /// The study's data, once its names are known to be right.
  func load(_ study: Study) throws -> StudyData {
    try study.checkTasks()
    try study.checkSettings()
    _ = try study.selection()
    return try StudyData(
      for: study, directory: data.directory, source: data.source?.source, store: store.runStore)
  }
}

/// The study to work on, as a file.
struct StudyFileArgument: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "A study file; report/study.yml is the published study and explains the keys.",
      valueName: "study.yml"))
  var studyFile: String?

  /// The file with its hash; `nil` where none was named.
  func record() throws -> RunEnvironment.StudyFile? {
    try studyFile.map { try RunEnvironment.StudyFile(path: $0) }
  }
}

/// Seeds of one variant or ensemble, as `resnet=1` or `resnet=1,2`.
struct SeedList: ExpressibleByArgument {
  let variant: String
  let seeds: [Int]

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2 else { return nil }
    let texts = parts[1].split(separator: ",", omittingEmptySubsequences: false)
    let seeds = texts.compactMap { Int($0) }.filter { $0 >= 0 }
    guard seeds.count == texts.count, Set(seeds).count == seeds.count else { return nil }
    (variant, self.seeds) = (String(parts[0]), seeds)
  }
}

/// Epochs at most of one variant, as `resnet=3`.
struct EpochLimit: ExpressibleByArgument {
  let variant: String
  let epochs: Int

  init?(argument: String) {
    let parts = argument.split(separator: "=", omittingEmptySubsequences: false)
    guard parts.count == 2, let epochs = Int(parts[1]), epochs > 0 else { return nil }
    (variant, self.epochs) = (String(parts[0]), epochs)
  }
}
