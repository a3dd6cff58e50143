/// `x` above zero, `slope · x` elsewhere, with trained slopes; shape unchanged.
///
/// Slopes `[1]`, or `[C]`, all 0.25 at first, as PyTorch has it. Source: He et al.,
/// doi:10.1109/ICCV.2015.123. Reference: ``Reference/prelu(_:slope:)``.
public struct PReLU: Layer {
  private let perChannel: Bool

  /// Describes the rectifier, with one slope for all numbers or one for each channel.
  public init(perChannel: Bool = false) {
    self.perChannel = perChannel
  }

  /// Adds the rectifier.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    let slope = plan.parameter(
      "\(plan.uniqueName("prelu")).slope", [perChannel ? input.channels : 1], .constant(0.25))
    plan.append(ParametricRectifying(input: input, output: output, slope: slope))
    return output
  }
}
