/// One layer of a network, as a person reads it; nothing is computed from this.
public struct LayerSummary: Sendable, Equatable {
  /// Path of its parameters, for example `conv1`; empty for a layer without any.
  public let path: String
  /// What it does, for example `Convolution`.
  public let kind: String
  /// Whether negative results become zero.
  public let isRectified: Bool
  /// Samples of its output.
  public let length: Int
  /// Channels of its output.
  public let channels: Int
  /// Elements of its parameters; those of shared layers count where they stand first.
  public let parameterCount: Int
  /// Multiply-adds of the forward pass, a row.
  public let multiplyAdds: Int
}

extension Plan {
  /// The layers, in the order in which they are computed.
  public var layers: [LayerSummary] {
    var counted: Set<Int> = []
    return operations.map(\.operation).map { operation in
      let fresh = operation.parameters.filter { counted.insert($0.offset).inserted }
      return LayerSummary(
        path: operation.parameters.first.map { Self.layer(of: $0.path) } ?? "",
        kind: "\(type(of: operation))", isRectified: operation.rectifies,
        length: operation.output.length, channels: operation.output.channels,
        parameterCount: fresh.reduce(0) { $0 + $1.count }, multiplyAdds: operation.multiplyAdds)
    }
  }

  /// A parameter's path without its own name.
  private static func layer(of path: String) -> String {
    path.split(separator: ".").dropLast().joined(separator: ".")
  }
}
