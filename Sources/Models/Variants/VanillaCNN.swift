import Neural

/// Pairs of convolutions with pooling between them.
///
/// Source: the published study's plain convolutional network. Input `[N, 187, 1]`, output logits.
/// Deviation: the published code pools along the channels by mistake (`channels_first`), which
/// gives it 199,477 and 16,785 parameters; here pooling goes along time, as meant, with 205,877
/// and 18,065.
struct VanillaCNN: ModelVariant {
  var id = "vanilla-cnn"
  var title = "Vanilla CNN"
  var rank = 11
  var source = "published study, convolutional network; pooling along time"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      for (filters, kernel) in task.isBinary ? [(16, 7)] : [(16, 5), (32, 5)] {
        Conv1D(filters, kernel: kernel)
        ReLU()
        Conv1D(filters, kernel: kernel)
        ReLU()
        MaxPool1D(2)
      }
      for _ in 0..<2 {
        Conv1D(task.isBinary ? 32 : 64, kernel: 5)
        ReLU()
      }
      GlobalMaxPool()
      Dropout(task.isBinary ? 0.2 : 0.1)
      DenseLayers(task.isBinary ? [128, 32] : [512, 256])
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe { Recipe(schedule: .constant) }
}
