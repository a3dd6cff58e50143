import CKernels
public import Tensors

/// Stochastic gradient descent with momentum, in the form of Keras:
/// `v = μ · v − rate · g`, then `w += v`, or with Nesterov's look ahead `w += μ · v − rate · g`.
///
/// Source: Sutskever et al. 2013, proceedings.mlr.press/v28/sutskever13. Reference:
/// ``Reference/descent(weight:gradient:velocity:rate:momentum:looksAhead:)``.
public struct SGD: Optimizer {
  private let momentum: Float
  private let nesterov: Bool

  /// Describes the optimizer.
  public init(momentum: Float = 0, nesterov: Bool = false) {
    precondition(momentum >= 0 && momentum < 1, "a momentum of \(momentum) is outside 0..<1")
    self.momentum = momentum
    self.nesterov = nesterov
  }

  /// The velocity, where there is momentum.
  public var stateCount: Int { momentum == 0 ? 0 : 1 }

  /// One step, in a single pass over weights, velocities and gradients.
  public func update(_ step: OptimizerStep, state: [FloatBuffer]) {
    var work = DetectronDescent(
      gradient: step.gradient, weights: step.weights.start, velocity: state.first?.start,
      rate: step.learningRate, momentum: momentum, nesterov: nesterov ? 1 : 0)
    if momentum == 0 { work.velocity = nil }
    step.kernels.table.descent(&work)
  }
}
