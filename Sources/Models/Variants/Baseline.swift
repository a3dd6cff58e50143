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
      BaselineFeatures()
      DenseLayers([64, 64])
      Dense(task.outputs)
    }
  }
}
