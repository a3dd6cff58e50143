import Neural

/// A single hidden layer over all samples.
///
/// Source: the published study's plainest network. Input `[N, 187, 1]`, output logits; 49,413
/// parameters for five classes, 48,385 for two.
struct VanillaMLP: ModelVariant {
  var id = "vanilla-mlp"
  var title = "Vanilla MLP"
  var rank = 10
  var source = "published study, multilayer perceptron"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Flatten()
      Dense(256)
      ReLU()
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    task.isBinary
      ? Recipe(stoppingPatience: 50, schedule: .reduceOnPlateau(patience: 30)) : Recipe()
  }
}
