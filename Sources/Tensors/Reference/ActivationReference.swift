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
