/// All numbers of a row as one sample: `[N, L, C]` to `[N, 1, L · C]`.
public struct Flatten: Layer {
  /// Describes the shape.
  public init() {}

  /// Views the same numbers in another shape; copied only where zeros stand between the rows.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    guard plan.isPadded(input) else { return plan.flattened(input) }
    let output = plan.value(length: 1, channels: input.count)
    plan.append(Rearrangement(copying: input, to: output))
    return output
  }
}
