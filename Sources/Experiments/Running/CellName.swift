import Models

/// What a person calls a cell.
public struct CellName: Sendable, Hashable, CustomStringConvertible {
  /// The task's name.
  public let task: String
  /// The variant's or the ensemble's name.
  public let variant: String
  /// The recipe's name; `published` is left out of the text.
  public let recipe: String
  /// The seed.
  public let seed: Int
  /// Which of several folds, counted from 0; `nil` where the task has one split.
  public let fold: Int?
  /// How many of the training rows are used, 0…1.
  public let trainingShare: Double

  init(
    task: String, variant: String, recipe: String = Recipe.publishedName, seed: Int,
    fold: Int? = nil, trainingShare: Double = 1
  ) {
    self.task = task
    self.variant = variant
    self.recipe = recipe
    self.seed = seed
    self.fold = fold
    self.trainingShare = trainingShare
  }

  /// The training that it is a fold of.
  var withoutFold: CellName {
    CellName(
      task: task, variant: variant, recipe: recipe, seed: seed, trainingShare: trainingShare)
  }

  /// The same without a bound on its epochs, which stands in the recipe's name.
  var withoutBound: CellName {
    CellName(
      task: task, variant: variant, recipe: RecipeName(recipe).kind, seed: seed, fold: fold,
      trainingShare: trainingShare)
  }

  /// For example `mitbih/baseline/1`, `mitbih/baseline+tuned/1`, `ptb-10s/baseline/1/fold-2` or
  /// `ptb/baseline/1/share-25`.
  public var description: String {
    let kind = recipe == Recipe.publishedName ? "" : "+\(recipe)"
    let part = fold.map { "/fold-\($0 + 1)" } ?? ""
    let share = trainingShare < 1 ? "/share-\(Int((trainingShare * 100).rounded()))" : ""
    return "\(task)/\(variant)\(kind)/\(seed)\(part)\(share)"
  }
}
