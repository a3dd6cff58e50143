import Neural

/// Beats to 30 numbers: `[N, 187, 1]`, read as if five zeros followed, to `[N, 1, 30]`.
struct BeatEncoder: Layer {
  /// Paths of its parameters.
  static let paths = (1...3).flatMap { ["conv\($0)", "prelu\($0)", "norm\($0)"] } + ["dense1"]

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let zeros = BeatDecoder.length - input.length
    return Sequential {
      for (index, filters) in [5, 15, 30].enumerated() {
        Conv1D(
          filters, kernel: 3, stride: 2,
          padding: .explicit(before: 1, after: index == 0 ? zeros : 1))
        PReLU()
        BatchNorm.asInPyTorch
        MaxPool1D(2)
      }
      Reshape(length: 1, channels: 90)
      Dense(30)
      Dropout(0.1)
    }.build(&plan, input)
  }
}

/// 30 numbers to beats: `[N, 1, 30]` to `[N, 192, 1]`.
struct BeatDecoder: Layer {
  /// Samples that come out, of which the last five belong to no row.
  static let length = 192

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    Sequential {
      Dense(90)
      PReLU()
      Dropout(0.1)
      BatchNorm.asInPyTorch
      Reshape(length: 3, channels: 30)
      for filters in [30, 15, 5] {
        ConvTranspose1D(filters, kernel: 3, stride: 2, padding: 1, outputPadding: 1)
        PReLU()
        BatchNorm.asInPyTorch
        UpSampling1D(2)
      }
      ConvTranspose1D(1, kernel: 3, padding: 1)
    }.build(&plan, input)
  }
}

extension BatchNorm {
  /// With the constants of PyTorch, where the source was written in it.
  fileprivate static var asInPyTorch: BatchNorm { BatchNorm(momentum: 0.9, epsilon: 1e-5) }
}
