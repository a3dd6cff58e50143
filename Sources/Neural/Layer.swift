/// One step of a network, as a model file writes it.
///
/// A layer is a small value without weights: ``build(_:_:)`` writes what it computes into a
/// ``PlanBuilder``, which lays out weights and memory once, before the first row.
public protocol Layer: Sendable {
  /// Adds the layer to the plan and returns its output.
  func build(_ plan: inout PlanBuilder, _ input: Value) -> Value
}

/// Layers, each fed by the one before.
public struct Sequential: Layer {
  private let layers: [any Layer]

  /// Chains the layers, in order.
  public init(@LayerBuilder _ layers: () -> [any Layer]) {
    self.layers = layers()
  }

  /// Adds the layers, in order.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    layers.reduce(input) { $1.build(&plan, $0) }
  }
}

/// Collects the layers of a ``Sequential``; loops and conditions are allowed.
@resultBuilder
public enum LayerBuilder {
  /// One layer.
  public static func buildExpression(_ layer: any Layer) -> [any Layer] { [layer] }
  /// A block of layers.
  public static func buildBlock(_ parts: [any Layer]...) -> [any Layer] { parts.flatMap { $0 } }
  /// A condition without an else.
  public static func buildOptional(_ part: [any Layer]?) -> [any Layer] { part ?? [] }
  /// The first branch of a condition.
  public static func buildEither(first part: [any Layer]) -> [any Layer] { part }
  /// The second branch of a condition.
  public static func buildEither(second part: [any Layer]) -> [any Layer] { part }
  /// A loop.
  public static func buildArray(_ parts: [[any Layer]]) -> [any Layer] { parts.flatMap { $0 } }
}
