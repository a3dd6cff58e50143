import Neural

/// The convolutional network that the study compares everything with.
///
/// Source: the baseline of github.com/CVxTz/ECG_Heartbeat_Classification, as re-run by the
/// published study. Input `[N, 187, 1]`, output logits; 254,901 parameters for five classes.
struct Baseline: ModelVariant {
  var id = "baseline"
  var title = "Baseline CNN"
  var rank = 0
  var source = "CVxTz, ECG Heartbeat Classification (2018)"

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      for (filters, kernel) in [(16, 5), (32, 3), (32, 3)] {
        Conv1D(filters, kernel: kernel)
        ReLU()
        Conv1D(filters, kernel: kernel)
        ReLU()
        MaxPool1D(2)
        Dropout(0.1)
      }
      Conv1D(256, kernel: 3)
      ReLU()
      Conv1D(256, kernel: 3)
      ReLU()
      GlobalMaxPool()
      Dropout(0.2)
      Dense(64)
      ReLU()
      Dense(64)
      ReLU()
      Dense(task.outputs)
    }
  }
}
