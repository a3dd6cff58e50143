extension Reference {
  /// The geometry of a one-dimensional convolution.
  public struct ConvolutionShape: Sendable {
    /// Rows of the batch.
    public var batch: Int
    /// Samples and channels of the input.
    public var length: Int
    /// Channels of the input.
    public var channels: Int
    /// Channels of the output.
    public var filters: Int
    /// Taps of the kernel.
    public var kernel: Int
    /// Samples from one output to the next.
    public var stride: Int
    /// Samples from one tap to the next.
    public var dilation: Int
    /// Zeros before and after each row.
    public var padding: (before: Int, after: Int)

    /// Creates the geometry.
    public init(
      batch: Int, length: Int, channels: Int, filters: Int, kernel: Int, stride: Int = 1,
      dilation: Int = 1, padding: (before: Int, after: Int) = (0, 0)
    ) {
      self.batch = batch
      self.length = length
      self.channels = channels
      self.filters = filters
      self.kernel = kernel
      self.stride = stride
      self.dilation = dilation
      self.padding = padding
    }

    /// Samples of the output.
    public var outputLength: Int {
      (length + padding.before + padding.after - (kernel - 1) * dilation - 1) / stride + 1
    }

    /// Calls the body with the flat indices of output, input and weight of every product.
    func forEachProduct(_ body: (_ output: Int, _ input: Int, _ weight: Int) -> Void) {
      for n in 0..<batch {
        for t in 0..<outputLength {
          for f in 0..<filters {
            for k in 0..<kernel {
              let sample = t * stride + k * dilation - padding.before
              guard (0..<length).contains(sample) else { continue }
              for c in 0..<channels {
                body(
                  (n * outputLength + t) * filters + f, (n * length + sample) * channels + c,
                  (k * channels + c) * filters + f)
              }
            }
          }
        }
      }
    }
  }

  /// `y[n, t, f] = b[f] + Σ x[n, t·stride + k·dilation − before, c] · w[k, c, f]`.
  public static func convolution<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: [Scalar], bias: [Scalar], shape: ConvolutionShape
  ) -> [Scalar] {
    let outputs = shape.batch * shape.outputLength
    var y = (0..<outputs * shape.filters).map { bias[$0 % shape.filters] }
    shape.forEachProduct { output, input, weight in y[output] += x[input] * weights[weight] }
    return y
  }

  /// The gradients of ``convolution(_:weights:bias:shape:)`` with respect to its three inputs.
  public static func convolutionGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: [Scalar], outputGradient: [Scalar], shape: ConvolutionShape
  ) -> (input: [Scalar], weights: [Scalar], bias: [Scalar]) {
    var dx = [Scalar](repeating: 0, count: x.count)
    var dw = [Scalar](repeating: 0, count: weights.count)
    var db = [Scalar](repeating: 0, count: shape.filters)
    shape.forEachProduct { output, input, weight in
      dx[input] += outputGradient[output] * weights[weight]
      dw[weight] += outputGradient[output] * x[input]
    }
    for (index, gradient) in outputGradient.enumerated() { db[index % shape.filters] += gradient }
    return (dx, dw, db)
  }
}
