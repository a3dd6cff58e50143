extension Reference {
  /// The softmax of one row of logits.
  public static func softmax<Scalar: ReferenceScalar>(_ logits: [Scalar]) -> [Scalar] {
    let largest = logits.reduce(logits[0]) { Swift.max($0, $1) }
    let exponentials = logits.map { Scalar.exponential($0 - largest) }
    let sum = exponentials.reduce(0, +)
    return exponentials.map { $0 / sum }
  }

  /// The logarithm of the softmax of one row of logits.
  public static func logSoftmax<Scalar: ReferenceScalar>(_ logits: [Scalar]) -> [Scalar] {
    let largest = logits.reduce(logits[0]) { Swift.max($0, $1) }
    let sum = logits.reduce(Scalar(0)) { $0 + Scalar.exponential($1 - largest) }
    return logits.map { $0 - largest - Scalar.logarithm(sum) }
  }

  /// The probability that each class should get: the label, smoothed towards all classes alike.
  public static func smoothedLabel<Scalar: ReferenceScalar>(
    _ label: Int, classes: Int, smoothing: Scalar
  ) -> [Scalar] {
    (0..<classes).map { ($0 == label ? 1 - smoothing : 0) + smoothing / Scalar(classes) }
  }

  /// Cross-entropy of a softmax over one row of logits.
  public static func softmaxCrossEntropy<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int, smoothing: Scalar = 0
  ) -> Scalar {
    let wanted = smoothedLabel(label, classes: logits.count, smoothing: smoothing)
    return -zip(wanted, logSoftmax(logits)).reduce(Scalar(0)) { $0 + $1.0 * $1.1 }
  }

  /// `softmax(logits) − smoothed label`.
  public static func softmaxCrossEntropyGradient<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int, smoothing: Scalar = 0
  ) -> [Scalar] {
    let wanted = smoothedLabel(label, classes: logits.count, smoothing: smoothing)
    return zip(softmax(logits), wanted).map { $0 - $1 }
  }

  /// Cross-entropy of a sigmoid, `label` 0 or 1.
  public static func sigmoidCrossEntropy<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int, smoothing: Scalar = 0
  ) -> Scalar {
    softmaxCrossEntropy([0, logit], label: label, smoothing: smoothing)
  }

  /// `sigmoid(logit) − smoothed label`.
  public static func sigmoidCrossEntropyGradient<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int, smoothing: Scalar = 0
  ) -> Scalar {
    softmaxCrossEntropyGradient([0, logit], label: label, smoothing: smoothing)[1]
  }

  /// The focal loss of a softmax: `−Σ_k wanted_k · (1 − p_k)^γ · log p_k`.
  public static func softmaxFocal<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int, gamma: Scalar, smoothing: Scalar = 0
  ) -> Scalar {
    let wanted = smoothedLabel(label, classes: logits.count, smoothing: smoothing)
    let logProbabilities = logSoftmax(logits)
    return -logits.indices.reduce(Scalar(0)) { sum, k in
      let rest = 1 - Scalar.exponential(logProbabilities[k])
      return sum + wanted[k] * power(rest, gamma) * logProbabilities[k]
    }
  }

  /// The gradient of ``softmaxFocal(_:label:gamma:smoothing:)``, by the chain rule over `log p`.
  public static func softmaxFocalGradient<Scalar: ReferenceScalar>(
    _ logits: [Scalar], label: Int, gamma: Scalar, smoothing: Scalar = 0
  ) -> [Scalar] {
    let wanted = smoothedLabel(label, classes: logits.count, smoothing: smoothing)
    let logProbabilities = logSoftmax(logits)
    let probabilities = softmax(logits)
    let slopes = logits.indices.map { k -> Scalar in
      let (p, rest) = (probabilities[k], 1 - probabilities[k])
      let inner = gamma * power(rest, gamma - 1) * p * logProbabilities[k]
      return wanted[k] * (inner - power(rest, gamma))
    }
    let sum = slopes.reduce(0, +)
    return zip(slopes, probabilities).map { $0 - $1 * sum }
  }

  /// The focal loss of a sigmoid, `label` 0 or 1: that of a softmax whose first logit is zero.
  public static func sigmoidFocal<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int, gamma: Scalar, smoothing: Scalar = 0
  ) -> Scalar {
    softmaxFocal([0, logit], label: label, gamma: gamma, smoothing: smoothing)
  }

  /// The gradient of ``sigmoidFocal(_:label:gamma:smoothing:)``.
  public static func sigmoidFocalGradient<Scalar: ReferenceScalar>(
    _ logit: Scalar, label: Int, gamma: Scalar, smoothing: Scalar = 0
  ) -> Scalar {
    softmaxFocalGradient([0, logit], label: label, gamma: gamma, smoothing: smoothing)[1]
  }

  private static func power<Scalar: ReferenceScalar>(_ x: Scalar, _ exponent: Scalar) -> Scalar {
    exponent == 0 ? 1 : x == 0 ? 0 : Scalar.exponential(exponent * Scalar.logarithm(x))
  }

  /// The mean squared error of the first `counted` outputs; the target is zero beyond its end.
  public static func squaredError<Scalar: ReferenceScalar>(
    _ outputs: [Scalar], target: [Scalar], counted: Int
  ) -> Scalar {
    let padded = target + [Scalar](repeating: 0, count: outputs.count - target.count)
    let squares = (0..<counted).map { (outputs[$0] - padded[$0]) * (outputs[$0] - padded[$0]) }
    return counted == 0 ? 0 : squares.reduce(0, +) / Scalar(counted)
  }

  /// The gradient of ``squaredError(_:target:counted:)``.
  public static func squaredErrorGradient<Scalar: ReferenceScalar>(
    _ outputs: [Scalar], target: [Scalar], counted: Int
  ) -> [Scalar] {
    let padded = target + [Scalar](repeating: 0, count: outputs.count - target.count)
    return outputs.indices.map {
      $0 < counted ? 2 * (outputs[$0] - padded[$0]) / Scalar(counted) : 0
    }
  }
}
