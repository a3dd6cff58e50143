/// `max(x, 0)`; shape unchanged.
public struct ReLU: Layer {
  /// Describes the rectifier.
  public init() {}

  /// Adds the rectifier, joined with the operation before it where that can be.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    if let joined = plan.producer(of: input)?.rectified() {
      plan.replaceLast(with: joined)
      plan.markRectified(input)
      return input
    }
    let output = plan.value(length: input.length, channels: input.channels)
    plan.append(Rectifying(input: input, output: output))
    plan.markRectified(output)
    return output
  }
}
