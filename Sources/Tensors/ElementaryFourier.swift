extension Elementary {
  /// The matrix of the discrete Fourier transform of `length` real numbers, `[length, 2 · bins]`
  /// with `bins = length / 2 + 1`, row-major: a row of numbers times it is, for each bin `k`, the
  /// real part `Σ x[t] cos(2πkt / length)` and the imaginary part `−Σ x[t] sin(2πkt / length)`.
  ///
  /// Not normalised, as `numpy.fft.rfft`. Computed in double precision and rounded once.
  public static func realFourierMatrix(length: Int) -> [Float] {
    precondition(length > 0, "\(length) numbers have no Fourier transform")
    let angles = (0..<length).map { 2 * Double.pi * Double($0) / Double(length) }
    // Zero minus the sine, since the sine of zero is to give zero and not its negative.
    let line = angles.map { (Float(cos($0)), Float(0 - sin($0))) }
    let bins = length / 2 + 1
    return (0..<length).flatMap { t in
      (0..<bins).flatMap { bin in
        let (real, imaginary) = line[bin * t % length]
        return [real, imaginary]
      }
    }
  }
}
