import Neural

/// InceptionTime: six modules of parallel convolutions of three lengths, every third with a shortcut.
///
/// Source: Ismail Fawaz et al., doi:10.1007/s10618-020-00710-y; one network, not an ensemble of five.
/// Input `[N, 187, 1]`, output logits; 422,885 parameters for five classes.
struct Inception: ModelVariant {
  var id = "inception"
  var title = "InceptionTime"
  var rank = 61
  var source = "doi:10.1007/s10618-020-00710-y"
  var filters = 32
  /// Pairs of blocks and modules within each.
  var blocks = 2
  var modules = 3

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      for block in 0..<blocks {
        Sum {
          Sequential {
            for module in 0..<modules {
              branches(isFirst: block == 0 && module == 0)
              BatchNorm()
              // The last module of a block is added to the shortcut after its own rectifier.
              ReLU()
            }
          }
          Sequential {
            Conv1D(4 * filters, kernel: 1, bias: false)
            BatchNorm()
          }
        }
        ReLU()
      }
      GlobalAveragePool()
      Dense(task.outputs)
    }
  }

  /// Convolutions of three lengths over a bottleneck, and one over a maximum, side by side. The
  /// first module has a single channel and needs no bottleneck.
  private func branches(isFirst: Bool) -> any Layer {
    Concatenate {
      Sequential {
        if !isFirst { Conv1D(filters, kernel: 1, bias: false) }
        Concatenate {
          for kernel in [40, 20, 10] {
            Conv1D(filters, kernel: kernel, padding: .same, bias: false)
          }
        }
      }
      Sequential {
        MaxPool1D(3, stride: 1, padding: .same)
        Conv1D(filters, kernel: 1, bias: false)
      }
    }
  }

  /// The study's common settings at the batch size of the source, which has another schedule.
  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: 64)
    recipe.name = Recipe.ownName
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    Inception(title: "InceptionTime (8 filters)", filters: 8)
  }
}
