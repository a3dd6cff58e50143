/// The discrete Fourier transform of a row of real numbers: `[N, L, 1]` to `[N, L / 2 + 1, 2]`, for
/// each bin the real and the imaginary part.
///
/// Not normalised, as `numpy.fft.rfft`: 187 samples give 94 bins. The matrix is computed once, in
/// double precision: ``Elementary/realFourierMatrix(length:)``.
public struct RealFourierTransform: Layer {
  /// Describes the transform.
  public init() {}

  /// Adds the transform.
  public func build(_ plan: inout PlanBuilder, _ input: Value) -> Value {
    precondition(
      input.channels == 1, "the Fourier transform takes 1 channel, not \(input.channels)")
    let output = plan.value(length: input.length / 2 + 1, channels: 2)
    plan.append(
      FourierTransforming(
        input: input, output: output, needsInputGradient: plan.needsGradient(input)))
    return output
  }
}
