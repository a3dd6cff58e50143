import Neural

/// A simple recurrent layer over the samples, its last state into dense layers.
///
/// Source: the published study's plain recurrent network. Input `[N, 187, 1]`, the padding masked;
/// output logits.
struct VanillaRNN: ModelVariant {
  var id = "vanilla-rnn"
  var title = "Vanilla RNN"
  var rank = 12
  var source = "published study, simple recurrent network"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      MaskPadding(marker: -1)
      SimpleRNN(task.isBinary ? 64 : 128, masking: -1)
      DenseLayers([task.isBinary ? 512 : 256, 128], dropout: 0.1)
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    Recipe(learningRate: 1e-4, schedule: .constant)
  }
}
