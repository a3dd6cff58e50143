extension Reference {
  /// Cross-entropy of a softmax over one row of logits.
  public static func softmaxCrossEntropy<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int
  ) -> Scalar {
    let largest = logits.reduce(logits[0]) { Swift.max($0, $1) }
    let sum = logits.reduce(Scalar(0)) { $0 + Scalar.exponential($1 - largest) }
    return Scalar.logarithm(sum) + largest - logits[label]
  }

  /// `softmax(logits) − one-hot(label)`.
  public static func softmaxCrossEntropyGradient<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int
  ) -> [Scalar] {
    let largest = logits.reduce(logits[0]) { Swift.max($0, $1) }
    let exponentials = logits.map { Scalar.exponential($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.enumerated().map { $1 / sum - ($0 == label ? 1 : 0) }
  }

  /// Cross-entropy of a sigmoid, `label` 0 or 1.
  public static func sigmoidCrossEntropy<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int
  ) -> Scalar {
    let magnitude = logit < 0 ? -logit : logit
    let positivePart = logit > 0 ? logit : 0
    return positivePart - logit * Scalar(label)
      + Scalar.logarithm(1 + Scalar.exponential(-magnitude))
  }

  /// `sigmoid(logit) − label`.
  public static func sigmoidCrossEntropyGradient<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int
  ) -> Scalar {
    1 / (1 + Scalar.exponential(-logit)) - Scalar(label)
  }

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
}
