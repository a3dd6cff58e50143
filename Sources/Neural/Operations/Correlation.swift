import CKernels
import Tensors

/// Rows of a batch in memory, a stride apart.
struct Rows {
  let start: UnsafeMutablePointer<Float>
  let stride: Int

  /// Without the first rows.
  func dropping(_ count: Int) -> Rows { Rows(start: start + count * stride, stride: stride) }
}

/// How the results of products end.
struct Ending {
  /// One value a channel, added.
  var bias: UnsafePointer<Float>?
  /// Whether negative results become zero.
  var rectifies = false
  /// Results are kept where this is above zero, in rows a stride apart, else they are zero.
  var gate: UnsafePointer<Float>?
  var gateStride = 0
  /// Whether they are added to what stands there.
  var accumulates = false

  /// That of the rows after the first ones.
  func dropping(_ count: Int) -> Ending {
    var rest = self
    rest.gate = gate.map { $0 + count * gateStride }
    return rest
  }
}

/// Weights as a product reads them, and what ``MinimalFiltering`` derives from them.
struct Taps {
  let taps: UnsafePointer<Float>
  let sums: UnsafePointer<Float>
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

  /// Where three taps lie side by side, and the channels are many, there is a shorter way.
  private var isFiltering: Bool {
    taps == 3 && stride == 1 && dilation == 1
      && min(wide.channels, narrow.channels) >= MinimalFiltering.fewestChannels
  }

  private var gatheringFilter: MinimalFiltering {
    MinimalFiltering(
      inputChannels: wide.channels, outputChannels: narrow.channels, length: narrow.length)
  }

  private var spreadingFilter: MinimalFiltering {
    MinimalFiltering(
      inputChannels: narrow.channels, outputChannels: wide.channels, length: wide.length)
  }

  /// Floats of shared memory that the products need.
  var scratchCount: Int {
    isFiltering ? max(gatheringFilter.scratchCount, spreadingFilter.scratchCount) : 0
  }

  // MARK: Weights

  /// Floats of the taps' sums.
  private var sumCount: Int { isFiltering ? 2 * tapCount + 16 : 0 }
  private var spreadTapCount: Int { taps * tapCount + 16 }

  /// Floats that are derived for ``gather(_:_:_:into:_:)``.
  var gatheringCount: Int { sumCount }
  /// Floats that are derived for ``spread(_:_:_:into:_:)``.
  var spreadingCount: Int { spreadTapCount + sumCount }

  /// Derives what ``gather(_:_:_:into:_:)`` needs beside the weights.
  func deriveGathering(
    _ kernels: Kernels, _ weights: UnsafePointer<Float>, into derived: DerivedMemory
  ) {
    if isFiltering { kernels.table.filter_sums(tapCount, weights, derived) }
  }

  /// Derives what ``spread(_:_:_:into:_:)`` reads: the taps in reverse order, each with wide and
  /// narrow exchanged.
  func deriveSpreading(
    _ kernels: Kernels, _ weights: UnsafePointer<Float>, into derived: DerivedMemory
  ) {
    for tap in 0..<taps {
      kernels.table.transpose(
        wide.channels, narrow.channels, weights + tap * tapCount, narrow.channels,
        derived + (taps - 1 - tap) * tapCount, wide.channels)
    }
    if isFiltering { kernels.table.filter_sums(tapCount, derived, derived + spreadTapCount) }
  }

  // MARK: Products

  /// `narrow[n, t, f] = Σ_k Σ_c wide[n, t·stride + k·dilation − padding, c] · w[k, c, f]`.
  func gather(
    _ shard: Shard, _ wideRows: Rows, _ weights: Taps, into narrowRows: Rows, _ ending: Ending
  ) {
    let first = firstTap(of: wideRows)
    guard !isFiltering else {
      return gatheringFilter.filter(shard, first, weights, into: narrowRows, ending)
    }
    var product = DetectronProduct(
      rows: narrow.length, columns: narrow.channels, outer: taps, inner: wide.channels,
      a: first.start, b: weights.taps, c: narrowRows.start)
    product.batches = shard.rows
    product.a_batch = first.stride
    product.a_row = stride * wide.channels
    product.a_outer = dilation * wide.channels
    product.a_inner = 1
    product.b_outer = tapCount
    product.b_inner = narrow.channels
    product.c_batch = narrowRows.stride
    product.c_row = narrow.channels
    product.end(ending)
    shard.kernels.table.product(&product)
  }

