import Neural

/// A bidirectional LSTM, the last states of both walks into dense layers.
///
/// Source: the published study's recurrent network; cell: doi:10.1162/neco.1997.9.8.1735. Input
/// `[N, 187, 1]`, the padding masked; output logits.
struct BiLSTM: ModelVariant {
  var id = "bilstm"
  var title = "Bidirectional LSTM"
  var rank = 30
  var source = "published study, bidirectional LSTM"
  /// Channels of each direction's state.
  var units = 128

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      MaskPadding(marker: -1)
      Bidirectional(LSTM(units, masking: -1))
      DenseLayers([256, 128], dropout: 0.1)
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe { Recipe(learningRate: 1e-4) }

  var atDemonstrationSize: any ModelVariant {
    BiLSTM(title: "Bidirectional LSTM (32 units)", units: 32)
  }
}
