import Neural

/// Five residual blocks of two convolutions, pooled between, as the data set's own paper has them.
///
/// Source: Kachuee, Fazeli and Sarrafzadeh 2018, doi:10.1109/ICHI.2018.00092. Input `[N, 187, 1]`,
/// output logits.
struct Kachuee: ModelVariant {
  var id = "kachuee"
  var title = "Kachuee et al. 2018"
  var rank = 60
  var source = "doi:10.1109/ICHI.2018.00092"
  var filters = 32
  var blocks = 5

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Conv1D(filters, kernel: 5)
      ReLU()
      for _ in 0..<blocks {
        Sum {
          Sequential {
            Conv1D(filters, kernel: 5, padding: .same)
            ReLU()
            Conv1D(filters, kernel: 5, padding: .same)
          }
          Identity()
        }
        ReLU()
        MaxPool1D(5, stride: 2)
      }
      Flatten()
      DenseLayers([32, 32])
      Dense(task.outputs)
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    Recipe(schedule: .stepDecay(factor: 0.75, interval: 10_000))
  }
}
