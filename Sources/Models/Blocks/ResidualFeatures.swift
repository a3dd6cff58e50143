import Neural

/// Stages of pre-activation bottleneck units up to one number a channel, 9n + 1 layers deep for n
/// units a stage: `[N, L, 1]` to `[N, 1, 256]`.
///
/// Source: He et al., doi:10.1007/978-3-319-46493-0_38, in the form of the published study.
struct ResidualFeatures: Layer {
  /// Units of each stage.
  let units: Int
  var stem = 16
  var widths = [64, 128, 256]

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    Sequential {
      Conv1D(stem, kernel: 7, padding: .same)
      for (stage, width) in widths.enumerated() {
        for unit in 0..<units {
          bottleneck(width, stride: unit == 0 && stage > 0 ? 2 : 1, isFirst: unit == 0)
        }
      }
      BatchNorm()
      ReLU()
      GlobalAveragePool()
    }.build(&plan, input)
  }

  /// The first unit of a stage changes the number of channels: its shortcut is a convolution of
  /// the activated input.
  private func bottleneck(_ width: Int, stride: Int, isFirst: Bool) -> any Layer {
    let branch = Sequential {
      Conv1D(width / 4, kernel: 1, stride: stride, padding: .same)
      activation(Conv1D(width / 4, kernel: 3, padding: .same))
      activation(Conv1D(width, kernel: 1, padding: .same))
    }
    guard isFirst else {
      return Sum {
        Identity()
        activation(branch)
      }
    }
    return activation(
      Sum {
        Conv1D(width, kernel: 1, stride: stride, padding: .same)
        branch
      })
  }

  private func activation(_ layer: some Layer) -> Sequential {
    Sequential {
      BatchNorm()
      ReLU()
      layer
    }
  }
}
