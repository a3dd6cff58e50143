extension Reference {
  /// `max(x, 0)`.
  public static func relu<Scalar: ReferenceScalar>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 > 0 ? $0 : 0 }
  }

  /// The output gradient where the input is above zero, else zero.
  public static func reluGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], outputGradient: [Scalar]
  ) -> [Scalar] {
    zip(x, outputGradient).map { $0 > 0 ? $1 : 0 }
  }

  /// The logistic function `1 / (1 + e^−x)`.
  public static func sigmoid<Scalar: ReferenceScalar>(_ x: [Scalar]) -> [Scalar] {
    x.map { 1 / (1 + Scalar.exponential(-$0)) }
  }

  /// The gradient of ``sigmoid(_:)``.
  public static func sigmoidGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], outputGradient: [Scalar]
  ) -> [Scalar] {
    zip(sigmoid(x), outputGradient).map { y, gradient in gradient * y * (1 - y) }
  }

  /// The hyperbolic tangent.
  public static func tanh<Scalar: ReferenceScalar>(_ x: [Scalar]) -> [Scalar] {
    sigmoid(x.map { 2 * $0 }).map { 2 * $0 - 1 }
  }

  /// The gradient of ``tanh(_:)``.
  public static func tanhGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], outputGradient: [Scalar]
  ) -> [Scalar] {
    zip(Reference.tanh(x), outputGradient).map { y, gradient in gradient * (1 - y * y) }
  }

  /// `x Φ(x)`, with the standard normal distribution `Φ(x) = (1 + erf(x / √2)) / 2`.
  public static func gelu<Scalar: ReferenceScalar>(_ x: [Scalar]) -> [Scalar] {
    x.map { $0 * normalDistribution($0) }
  }

  /// The gradient of ``gelu(_:)``.
  public static func geluGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], outputGradient: [Scalar]
  ) -> [Scalar] {
    zip(x, outputGradient).map { x, gradient in
      let density = Scalar.exponential(-x * x / 2) / (2 * Scalar.pi).squareRoot()
      return gradient * (normalDistribution(x) + x * density)
    }
  }

  private static func normalDistribution<Scalar: ReferenceScalar>(_ x: Scalar) -> Scalar {
    (1 + Scalar.errorFunction(x / Scalar(2).squareRoot())) / 2
  }

  /// `x` above zero, `slope · x` elsewhere; one slope, or one for each of the last channels.
  public static func prelu<Scalar: ReferenceScalar>(_ x: [Scalar], slope: [Scalar]) -> [Scalar] {
    x.enumerated().map { $1 > 0 ? $1 : slope[$0 % slope.count] * $1 }
  }

  /// The gradients of ``prelu(_:slope:)`` with respect to input and slopes.
  public static func preluGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], slope: [Scalar], outputGradient: [Scalar]
  ) -> (input: [Scalar], slope: [Scalar]) {
    var dSlope = [Scalar](repeating: 0, count: slope.count)
    let input = x.indices.map { index -> Scalar in
      guard x[index] <= 0 else { return outputGradient[index] }
      dSlope[index % slope.count] += outputGradient[index] * x[index]
      return outputGradient[index] * slope[index % slope.count]
    }
    return (input, dSlope)
  }

  /// Inverted dropout: zero where `drops`, else `x / (1 − rate)`.
  public static func dropout<Scalar: ReferenceScalar>(
    _ x: [Scalar], rate: Scalar, drops: [Bool]
  ) -> [Scalar] {
    zip(x, drops).map { $1 ? 0 : $0 / (1 - rate) }
  }

  /// Which elements dropout drops: element `64 b + 16 w + l` of a row takes word `w` of the
  /// Philox block with counter `(16 b + l, step, row, 0)`, and is dropped below `rate · 2³²`.
  public static func droppedElements(
    rows: Int, count: Int, generator: Philox, step: UInt32, firstRow: UInt32, rate: Float
  ) -> [Bool] {
    let threshold = UInt32(Double(rate) * 0x1p32)
    return (0..<rows * count).map { index in
      let (row, element) = (index / count, index % count)
      let counter = UInt32(16 * (element / 64) + element % 16)
      let block = generator.block([counter, step, firstRow + UInt32(row), 0])
      return block[element % 64 / 16] < threshold
    }
  }
}
