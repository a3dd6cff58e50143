import Neural

/// A small classifier on the 30 numbers of the autoencoder, whose encoder stays as it is.
///
/// Named by the course task. Input `[N, 187, 1]`, output logits. Deviation: the published
/// implementation classifies the 30 numbers by gradient-boosted trees; here it is a network, so that
/// the same program, statistics and seeds apply to it.
struct AutoencoderMLP: ModelVariant {
  var id = "autoencoder-mlp"
  var title = "Autoencoder + MLP"
  var rank = 46
  var source = "course task; classifier on the autoencoder's latent numbers"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      BeatEncoder()
      DenseLayers([128, 64], dropout: 0.1)
      Dense(task.outputs)
    }
  }

  func origin(for task: ClassificationTask) -> Origin? {
    Origin(
      variant: "autoencoder", place: .sameRows, replaced: ["dense2", "dense3", "dense4"])
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(
      batchSize: 64, stoppingPatience: 15, schedule: .reduceOnPlateau(patience: 5))
    recipe.name = Recipe.ownName
    recipe.frozen = BeatEncoder.paths
    return recipe
  }
}
