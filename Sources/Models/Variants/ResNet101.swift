import Neural

/// The residual network at depth 101 for every task.
///
/// The published study trains depth 398 on five classes and 101 on two; this row shows what the
/// depth is worth. Otherwise as `resnet`. Input `[N, 187, 1]` with the padding marked by −1, output
/// logits.
struct ResNet101: ModelVariant {
  var id = "resnet-101"
  var title = "ResNet-101"
  var rank = 51
  var source = "as resnet, at the depth that the published study has for two classes"
  /// Units of a stage.
  var units = 11
  /// Rows of a batch.
  var batchSize = 128

  func network(for task: ClassificationTask) -> some Layer {
    ResNet(units: [units, units]).network(for: task)
  }

  func applies(to task: ClassificationTask) -> Bool { !task.isBinary }

  /// The settings of `resnet`, which nobody has published for this depth and five classes.
  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: batchSize)
    recipe.name = Recipe.ownName
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    ResNet101(title: "ResNet-20, in place of 101", units: 2, batchSize: 32)
  }
}
