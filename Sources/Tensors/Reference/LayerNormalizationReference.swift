extension Reference {
  /// Layer normalisation: each sample's channels to mean 0 and variance 1, then a line a channel.
  public static func layerNormalization<Scalar: ReferenceScalar>(
    _ x: [Scalar], scale: [Scalar], offset: [Scalar], epsilon: Scalar
  ) -> [Scalar] {
    let channels = scale.count
    return normalized(x, epsilon: epsilon, channels: channels).values.enumerated().map {
      $1 * scale[$0 % channels] + offset[$0 % channels]
    }
  }

  /// The gradients of ``layerNormalization(_:scale:offset:epsilon:)``.
  public static func layerNormalizationGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], scale: [Scalar], epsilon: Scalar, outputGradient: [Scalar]
  ) -> (input: [Scalar], scale: [Scalar], offset: [Scalar]) {
    let channels = scale.count
    let (normal, deviations) = normalized(x, epsilon: epsilon, channels: channels)
    var dScale = [Scalar](repeating: 0, count: channels)
    var dOffset = dScale
    for (index, gradient) in outputGradient.enumerated() {
      dScale[index % channels] += gradient * normal[index]
      dOffset[index % channels] += gradient
    }
    let scaled = outputGradient.enumerated().map { $1 * scale[$0 % channels] }
    let input = x.indices.map { index -> Scalar in
      let sample = index / channels * channels..<(index / channels + 1) * channels
      let mean = sample.reduce(Scalar(0)) { $0 + scaled[$1] } / Scalar(channels)
      let product = sample.reduce(Scalar(0)) { $0 + scaled[$1] * normal[$1] } / Scalar(channels)
      return (scaled[index] - mean - normal[index] * product) / deviations[index / channels]
    }
    return (input, dScale, dOffset)
  }

  /// The values with mean 0 and variance 1 within each sample, and each sample's deviation.
  private static func normalized<Scalar: ReferenceScalar>(
    _ x: [Scalar], epsilon: Scalar, channels: Int
  ) -> (values: [Scalar], deviations: [Scalar]) {
    var (values, deviations) = ([Scalar](), [Scalar]())
    for first in stride(from: 0, to: x.count, by: channels) {
      let sample = x[first..<first + channels]
      let mean = sample.reduce(0, +) / Scalar(channels)
      let variance = sample.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Scalar(channels)
      let deviation = (variance + epsilon).squareRoot()
      values += sample.map { ($0 - mean) / deviation }
      deviations.append(deviation)
    }
    return (values, deviations)
  }
}
