/// Layers whose weights are the same wherever the name stands in a network: run them on several
/// inputs of one shape, and their gradients add up.
///
/// Dropout within them draws anew each time. A ``BatchNorm`` cannot be shared: its statistics would
/// move more than once in a step.
public struct Shared: Layer {
  private let name: String
  private let layers: Sequential

  /// Names the layers; the same name stands for the same list of them.
  public init(_ name: String, @LayerBuilder _ layers: () -> [any Layer]) {
    self.name = name
    self.layers = Sequential(layers)
  }

  /// Adds the layers; their parameters too, where the name stands for the first time.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    plan.withScope(name) { layers.build(&$0, input) }
  }
}
