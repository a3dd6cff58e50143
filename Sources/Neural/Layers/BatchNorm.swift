/// Batch normalisation over rows and samples, a mean and a variance a channel; shape unchanged.
///
/// Source: Ioffe and Szegedy, doi:10.48550/arXiv.1502.03167; scale one, offset zero, momentum .99
/// and ε 1e-3 as Keras has them. The moving mean and variance are kept, not trained; where the
/// layer is frozen, they are used and stay as they are while training too.
public struct BatchNorm: Layer {
  private let momentum: Float
  private let epsilon: Float

  /// Describes the normalisation.
  public init(momentum: Float = 0.99, epsilon: Float = 1e-3) {
    self.momentum = momentum
    self.epsilon = epsilon
  }

  /// Adds the normalisation.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let path = plan.uniqueName("norm")
    let output = plan.value(length: input.length, channels: input.channels)
    func parameter(_ name: String, _ initializer: Initializer, isTrained: Bool) -> Parameter {
      plan.parameter("\(path).\(name)", [input.channels], initializer, isTrained: isTrained)
    }
    let statistics = NormalizationParameters(
      scale: parameter("scale", .ones, isTrained: true),
      offset: parameter("offset", .zeros, isTrained: true),
      mean: parameter("mean", .zeros, isTrained: false),
      variance: parameter("variance", .ones, isTrained: false))
    if plan.isFrozen(path) {
      plan.append(
        FrozenNormalization(
          input: input, output: output, statistics: statistics, epsilon: epsilon))
    } else {
      plan.append(
        Normalization(
          input: input, output: output, statistics: statistics, momentum: momentum,
          epsilon: epsilon))
    }
    return output
  }
}
