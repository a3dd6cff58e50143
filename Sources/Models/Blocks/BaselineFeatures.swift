import Neural

/// The convolutions of the baseline, up to one number a filter: `[N, L, C]` to `[N, 1, 256]`.
///
/// Variants that carry over its weights or feed it something else share it.
struct BaselineFeatures: Layer {
  /// Paths of its convolutions.
  static let paths = (1...8).map { "conv\($0)" }

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
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
    }.build(&plan, input)
  }
}
