import Neural

/// Dense layers with ReLU, each followed by dropout where there is a rate: a classifier's last
/// layers before its logits.
struct DenseLayers: Layer {
  private let units: [Int]
  private let dropoutRate: Float

  init(_ units: [Int], dropout: Float = 0) {
    self.units = units
    dropoutRate = dropout
  }

  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    Sequential {
      for units in units {
        Dense(units)
        ReLU()
        if dropoutRate > 0 { Dropout(dropoutRate) }
      }
    }.build(&plan, input)
  }
}
