import Neural

/// Convolutions of three lengths, squeeze-and-excitation blocks, and a transformer whose tokens are
/// the channels, run over time in both directions.
///
/// Source: El-Ghaish and Eldele, ECGTransForm, doi:10.1016/j.bspc.2023.105714. Input
/// `[N, 187, 1]`, output logits.
///
/// Deviations from the published program: the encoder's hidden layers are four times as wide as a
/// token, as in Vaswani et al., doi:10.48550/arXiv.1706.03762, where the program has 2048; maxima
/// over a window that the row does not fill take what is there at its end, not at both; weight decay
/// is decoupled, β₂ is .999 instead of .99, classes are not weighted, and the epoch with the best
/// validation accuracy is kept, not that with the best macro-F1. The settings are therefore our own.
struct ECGTransform: ModelVariant {
  var id = "ecgtransform"
  var title = "ECGTransForm"
  var rank = 63
  var source = "doi:10.1016/j.bspc.2023.105714"
  /// Filters of the three blocks of convolutions; the last are the encoder's tokens.
  var filters = [32, 64, 128]

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      Sum {
        for kernel in [5, 9, 11] {
          Conv1D(filters[0], kernel: kernel, padding: .same, bias: false)
        }
      }
      pooled
      Dropout(0.2)
      for filters in filters.dropFirst() {
        Conv1D(filters, kernel: 8, padding: .explicit(before: 4, after: 4), bias: false)
        pooled
      }
      for _ in 0..<3 { recalibration }
      Sum {
        Sequential {
          Transpose()
          encoder
        }
        Sequential {
          TimeFlip()
          Transpose()
          encoder
        }
      }
      Transpose()
      GlobalAveragePool()
      Dense(task.outputs)
    }
  }

  /// Normalised, rectified, every second maximum. The mean of the three first convolutions is their
  /// sum to the normalisation that follows, but for its ε.
  private var pooled: Sequential {
    Sequential {
      BatchNorm(momentum: 0.9, epsilon: 1e-5)
      ReLU()
      MaxPool1D(2, padding: .same)
    }
  }

  /// A residual block that weighs its channels.
  private var recalibration: Sequential {
    Sequential {
      Sum {
        Sequential {
          Conv1D(filters[2], kernel: 1, bias: false)
          BatchNorm(momentum: 0.9, epsilon: 1e-5)
          ReLU()
          Conv1D(filters[2], kernel: 1, bias: false)
          BatchNorm(momentum: 0.9, epsilon: 1e-5)
          SqueezeExcitation(reduction: 4, bias: false)
        }
        Identity()
      }
      ReLU()
    }
  }

  /// Three blocks; the same weights for both directions.
  private var encoder: Shared {
    Shared("encoder") {
      for _ in 0..<3 { EncoderBlock() }
    }
  }

  func recipe(for task: ClassificationTask) -> Recipe {
    var recipe = Recipe(batchSize: 128, stoppingPatience: 60, schedule: .constant)
    recipe.name = Recipe.ownName
    recipe.algorithm = .adamW(weightDecay: 1e-4)
    recipe.maximumEpochs = 60
    return recipe
  }

  var atDemonstrationSize: any ModelVariant {
    ECGTransform(title: "ECGTransForm (8, 16 and 32 filters)", filters: [8, 16, 32])
  }
}

/// A block of the encoder as it was first published, normalised behind each half.
private struct EncoderBlock: Layer {
  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let heads = 5
    return Sequential {
      Sum {
        Identity()
        Sequential {
          MultiHeadAttention(heads: heads, keyWidth: input.channels / heads, dropout: 0.1)
          Dropout(0.1)
        }
      }
      LayerNorm(epsilon: 1e-5)
      Sum {
        Identity()
        Sequential {
          Dense(4 * input.channels)
          ReLU()
          Dropout(0.1)
          Dense(input.channels)
          Dropout(0.1)
        }
      }
      LayerNorm(epsilon: 1e-5)
    }.build(&plan, input)
  }
}
