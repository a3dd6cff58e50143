import Datasets
import Models
import Yams

/// A study as text: `report/study.yml` says which keys there are and what they mean.
///
/// It is read strictly: a key or a name that is not known, or a value of another kind, is an error
/// with its line. What is left out is as in ``Study/published``.
public enum StudyFile {
  /// The keys, in the order in which they are documented.
  public static let keys = [
    "title", "name", "tasks", "variants", "recipes", "seeds", "seeds-of", "shares", "epochs",
    "epochs-of",
    "figures",
  ]

  /// How data is split has no key of its own.
  private static func advice(for key: String) -> String? {
    guard ["protocol", "protocols", "split", "splits"].contains(key) else { return nil }
    return "a task is data with its split, so name it in tasks, as mitbih-inter for the split "
      + "between people"
  }

  /// Reads a study.
  ///
  /// - Parameter figures: Names of the figures that the report has.
  /// - Throws: `ExperimentsError.studyFile`, or `.unusableInput` where there is no such file.
  public static func read(
    _ path: String, figures: [String]
  ) throws(ExperimentsError) -> Study {
    try study(YAMLText.root(of: path), path: path, figures: figures)
  }

  static func study(
    _ bytes: [UInt8], path: String, figures: [String] = []
  ) throws(ExperimentsError) -> Study {
    try study(YAMLText.root(of: bytes, path: path), path: path, figures: figures)
  }

  private static func study(
    _ root: Node?, path: String, figures: [String]
  ) throws(ExperimentsError) -> Study {
    var study = Study.published
    guard let root else { return study }
    let reader = StudyFileReader(path: path)
    // A file of comments only is parsed as an empty text.
    if root.scalar?.string.isEmpty == true { return study }
    for (key, value) in try reader.pairs(
      root, of: "a study", known: keys, advice: advice)
    {
      switch key {
      case "title": study.title = try reader.text(value, of: key)
      case "name": study.name = try reader.runName(value)
      case "tasks": study.tasks = try reader.names(value, of: key, known: Study.knownTasks)
      case "variants":
        study.variants = try reader.namesOrAll(value, of: key, known: Study.knownVariants) ?? []
      case "recipes":
        study.recipes = try reader.names(value, of: key, known: Recipe.reservedNames)
      case "seeds": study.seeds = try reader.numbers(value, of: key, in: 0...Int(Int32.max))
      case "seeds-of":
        for (name, seeds) in try reader.pairs(value, of: key, known: Study.knownVariants) {
          study.variantSeeds = (study.variantSeeds ?? [:]).merging(
            [name: try reader.numbers(seeds, of: name, in: 0...Int(Int32.max))]) { $1 }
        }
      case "shares":
        study.trainingShares = try reader.shares(value, of: key)
      case "epochs":
        study.maximumEpochs =
          value.scalar?.string == "own" ? nil : try reader.number(value, of: key, in: 1...100_000)
      case "figures": study.figures = try reader.namesOrAll(value, of: key, known: figures)
      default:
        let known = ModelCatalogue.all.map(\.id)
        for (variant, limit) in try reader.pairs(value, of: key, known: known) {
          study.epochLimits[variant] = try reader.number(limit, of: variant, in: 1...100_000)
        }
      }
    }
    return study
  }
}

extension Study {
  /// The variants and ensembles that the program has.
  public static let knownVariants =
    ModelCatalogue.all.map(\.id) + EnsembleMethod.allCases.map(\.rawValue)

  /// Whether a run may have this name: it becomes that of a file.
  public static func isUsableName(_ name: String) -> Bool {
    !name.isEmpty && name.utf8.count <= 100 && !name.hasPrefix(".")
      && name.unicodeScalars.allSatisfy { $0 != "/" && $0.properties.generalCategory != .control }
  }
}
