/// What the optimizers do with one weight.
extension Reference {
  /// One step of Adam as Keras computes it; `step` counts from 1.
  public static func adam<Scalar: ReferenceScalar>(
    weight: Scalar, gradient: Scalar, firstMoment: Scalar, secondMoment: Scalar, step: Int,
    rate: Scalar, beta1: Scalar, beta2: Scalar, epsilon: Scalar
  ) -> (weight: Scalar, firstMoment: Scalar, secondMoment: Scalar) {
    let m = firstMoment + (gradient - firstMoment) * (1 - beta1)
    let v = secondMoment + (gradient * gradient - secondMoment) * (1 - beta2)
    var (power1, power2): (Scalar, Scalar) = (1, 1)
    for _ in 0..<step {
      power1 *= beta1
      power2 *= beta2
    }
    let corrected = rate * (1 - power2).squareRoot() / (1 - power1)
    return (weight - corrected * m / (v.squareRoot() + epsilon), m, v)
  }

  /// One step of gradient descent with momentum as Keras computes it.
  public static func descent<Scalar: ReferenceScalar>(
    weight: Scalar, gradient: Scalar, velocity: Scalar, rate: Scalar, momentum: Scalar,
    looksAhead: Bool
  ) -> (weight: Scalar, velocity: Scalar) {
    let next = momentum * velocity - rate * gradient
    return (weight + (looksAhead ? momentum * next - rate * gradient : next), next)
  }

  /// Gradients made smaller together, where their Euclidean norm exceeds the limit.
  public static func clippedByNorm<Scalar: ReferenceScalar>(
    _ gradients: [Scalar], limit: Scalar
  ) -> [Scalar] {
    let norm = gradients.reduce(Scalar(0)) { $0 + $1 * $1 }.squareRoot()
    return norm > limit ? gradients.map { $0 * limit / norm } : gradients
  }
}
