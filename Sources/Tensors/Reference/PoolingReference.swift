extension Reference {
  /// The largest of `window` samples, every `stride` samples; `[N, L, C]` to `[N, pooled, C]`.
  ///
  /// With padding, windows reach beyond the row; what lies there is never the maximum.
  public static func maxPool<Scalar: ReferenceScalar>(
    _ x: [Scalar], batch: Int, length: Int, channels: Int, window: Int, stride: Int,
    padding: (before: Int, after: Int) = (0, 0)
  ) -> (values: [Scalar], indices: [Int]) {
    let pooled = (length + padding.before + padding.after - window) / stride + 1
    var values: [Scalar] = []
    var indices: [Int] = []
    for n in 0..<batch {
      for q in 0..<pooled {
        for c in 0..<channels {
          let first = q * stride - padding.before
          let candidates = (max(0, first)..<min(length, first + window)).map {
            (n * length + $0) * channels + c
          }
          // The first of equal maxima, as Keras and PyTorch have it.
          let best = candidates.reduce(candidates[0]) { x[$1] > x[$0] ? $1 : $0 }
          values.append(x[best])
          indices.append(best)
        }
      }
    }
    return (values, indices)
  }

  /// Each output gradient goes to the sample that was the maximum.
  public static func maxPoolGradient<Scalar: ReferenceScalar>(
    indices: [Int], outputGradient: [Scalar], inputCount: Int
  ) -> [Scalar] {
    var dx = [Scalar](repeating: 0, count: inputCount)
    for (index, gradient) in zip(indices, outputGradient) { dx[index] += gradient }
    return dx
  }

  /// The largest sample of each channel of each row; `[N, L, C]` to `[N, C]`.
  public static func globalMaxPool<Scalar: ReferenceScalar>(
    _ x: [Scalar], batch: Int, length: Int, channels: Int
  ) -> (values: [Scalar], indices: [Int]) {
    maxPool(x, batch: batch, length: length, channels: channels, window: length, stride: 1)
  }
}
