import Neural

/// The 398 layers deep residual network trained on five classes, with a new last layer, all of it
/// trained on.
///
/// Source: the published study's second transfer. Input `[N, 187, 1]` with the padding marked by
/// −1, output a logit; 2,781,697 parameters, of which 2,722,529 are trained.
struct TransferResNet: ModelVariant {
  var id = "transfer-resnet"
  var title = "Transfer, whole ResNet-398"
  var rank = 71
  var source = "published study, transfer of the residual network"
  /// Units of a stage, as many as those of the network on five classes.
  var units = 44
  /// Rows of a batch.
  var batchSize = 128

  func network(for task: ClassificationTask) -> some Layer {
    ResNet(units: [units, units]).network(for: task)
  }

  func applies(to task: ClassificationTask) -> Bool { task.isBinary }

  func origin(for task: ClassificationTask) -> Origin? {
    Origin(variant: "resnet", place: .sourceTask, replaced: ["dense1"])
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: batchSize)
    recipe.classWeighting = .balanced
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    TransferResNet(title: "Transfer, whole ResNet-11", units: 1, batchSize: 32)
  }
}
