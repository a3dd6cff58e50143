/// Layers that only move numbers: each output index names its input index, and the gradient is the
/// sum of what came from an input.
extension Reference {
  /// Where each number of an upsampled row comes from: each sample `factor` times.
  public static func upsampling(
    batch: Int, length: Int, channels: Int, factor: Int
  ) -> [Int] {
    (0..<batch * length * factor * channels).map {
      $0 / channels / factor * channels + $0 % channels
    }
  }

  /// Where each number of a row with its samples in reverse order comes from.
  public static func timeFlip(batch: Int, length: Int, channels: Int) -> [Int] {
    (0..<batch * length * channels).map { index in
      let (row, sample) = (index / channels / length, index / channels % length)
      return (row * length + length - 1 - sample) * channels + index % channels
    }
  }

  /// Where each number of `[N, C, L]` comes from in `[N, L, C]`.
  public static func transposition(batch: Int, length: Int, channels: Int) -> [Int] {
    (0..<batch * length * channels).map { index in
      let (row, rest) = (index / (length * channels), index % (length * channels))
      return (row * length + rest % length) * channels + rest / length
    }
  }

  /// The gradient of `y[i] = x[sources[i]]`.
  public static func rearrangementGradient<Scalar: ReferenceScalar>(
    sources: [Int], outputGradient: [Scalar], inputCount: Int
  ) -> [Scalar] {
    maxPoolGradient(indices: sources, outputGradient: outputGradient, inputCount: inputCount)
  }
}
