extension Reference {
  /// A transposed convolution: the input gradient of the convolution of this geometry, whose
  /// outputs are its inputs, and a bias.
  ///
  /// `y[n, t·stride + k·dilation − before, c] += x[n, t, f] · w[k, c, f]`; from
  /// `[N, outputLength, filters]` to `[N, length, channels]`, weights `[kernel, channels, filters]`.
  public static func transposedConvolution<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: [Scalar], bias: [Scalar], shape: ConvolutionShape
  ) -> [Scalar] {
    let outputs = shape.batch * shape.length
    var y = (0..<outputs * shape.channels).map { bias[$0 % shape.channels] }
    shape.forEachProduct { input, output, weight in y[output] += x[input] * weights[weight] }
    return y
  }

  /// The gradients of ``transposedConvolution(_:weights:bias:shape:)``.
  public static func transposedConvolutionGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: [Scalar], outputGradient: [Scalar], shape: ConvolutionShape
  ) -> (input: [Scalar], weights: [Scalar], bias: [Scalar]) {
    var dx = [Scalar](repeating: 0, count: x.count)
    var dw = [Scalar](repeating: 0, count: weights.count)
    var db = [Scalar](repeating: 0, count: shape.channels)
    shape.forEachProduct { input, output, weight in
      dx[input] += outputGradient[output] * weights[weight]
      dw[weight] += outputGradient[output] * x[input]
    }
    for (index, gradient) in outputGradient.enumerated() { db[index % shape.channels] += gradient }
    return (dx, dw, db)
  }
}
