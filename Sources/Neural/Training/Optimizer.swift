import CKernels
public import Tensors

/// Moves weights along their gradients.
public protocol Optimizer: Sendable {
  /// Numbers of state that it keeps for each weight.
  var stateCount: Int { get }
  /// Updates `weights` from the gradients of the shards, which it adds in order; `step` counts
  /// from 1.
  func update(
    _ weights: FloatBuffer, gradients: [FloatBuffer], state: [FloatBuffer], step: Int,
    learningRate: Float, kernels: Kernels)
}

/// Adam, in the form of Keras: `w −= rate · √(1 − β₂ᵗ) / (1 − β₁ᵗ) · m / (√v + ε)`.
///
/// Source: Kingma and Ba, doi:10.48550/arXiv.1412.6980. Reference:
/// ``Reference/adam(weight:gradient:firstMoment:secondMoment:step:rate:beta1:beta2:epsilon:)``.
public struct Adam: Optimizer {
  private let beta1: Float
  private let beta2: Float
  private let epsilon: Float

  /// Describes the optimizer; the defaults are those of Keras.
  public init(beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7) {
    self.beta1 = beta1
    self.beta2 = beta2
    self.epsilon = epsilon
  }

  /// First and second moment.
  public var stateCount: Int { 2 }

  /// One step, in a single pass over weights, moments and gradients.
  public func update(
    _ weights: FloatBuffer, gradients: [FloatBuffer], state: [FloatBuffer], step: Int,
    learningRate: Float, kernels: Kernels
  ) {
    let power1 = Elementary.pow(Double(beta1), Double(step))
    let power2 = Elementary.pow(Double(beta2), Double(step))
    let rate = Double(learningRate) * (1 - power2).squareRoot() / (1 - power1)
    withUnsafeTemporaryAllocation(of: UnsafePointer<Float>.self, capacity: gradients.count) {
      pointers in
      for index in gradients.indices {
        pointers.initializeElement(at: index, to: UnsafePointer(gradients[index].start))
      }
      guard let first = pointers.baseAddress else { return }
      var work = DetectronAdam(
        count: weights.count, weights: weights.start, first_moment: state[0].start,
        second_moment: state[1].start, gradients: first, shards: gradients.count,
        rate: Float(rate), beta1: beta1, beta2: beta2, epsilon: epsilon)
      kernels.table.adam(&work)
    }
  }
}
