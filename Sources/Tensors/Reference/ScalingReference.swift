extension Reference {
  /// Each channel of each row times its own factor: `[N, L, C]` and `[N, C]` to `[N, L, C]`.
  public static func channelScaling<Scalar: ReferenceScalar>(
    _ x: [Scalar], factors: [Scalar], length: Int, channels: Int
  ) -> [Scalar] {
    x.enumerated().map { $1 * factors[$0 / (length * channels) * channels + $0 % channels] }
  }

  /// The gradients of ``channelScaling(_:factors:length:channels:)``.
  public static func channelScalingGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], factors: [Scalar], outputGradient: [Scalar], length: Int, channels: Int
  ) -> (input: [Scalar], factors: [Scalar]) {
    var dFactors = [Scalar](repeating: 0, count: factors.count)
    for (index, gradient) in outputGradient.enumerated() {
      dFactors[index / (length * channels) * channels + index % channels] += gradient * x[index]
    }
    let input = channelScaling(
      outputGradient, factors: factors, length: length, channels: channels)
    return (input, dFactors)
  }
}
