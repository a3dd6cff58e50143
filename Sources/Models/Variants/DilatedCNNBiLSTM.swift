import Neural

/// Dilated convolutions into a bidirectional LSTM, dense layers at each of its steps.
///
/// Source: the published study, with the focal loss of Lin et al., doi:10.1109/ICCV.2017.324. Input
/// `[N, 187, 1]`, for two classes with the padding marked by −1; output logits; 221,862 parameters
/// for five classes.
struct DilatedCNNBiLSTM: ModelVariant {
  var id = "dilated-cnn-bilstm"
  var title = "Dilated CNN + BiLSTM"
  var rank = 40
  var source = "published study, dilated convolutions and bidirectional LSTM; focal loss"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      if task.isBinary { MaskPadding(marker: -1) }
      for filters in [200, 150, 100, 75] {
        Conv1D(filters, kernel: 3, dilation: 2)
        ReLU()
        MaxPool1D(2)
        Dropout(task.isBinary ? 0.1 : 0.05)
      }
      Bidirectional(LSTM(20, returnsSequences: true))
      DenseLayers([256, 128], dropout: 0.3)
      Flatten()
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(stoppingPatience: task.isBinary ? 7 : 5)
    recipe.objective = .focal(gamma: task.isBinary ? 1.5 : 2)
    recipe.keptEpoch = task.isBinary ? .last : .best
    return recipe
  }
}
