/// A trained table added to each row, so that samples know their place; shape unchanged.
///
/// Weights `[L, C]`, uniform in ±.05, which is how Keras starts an embedding. Source: the learned
/// positions of Dosovitskiy et al., doi:10.48550/arXiv.2010.11929.
public struct LearnedPositions: Layer {
  /// Describes the table.
  public init() {}

  /// Adds the table.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    let output = plan.value(length: input.length, channels: input.channels)
    let path = plan.uniqueName("positions")
    let table = plan.parameter(
      "\(path).table", [input.length, input.channels], .uniform(limit: 0.05))
    plan.append(PositionAddition(input: input, output: output, table: table))
    return output
  }
}
