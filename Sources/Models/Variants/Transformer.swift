import Neural

/// A transformer encoder over patches of eleven samples, read at a class token.
///
/// Named by the course task, without a published implementation. Sources: patches, learned positions
/// and class token as in Dosovitskiy et al., doi:10.48550/arXiv.2010.11929; encoder as in Vaswani
/// et al., doi:10.48550/arXiv.1706.03762, normalised first. Input `[N, 187, 1]`, output logits.
struct Transformer: ModelVariant {
  var id = "transformer"
  var title = "Transformer"
  var rank = 47
  var source = "course task; doi:10.48550/arXiv.2010.11929"
  var width = 64

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Conv1D(width, kernel: 11, stride: 11)
      ClassToken()
      LearnedPositions()
      for _ in 0..<4 {
        TransformerEncoder(heads: 4, keyWidth: width / 4, hidden: 2 * width, dropout: 0.1)
      }
      LayerNorm()
      FirstSample()
      Dense(task.outputs)
    }
  }

  /// Nothing was published; a warm-up and weight decay are the custom for this kind of network.
  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: 128, stoppingPatience: 60, schedule: .cosine(warmUpSteps: 500))
    recipe.name = Recipe.ownName
    recipe.algorithm = .adamW(weightDecay: 1e-4)
    recipe.maximumEpochs = 60
    return recipe
  }
}