  /// `dw[k, c, f] (+)= Σ_n Σ_t wide[n, t·stride + k·dilation − padding, c] · narrow[n, t, f]`.
  func weightGradient(
    _ shard: Shard, _ wideRows: Rows, _ narrowRows: Rows,
    into gradient: UnsafeMutablePointer<Float>
  ) {
    let first = firstTap(of: wideRows)
    guard !isFiltering else {
      return gatheringFilter.weightGradient(shard, first, narrowRows, into: gradient)
    }
    // With contiguous taps all of them are rows of one product; else each tap is one.
    let contiguous = dilation == 1
    var product = DetectronProduct(
      rows: contiguous ? taps * wide.channels : wide.channels, columns: narrow.channels,
      outer: shard.rows, inner: narrow.length, a: first.start, b: narrowRows.start, c: gradient)
    product.batches = contiguous ? 1 : taps
    product.a_batch = dilation * wide.channels
    product.a_row = 1
    product.a_outer = first.stride
    product.a_inner = stride * wide.channels
    product.b_outer = narrowRows.stride
    product.b_inner = narrow.channels
    product.c_batch = tapCount
    product.c_row = narrow.channels
    product.accumulate = shard.accumulatesWeights ? 1 : 0
    shard.kernels.table.product(&product)
  }

  /// `wide[n, u, c] = Σ_k Σ_f narrow[n, (u + padding − k·dilation) / stride, f] · w[k, c, f]`, from
  /// what ``deriveSpreading(_:_:into:)`` made of the weights.
  func spread(
    _ shard: Shard, _ narrowRows: Rows, _ derived: UnsafePointer<Float>, into wideRows: Rows,
    _ ending: Ending
  ) {
    guard !isFiltering else {
      let first = Rows(
        start: narrowRows.start + (padding - 2) * narrow.channels, stride: narrowRows.stride)
      return spreadingFilter.filter(
        shard, first, Taps(taps: derived, sums: derived + spreadTapCount), into: wideRows, ending)
    }
    for phase in 0..<stride where firstSample(phase) < wide.length {
      var product = spreading(narrowRows, derived, into: wideRows, phase: phase)
      product.batches = shard.rows
      product.end(ending)
      product.gate = ending.gate.map { $0 + firstSample(phase) * wide.channels }
      shard.kernels.table.product(&product)
    }
  }

  /// The product for the samples of one phase, which are a stride apart and meet their own taps.
  private func spreading(
    _ narrowRows: Rows, _ weights: UnsafePointer<Float>, into wideRows: Rows, phase: Int
  ) -> DetectronProduct {
    let first = firstSample(phase)
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

  // MARK: Geometry

  /// The wide rows from the first tap of their first position on, which may lie before them.
  private func firstTap(of rows: Rows) -> Rows {
    Rows(start: rows.start - padding * wide.channels, stride: rows.stride)
  }

  /// The first wide sample `u` of a phase: `u + padding ≡ phase` modulo the stride.
  private func firstSample(_ phase: Int) -> Int { ((phase - padding) % stride + stride) % stride }

  private func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  /// Zero samples that ``gather(_:_:_:into:_:)`` and the weights' gradient read around the wide side.
  var wideHalo: Halo {
    let end = (narrow.length - 1) * stride + (taps - 1) * dilation + 1 - padding
    return Halo(before: padding, after: max(0, end - wide.length))
  }

  /// Zero samples that ``spread(_:_:_:into:_:)`` reads around the narrow side.
  var narrowHalo: Halo {
    let reach = (taps - 1) * dilation
    let before = (reach - padding + stride - 1) / stride
    let after = (wide.length - 1 + padding) / stride - (narrow.length - 1)
    return Halo(before: max(0, before), after: max(0, after))
  }
}

extension DetectronProduct {
  fileprivate mutating func end(_ ending: Ending) {
    bias = ending.bias
    relu = ending.rectifies ? 1 : 0
    gate = ending.gate
    gate_batch = ending.gateStride
    accumulate = ending.accumulates ? 1 : 0
  }
}
