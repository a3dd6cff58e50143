import Neural

/// A pre-activation residual network of bottleneck units, 9n + 2 layers deep.
///
/// Sources: the published study's residual network; units as in He et al.,
/// doi:10.1007/978-3-319-46493-0_38. Input `[N, 187, 1]` with the padding marked by −1, output
/// logits. Depth 398 on five classes, 101 on two. The published code feeds the marked padding by
/// mistake; it is kept, since the published results rest on it.
struct ResNet: ModelVariant {
  var id = "resnet"
  var title = "ResNet"
  var rank = 50
  var source = "published study, pre-activation bottleneck ResNet; doi:10.1007/978-3-319-46493-0_38"
  var stem = 16
  var widths = [64, 128, 256]
  /// Units of a stage for five classes and for two.
  var units = [44, 11]

  func network(for task: ClassificationTask) -> some Layer {
    Sequential {
      MaskPadding()
      Conv1D(stem, kernel: 7, padding: .same)
      for (stage, width) in widths.enumerated() {
        for unit in 0..<units[task.isBinary ? 1 : 0] {
          bottleneck(width, stride: unit == 0 && stage > 0 ? 2 : 1, isFirst: unit == 0)
        }
      }
      BatchNorm()
      ReLU()
      GlobalAveragePool()
      Dense(task.outputs)
    }
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

  func recipe(for task: ClassificationTask) -> Recipe { Recipe(batchSize: 128) }
}
