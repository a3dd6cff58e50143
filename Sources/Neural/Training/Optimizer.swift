import CKernels
public import Tensors

/// Moves weights along their gradients.
public protocol Optimizer: Sendable {
  /// Numbers of state that it keeps for each weight.
  var stateCount: Int { get }
  /// Updates the weights, and the state that belongs to them; allocates nothing.
  func update(_ step: OptimizerStep, state: [FloatBuffer])
}

/// What an optimizer is given in a step.
public struct OptimizerStep {
  /// Counted from 1.
  public let number: Int
  /// How far to go.
  public let learningRate: Float
  let weights: FloatBuffer
  /// The shards' gradients, which the kernels add in order and clip.
  let gradient: DetectronGradient
  /// The weights that decay, where an optimizer has them do so.
  let decayed: [Range<Int>]
  let kernels: Kernels
}

/// What is done to gradients that are too large, before the optimizer sees them.
public enum GradientClipping: Sendable, Hashable, Codable {
  /// Nothing.
  case none
  /// All gradients are made smaller by one factor, where their Euclidean norm exceeds the limit.
  ///
  /// Source: Pascanu et al., doi:10.48550/arXiv.1211.5063; Keras's `global_clipnorm`.
  case globalNorm(limit: Double)
  /// Each number is kept within ± the limit; Keras's `clipvalue`.
  case value(limit: Double)

  /// What is wrong with the limit, if anything.
  public var problem: String? {
    switch self {
    case .none: nil
    case .globalNorm(let limit), .value(let limit):
      limit > 0 && limit.isFinite ? nil : "a limit of \(limit) is not above 0"
    }
  }

  /// Has the kernels clip the gradient as they read it.
  func apply(to gradient: inout DetectronGradient, kernels: Kernels) {
    switch self {
    case .none: break
    case .value(let limit): gradient.limit = Float(limit)
    case .globalNorm(let limit):
      let norm = kernels.table.squared_norm(&gradient).squareRoot()
      if norm > limit { gradient.scale = Float(limit / norm) }
    }
  }
}
