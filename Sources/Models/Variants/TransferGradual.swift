import Neural

/// The baseline trained on five classes with new dense layers; its convolutions are set free in
/// pairs, the last ones first.
///
/// Source of the method: Howard and Ruder, doi:10.18653/v1/P18-1031, section 3.3. Ours is the
/// choice of two epochs a stage. Input `[N, 187, 1]`, output a logit; 332,785 parameters.
struct TransferGradual: ModelVariant {
  var id = "transfer-gradual"
  var title = "Transfer, gradual unfreezing"
  var rank = 72
  var source = "doi:10.18653/v1/P18-1031, on the baseline"

  func network(for task: ClassificationTask) -> some Layer {
    TransferFrozen().network(for: task)
  }

  func applies(to task: ClassificationTask) -> Bool { task.isBinary }

  func origin(for task: ClassificationTask) -> Origin? { TransferFrozen().origin(for: task) }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe()
    recipe.name = Recipe.ownName
    let paths = BaselineFeatures.paths
    recipe.earlierStages = stride(from: paths.count, to: 0, by: -2).map {
      Recipe.Stage(frozen: Array(paths[..<$0]), epochs: 2)
    }
    recipe.classWeighting = .balanced
    return recipe
  }
}
