extension Reference {
  /// Each channel of `[N, L, C]` to mean 0 and variance 1 over rows and samples, times its scale,
  /// plus its offset.
  public static func batchNormalization<Scalar: ReferenceScalar>(
    _ x: [Scalar], scale: [Scalar], offset: [Scalar], epsilon: Scalar, channels: Int
  ) -> [Scalar] {
    let (mean, variance) = moments(x, channels: channels)
    return x.enumerated().map { index, value in
      let c = index % channels
      return (value - mean[c]) / (variance[c] + epsilon).squareRoot() * scale[c] + offset[c]
    }
  }

  /// Mean and variance (of the whole, not of a sample) of each channel.
  public static func moments<Scalar: ReferenceScalar>(
    _ x: [Scalar], channels: Int
  ) -> (mean: [Scalar], variance: [Scalar]) {
    let count = Scalar(x.count / channels)
    let columns = (0..<channels).map { c in stride(from: c, to: x.count, by: channels).map { x[$0] }
    }
    let mean = columns.map { $0.reduce(0, +) / count }
    let variance = zip(columns, mean).map { column, mean in
      column.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / count
    }
    return (mean, variance)
  }

  /// The gradients of ``batchNormalization(_:scale:offset:epsilon:channels:)``.
  public static func batchNormalizationGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], scale: [Scalar], epsilon: Scalar, outputGradient: [Scalar], channels: Int
  ) -> (input: [Scalar], scale: [Scalar], offset: [Scalar]) {
    let (mean, variance) = moments(x, channels: channels)
    let count = Scalar(x.count / channels)
    let normal = x.enumerated().map { index, value in
      (value - mean[index % channels]) / (variance[index % channels] + epsilon).squareRoot()
    }
    var dScale = [Scalar](repeating: 0, count: channels)
    var dOffset = dScale
    for (index, gradient) in outputGradient.enumerated() {
      dScale[index % channels] += gradient * normal[index]
      dOffset[index % channels] += gradient
    }
    let input = x.indices.map { index -> Scalar in
      let c = index % channels
      let centered = outputGradient[index] - dOffset[c] / count - normal[index] * dScale[c] / count
      return scale[c] / (variance[c] + epsilon).squareRoot() * centered
    }
    return (input, dScale, dOffset)
  }

  /// The mean sample of each channel; `[N, L, C]` to `[N, C]`.
  public static func globalAveragePool<Scalar: ReferenceScalar>(
    _ x: [Scalar], batch: Int, length: Int, channels: Int
  ) -> [Scalar] {
    (0..<batch * channels).map { index in
      let (n, c) = (index / channels, index % channels)
      let sum = (0..<length).reduce(Scalar(0)) { $0 + x[(n * length + $1) * channels + c] }
      return sum / Scalar(length)
    }
  }
}
