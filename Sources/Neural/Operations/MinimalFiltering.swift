import CKernels
import Tensors

/// A correlation of three neighbouring taps that computes two neighbouring samples at a time, with
/// four products instead of six.
///
/// With the samples `d0 … d3` and taps `g0 … g2` of a pair, `y0 = (d0 − d2) g0 + m₁ + m₂` and
/// `y1 = (d3 − d1) g2 + m₁ − m₂`, where `m₁ = (d1 + d2)(g0 + g1 + g2)/2` and
/// `m₂ = (d2 − d1)(g0 − g1 + g2)/2`. The gradient of the taps is the same turned round.
///
/// Source: Winograd 1980, doi:10.1137/1.9781611970364; Lavin and Gray, doi:10.1109/CVPR.2016.435.
struct MinimalFiltering: Sendable {
  let inputChannels: Int
  let outputChannels: Int
  /// Outputs a row.
  let length: Int

  /// From this many channels on both sides the sums cost less than the products that they save.
  static let fewestChannels = 32
  /// Floats of the samples' sums, so that they stay in the caches between two products.
  private static let blockCount = 1 << 15

  private var tapCount: Int { inputChannels * outputChannels }
  private var pairs: Int { (length + 1) / 2 }
  /// Rows that go through the products together.
  private var blockRows: Int {
    max(1, min(16, Self.blockCount / (4 * pairs * max(inputChannels, outputChannels))))
  }

  /// Scratch memory, in floats: the samples' sums, two slabs of the other side, the taps' products.
  var scratchCount: Int { productStart + 4 * tapCount }
  private var otherStart: Int { 4 * blockRows * pairs * inputChannels }
  private var productStart: Int { otherStart + 2 * blockRows * pairs * outputChannels }

  /// Computes `y` from the rows `x`, which begin at the first output's first tap.
  func filter(_ shard: Shard, _ x: Rows, _ weights: Taps, into y: Rows, _ ending: Ending) {
    for first in stride(from: 0, to: shard.rows, by: blockRows) {
      let rows = min(blockRows, shard.rows - first)
      filterBlock(
        shard, x.dropping(first), weights, into: y.dropping(first), ending.dropping(first),
        rows: rows)
    }
  }

  private func filterBlock(
    _ shard: Shard, _ x: Rows, _ weights: Taps, into y: Rows, _ ending: Ending, rows: Int
  ) {
    let samples = shard.sharedScratch
    let sums = samples + otherStart
    let table = shard.kernels.table
    var inputs = DetectronFiltering(batches: rows, length: length, channels: inputChannels)
    table.filter_inputs(&inputs, x.start, x.stride, samples)
    for slab in 0..<2 {
      var product = self.product(
        rows: rows * pairs, samples + (1 + slab) * slabCount(rows), weights.sums + slab * tapCount,
        sums + slab * rows * pairs * outputChannels)
      table.product(&product)
    }
    var outputs = DetectronFiltering(batches: rows, length: length, channels: outputChannels)
    table.filter_outputs(
      &outputs, sums, ending.bias, ending.accumulates ? 1 : 0, y.start, y.stride)
    for side in 0..<2 {
      var product = self.product(
        rows: side == 0 ? pairs : length / 2, samples + side * 3 * slabCount(rows),
        weights.taps + side * 2 * tapCount, y.start + side * outputChannels)
      product.batches = rows
      product.a_batch = pairs * inputChannels
      product.c_batch = y.stride
      product.c_row = 2 * outputChannels
      product.accumulate = 1
      product.relu = ending.rectifies ? 1 : 0
      product.gate = ending.gate.map { $0 + side * outputChannels }
      product.gate_batch = ending.gateStride
      table.product(&product)
    }
  }

  private func slabCount(_ rows: Int) -> Int { rows * pairs * inputChannels }

  /// Contiguous rows of samples times one tap.
  private func product(
    rows: Int, _ samples: UnsafePointer<Float>, _ tap: UnsafePointer<Float>,
    _ result: UnsafeMutablePointer<Float>
  ) -> DetectronProduct {
    var product = DetectronProduct(
      rows: rows, columns: outputChannels, outer: 1, inner: inputChannels, a: samples, b: tap,
      c: result)
    product.a_row = inputChannels
    product.a_inner = 1
    product.b_inner = outputChannels
    product.c_row = outputChannels
    return product
  }

  /// Writes or adds the gradient of the taps, `[3, input channels, output channels]`, from the rows
  /// `x`, which begin at the first output's first tap, and the outputs' gradients.
  func weightGradient(
    _ shard: Shard, _ x: Rows, _ dy: Rows, into gradient: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: 0, to: shard.rows, by: blockRows) {
      addProducts(
        shard, x.dropping(first), dy.dropping(first),
        rows: min(blockRows, shard.rows - first), isFirst: first == 0)
    }
    shard.kernels.table.filter_weights(
      tapCount, shard.sharedScratch + productStart, gradient,
      shard.accumulatesWeights ? 1 : 0)
  }

  private func addProducts(_ shard: Shard, _ x: Rows, _ dy: Rows, rows: Int, isFirst: Bool) {
    let samples = shard.sharedScratch
    let sums = samples + otherStart
    let table = shard.kernels.table
    var inputs = DetectronFiltering(batches: rows, length: length, channels: inputChannels)
    table.filter_inputs(&inputs, x.start, x.stride, samples)
    var outputs = DetectronFiltering(batches: rows, length: length, channels: outputChannels)
    table.filter_gradients(&outputs, dy.start, dy.stride, sums)
    for slab in 0..<4 {
      var product = DetectronProduct(
        rows: inputChannels, columns: outputChannels, outer: rows,
        inner: slab == 3 ? length / 2 : pairs, a: samples + slab * slabCount(rows),
        b: sums + (slab == 2 ? rows * pairs * outputChannels : 0),
        c: samples + productStart + slab * tapCount)
      product.a_row = 1
      product.a_outer = pairs * inputChannels
      product.a_inner = inputChannels
      product.b_outer = pairs * outputChannels
      product.b_inner = outputChannels
      if slab == 0 || slab == 3 {
        product.b = UnsafePointer(dy.start) + (slab == 3 ? outputChannels : 0)
        product.b_outer = dy.stride
        product.b_inner = 2 * outputChannels
      }
      product.c_row = outputChannels
      product.accumulate = isFirst ? 0 : 1
      table.product(&product)
    }
  }
}
