import Neural

/// A convolutional autoencoder: a beat to 30 numbers and back.
///
/// Named by the course task; shape and settings of a published implementation on the same rows.
/// Input `[N, 187, 1]`, output `[N, 192, 1]`, the row with five zeros behind it; 11,888 trained
/// parameters. It classifies nothing itself: `autoencoder-mlp` does, on its 30 numbers.
struct Autoencoder: ModelVariant {
  var id = "autoencoder"
  var title = "Autoencoder"
  var rank = 45
  var source = "course task; shape of a published implementation in PyTorch"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      BeatEncoder()
      BeatDecoder()
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(
      batchSize: 64, stoppingPatience: 15, schedule: .reduceOnPlateau(patience: 5))
    recipe.objective = .reconstruction
    return recipe
  }
}
