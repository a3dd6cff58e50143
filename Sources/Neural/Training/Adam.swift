import CKernels
public import Tensors

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
  public func update(_ step: OptimizerStep, state: [FloatBuffer]) {
    let power1 = Elementary.pow(Double(beta1), Double(step.number))
    let power2 = Elementary.pow(Double(beta2), Double(step.number))
    let rate = Double(step.learningRate) * (1 - power2).squareRoot() / (1 - power1)
    var work = DetectronAdam(
      gradient: step.gradient, weights: step.weights.start, first_moment: state[0].start,
      second_moment: state[1].start, rate: Float(rate), beta1: beta1, beta2: beta2,
      epsilon: epsilon)
    step.kernels.table.adam(&work)
  }
}

/// Adam with decoupled weight decay, in the form of Keras: `w −= rate · decay · w`, then ``Adam``.
///
/// Source: Loshchilov and Hutter, doi:10.48550/arXiv.1711.05101. Kernels and other matrices decay;
/// biases, the scales and offsets of normalisations and other single rows of numbers do not (see
/// ``Parameter/decays``).
public struct AdamW: Optimizer {
  private let adam: Adam
  private let weightDecay: Float

  /// Describes the optimizer; the defaults are those of Keras.
  public init(
    weightDecay: Float = 0.004, beta1: Float = 0.9, beta2: Float = 0.999, epsilon: Float = 1e-7
  ) {
    adam = Adam(beta1: beta1, beta2: beta2, epsilon: epsilon)
    self.weightDecay = weightDecay
  }

  /// First and second moment.
  public var stateCount: Int { adam.stateCount }

  /// The decay, then one step of Adam.
  public func update(_ step: OptimizerStep, state: [FloatBuffer]) {
    for range in step.decayed {
      step.kernels.table.approach(
        range.count, nil, step.learningRate * weightDecay,
        step.weights.start + range.lowerBound)
    }
    adam.update(step, state: state)
  }
}
