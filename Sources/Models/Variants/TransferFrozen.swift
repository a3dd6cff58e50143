import Neural

/// The baseline trained on five classes, its convolutions kept as they are, with new dense layers.
///
/// Source: the published study's first transfer. Input `[N, 187, 1]`, output a logit; 332,785
/// parameters, of which 98,817 are trained.
struct TransferFrozen: ModelVariant {
  var id = "transfer-frozen"
  var title = "Transfer, frozen baseline"
  var rank = 70
  var source = "published study, transfer of the baseline's convolutions"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      BaselineFeatures()
      DenseLayers([256, 128])
      Dense(task.outputs)
    }
  }

  func applies(to task: ClassificationTask) -> Bool { task.isBinary }

  func origin(for task: ClassificationTask) -> Origin? {
    Origin(
      variant: "baseline", place: .sourceTask, replaced: ["dense1", "dense2", "dense3"])
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe()
    recipe.frozen = BaselineFeatures.paths
    recipe.classWeighting = .balanced
    return recipe
  }
}
