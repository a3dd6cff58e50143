/// All numbers of a row as one sample: `[N, L, C]` to `[N, 1, L · C]`.
public struct Flatten: Layer {
  /// Describes the view.
  public init() {}

  /// Views the same numbers in another shape; nothing is computed.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.flattened(input)
  }
}
