/// Squeeze and excitation: each channel times a factor between 0 and 1 that two dense layers make of
/// the channels' means; shape unchanged.
///
/// Mean over samples, dense `C / reduction`, ReLU, dense `C`, sigmoid. Source: Hu et al.,
/// doi:10.1109/CVPR.2018.00745.
public struct SqueezeExcitation: Layer {
  private let reduction: Int
  private let hasBias: Bool

  /// Describes the block.
  ///
  /// - Parameters:
  ///   - reduction: How many channels share one of the units between the dense layers.
  ///   - bias: Whether the dense layers have biases.
  public init(reduction: Int, bias: Bool = true) {
    precondition(reduction > 0, "channels cannot be reduced by \(reduction)")
    self.reduction = reduction
    hasBias = bias
  }

  /// Adds the block.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    precondition(
      input.channels >= reduction,
      "\(input.channels) channels cannot be reduced by \(reduction)")
    plan.share(input)
    let factors = Sequential {
      GlobalAveragePool()
      Dense(input.channels / reduction, bias: hasBias)
      ReLU()
      Dense(input.channels, bias: hasBias)
      Sigmoid()
    }.build(&plan, input)
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(Scaling(input: input, factors: factors, output: output))
    return output
  }
}
