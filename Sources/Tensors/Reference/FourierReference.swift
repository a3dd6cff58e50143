extension Reference {
  /// The discrete Fourier transform of rows of `length` real numbers: for each of the first
  /// `length / 2 + 1` bins `k` the real and the imaginary part of `Σ x[t] e^(−2πikt / length)`.
  public static func realFourierTransform<Scalar: ReferenceScalar>(
    _ x: [Scalar], length: Int
  ) -> [Scalar] {
    stride(from: 0, to: x.count, by: length).flatMap { first in
      (0...length / 2).flatMap { bin in
        var (real, imaginary) = (Scalar(0), Scalar(0))
        for t in 0..<length {
          let angle = 2 * Double.pi * Double(bin * t % length) / Double(length)
          real += x[first + t] * Scalar(Elementary.cos(angle))
          imaginary -= x[first + t] * Scalar(Elementary.sin(angle))
        }
        return [real, imaginary]
      }
    }
  }
}
