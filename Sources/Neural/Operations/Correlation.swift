import CKernels
import Tensors

/// Rows of a batch in memory, a stride apart.
struct Rows {
  let start: UnsafeMutablePointer<Float>
  let stride: Int
}

/// Taps that slide along the samples of a wide side, one position for each sample of a narrow side:
/// the geometry of a convolution, and of its transpose, with the three products that both need.
///
/// A convolution goes forward from wide to narrow; a transposed one from narrow to wide. Weights
/// are `[taps, wide channels, narrow channels]`, so that all taps of one position are one contiguous
/// stretch of the wide side.
struct Correlation: Sendable {
  let wide: Value
  let narrow: Value
  let taps: Int
  let stride: Int
  let dilation: Int
  /// Zeros before each row of the wide side.
  let padding: Int

  private var tapCount: Int { wide.channels * narrow.channels }

  /// Floats of the weights that ``derive(_:_:)`` writes.
  var derivedCount: Int { taps * tapCount + 16 }

  /// Writes the taps in reverse order, each with wide and narrow exchanged, as ``spreading`` reads
  /// them.
  func derive(_ weights: DerivedWeights, _ kernel: Parameter) {
    for tap in 0..<taps {
      weights.kernels.table.transpose(
        wide.channels, narrow.channels, weights[kernel] + tap * tapCount, narrow.channels,
        weights.derived + (taps - 1 - tap) * tapCount, wide.channels)
    }
  }

  /// `narrow[n, t, f] = Σ_k Σ_c wide[n, t·stride + k·dilation − padding, c] · w[k, c, f]`.
  func gathering(
    _ wideRows: Rows, weights: UnsafePointer<Float>, into narrowRows: Rows, rows: Int
  ) -> DetectronProduct {
    var product = DetectronProduct(
      rows: narrow.length, columns: narrow.channels, outer: taps, inner: wide.channels,
      a: wideRows.start - padding * wide.channels, b: weights, c: narrowRows.start)
    product.batches = rows
    product.a_batch = wideRows.stride
    product.a_row = stride * wide.channels
    product.a_outer = dilation * wide.channels
    product.a_inner = 1
    product.b_outer = tapCount
    product.b_inner = narrow.channels
    product.c_batch = narrowRows.stride
    product.c_row = narrow.channels
    return product
  }

  /// `dw[k, c, f] = Σ_n Σ_t wide[n, t·stride + k·dilation − padding, c] · narrow[n, t, f]`.
  func weightGradient(
    _ wideRows: Rows, _ narrowRows: Rows, into gradient: UnsafeMutablePointer<Float>, rows: Int
  ) -> DetectronProduct {
    // With contiguous taps all of them are rows of one product; else each tap is one.
    let contiguous = dilation == 1
    var product = DetectronProduct(
      rows: contiguous ? taps * wide.channels : wide.channels, columns: narrow.channels,
      outer: rows, inner: narrow.length, a: wideRows.start - padding * wide.channels,
      b: narrowRows.start, c: gradient)
    product.batches = contiguous ? 1 : taps
    product.a_batch = dilation * wide.channels
    product.a_row = 1
    product.a_outer = wideRows.stride
    product.a_inner = stride * wide.channels
    product.b_outer = narrowRows.stride
    product.b_inner = narrow.channels
    product.c_batch = tapCount
    product.c_row = narrow.channels
    return product
  }

  /// `wide[n, u, c] = Σ_k Σ_f narrow[n, (u + padding − k·dilation) / stride, f] · w[k, c, f]` for
  /// the samples of one phase, which are a stride apart and meet their own taps; `nil` where there
  /// are none. The weights are those of ``derive(_:_:)``.
  func spreading(
    _ narrowRows: Rows, weights: UnsafePointer<Float>, into wideRows: Rows, rows: Int, phase: Int
  ) -> DetectronProduct? {
    let first = firstSample(phase)
    guard first < wide.length else { return nil }
    let phaseTaps = stride == 1 ? taps : (taps - phase + stride - 1) / stride
    let lastTap = stride == 1 ? taps - 1 : phase + (phaseTaps - 1) * stride
    // The narrow sample that the last of the phase's taps connects with the first sample.
    let sample = phaseTaps > 0 ? floorDivide(first + padding - lastTap * dilation, stride) : 0
    var product = DetectronProduct(
      rows: (wide.length - first + stride - 1) / stride, columns: wide.channels,
      outer: max(phaseTaps, 0), inner: narrow.channels,
      a: narrowRows.start + sample * narrow.channels,
      b: weights + (taps - 1 - max(lastTap, 0)) * tapCount,
      c: wideRows.start + first * wide.channels)
    product.batches = rows
    product.a_batch = narrowRows.stride
    product.a_row = narrow.channels
    product.a_outer = stride == 1 ? dilation * narrow.channels : narrow.channels
    product.a_inner = 1
    product.b_outer = stride * tapCount
    product.b_inner = wide.channels
    product.c_batch = wideRows.stride
    product.c_row = stride * wide.channels
    return product
  }

  /// The first wide sample `u` of a phase: `u + padding ≡ phase` modulo the stride.
  func firstSample(_ phase: Int) -> Int { ((phase - padding) % stride + stride) % stride }

  private func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  /// Zero samples that ``gathering`` and ``weightGradient`` read around the wide side.
  var wideHalo: Halo {
    let end = (narrow.length - 1) * stride + (taps - 1) * dilation + 1 - padding
    return Halo(before: padding, after: max(0, end - wide.length))
  }

  /// Zero samples that ``spreading`` reads around the narrow side.
  var narrowHalo: Halo {
    let reach = (taps - 1) * dilation
    let before = (reach - padding + stride - 1) / stride
    let after = (wide.length - 1 + padding) / stride - (narrow.length - 1)
    return Halo(before: max(0, before), after: max(0, after))
  }
}
