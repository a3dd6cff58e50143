import Neural

/// A pre-activation residual network of bottleneck units, 9n + 2 layers deep.
///
/// Sources: the published study's residual network; units as in He et al.,
/// doi:10.1007/978-3-319-46493-0_38. Input `[N, 187, 1]` with the padding marked by −1, output
/// logits. Depth 398 on five classes, 101 on two. The published code feeds the marked padding by
/// mistake; it is kept, since the published results rest on it.
struct ResNet: ModelVariant {
  var id = "resnet"
  var title = "ResNet"
  var rank = 50
  var source = "published study, pre-activation bottleneck ResNet; doi:10.1007/978-3-319-46493-0_38"
  /// Units of a stage for five classes and for two.
  var units = [44, 11]
  /// Rows of a batch.
  var batchSize = 128

  /// With the depth, which is another one by task.
  func title(for task: ClassificationTask) -> String {
    "\(title)-\(9 * units[task.isBinary ? 1 : 0] + 2)"
  }

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      MaskPadding()
      ResidualFeatures(units: units[task.isBinary ? 1 : 0])
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe { Recipe(batchSize: batchSize) }

  var atDemonstrationSize: any ModelVariant {
    ResNet(units: [1, 1], batchSize: 32)
  }
}
