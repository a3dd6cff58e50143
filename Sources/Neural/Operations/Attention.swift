import CKernels
import Tensors

/// What the heads of an attention layer do between its projections: `softmax(Q Kᵀ / √d) V`.
///
/// Reference: ``Reference/attention(_:factors:shape:)``. The input holds queries, keys and values
/// of all heads beside each other, `[N, L, 3 · heads · width]`. Scores stand as `[keys][heads ·
/// queries]`, queries in the lanes: the softmax then goes down the columns, and the products of all
/// heads of a row are one call each. Dropout counts a row's weights in that order, each key's line
/// filled up to a multiple of 16.
struct Attention: Operation {
  let input: Value
  let output: Value
  let heads: Int
  /// Channels of a head.
  let width: Int
  /// The share of the weights that is dropped while training.
  let dropoutRate: Float
  let path: String

  var inputs: [Value] { [input] }
  var multiplyAdds: Int { 2 * length * length * output.channels }
  var readsOutputBackward: Bool { false }
  var scratch: Scratch {
    Scratch(
      kept: (dropoutRate > 0 ? 2 : 1) * scoreCount,
      shared: output.channels * transposedRow + 2 * scoreCount)
  }

  private var length: Int { input.length }
  /// Floats from one key's scores to the next key's.
  private var scoreRow: Int { (heads * length + 15) / 16 * 16 }
  /// Floats of the scores of a row of the batch.
  private var scoreCount: Int { length * scoreRow }
  /// Floats from one channel to the next of samples that stand in the lanes.
  private var transposedRow: Int { (length + 15) / 16 * 16 }

  /// The memory of one row of the batch.
  private struct Memory {
    /// The weights after the softmax, and the factors by which dropout scales them.
    let weights: UnsafeMutablePointer<Float>
    let factors: UnsafeMutablePointer<Float>
    /// `[heads · width][samples]`.
    let transposed: UnsafeMutablePointer<Float>
    /// Weights after the dropout; gradients of weights and scores.
    let dropped: UnsafeMutablePointer<Float>
    let gradients: UnsafeMutablePointer<Float>
  }

  private func memory(_ shard: Shard, row: Int) -> Memory {
    let weights = shard.keptScratch + row * scratch.kept
    let transposed = shard.sharedScratch
    let dropped = transposed + output.channels * transposedRow
    return Memory(
      weights: weights, factors: weights + scoreCount, transposed: transposed, dropped: dropped,
      gradients: dropped + scoreCount)
  }

  private var scale: Float { 1 / Float(width).squareRoot() }

  // MARK: Forward

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      let memory = memory(shard, row: row)
      let queries = shard.value(input) + row * shard.stride(input)
      let keys = queries + output.channels
      transpose(shard, queries, row: input.channels, into: memory.transposed)
      scores(shard, keys, memory.transposed, into: memory.weights)
      shard.kernels.table.softmax(length, scoreRow, scale, memory.weights)
      gather(
        shard, drop(shard, memory, row: row), keys + output.channels,
        into: shard.value(output) + row * shard.stride(output), row: output.channels)
    }
  }

  /// The weights with dropout, which is off outside training.
  private func drop(_ shard: Shard, _ memory: Memory, row: Int) -> UnsafePointer<Float> {
    guard shard.isTraining, dropoutRate > 0 else { return UnsafePointer(memory.weights) }
    let key = Philox(seed: shard.seed, purpose: "dropout", path: path).key
    withUnsafePointer(to: key) { key in
      key.withMemoryRebound(to: UInt32.self, capacity: 2) {
        shard.kernels.table.dropout(
          1, scoreCount, $0, UInt32(truncatingIfNeeded: shard.step), UInt32(shard.firstRow + row),
          dropoutRate, memory.weights, scoreCount, memory.dropped, scoreCount, memory.factors)
      }
    }
    return UnsafePointer(memory.dropped)
  }

  // MARK: Backward

  /// Only the projections before it see its input: nothing is gated or added up.
  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    for row in 0..<shard.rows {
      let memory = memory(shard, row: row)
      let queries = UnsafePointer(shard.value(input) + row * shard.stride(input))
      let keys = queries + output.channels
      let gradient = shard.gradient(output) + row * shard.gradientStride(output)
      let queryGradient = shard.gradient(input) + row * shard.gradientStride(input)
      let keyGradient = queryGradient + output.channels
      transpose(shard, gradient, row: output.channels, into: memory.transposed)
      scores(shard, keys + output.channels, memory.transposed, into: memory.gradients)
      spread(
        shard, undropped(shard, memory), gradient, row: output.channels,
        into: keyGradient + output.channels)
      shard.kernels.table.softmax_gradient(
        length, scoreRow, scale, memory.weights, memory.gradients)
      gather(shard, memory.gradients, keys, into: queryGradient, row: input.channels)
      spread(shard, memory.gradients, queries, row: input.channels, into: keyGradient)
    }
  }

  /// Takes the dropout out of the gradients of the weights; returns the weights as they were used.
  private func undropped(_ shard: Shard, _ memory: Memory) -> UnsafePointer<Float> {
    guard dropoutRate > 0 else { return UnsafePointer(memory.weights) }
    let multiply = shard.kernels.table.multiply
    multiply(scoreCount, memory.gradients, memory.factors, nil, memory.gradients, 0)
    multiply(scoreCount, memory.weights, memory.factors, nil, memory.dropped, 0)
    return UnsafePointer(memory.dropped)
  }

  // MARK: Products of all heads of a row

  private func transpose(
    _ shard: Shard, _ samples: UnsafePointer<Float>, row: Int,
    into transposed: UnsafeMutablePointer<Float>
  ) {
    shard.kernels.table.transpose(
      length, output.channels, samples, row, transposed, transposedRow)
  }

  /// `scores[k][h, q] = Σ_c a[k][h, c] · transposed[h, c][q]`.
  private func scores(
    _ shard: Shard, _ a: UnsafePointer<Float>, _ transposed: UnsafePointer<Float>,
    into scores: UnsafeMutablePointer<Float>
  ) {
    var product = DetectronProduct(
      rows: length, columns: length, outer: 1, inner: width, a: a, b: transposed, c: scores)
    product.batches = heads
    product.a_batch = width
    product.a_row = input.channels
    product.a_inner = 1
    product.b_batch = width * transposedRow
    product.b_inner = transposedRow
    product.c_batch = length
    product.c_row = scoreRow
    shard.kernels.table.product(&product)
  }

  /// `out[q][h, c] = Σ_k scores[k][h, q] · samples[k][h, c]`; samples stand in rows of the input.
  private func gather(
    _ shard: Shard, _ scores: UnsafePointer<Float>, _ samples: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>, row: Int
  ) {
    var product = headwise(scores, samples, into: out)
    product.a_row = 1
    product.a_inner = scoreRow
    product.b_inner = input.channels
    product.c_row = row
    shard.kernels.table.product(&product)
  }

  /// `out[k][h, c] = Σ_q scores[k][h, q] · samples[q][h, c]`; the result stands in rows of the
  /// input.
  private func spread(
    _ shard: Shard, _ scores: UnsafePointer<Float>, _ samples: UnsafePointer<Float>, row: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    var product = headwise(scores, samples, into: out)
    product.a_row = scoreRow
    product.a_inner = 1
    product.b_inner = row
    product.c_row = input.channels
    shard.kernels.table.product(&product)
  }

  private func headwise(
    _ scores: UnsafePointer<Float>, _ samples: UnsafePointer<Float>,
    into out: UnsafeMutablePointer<Float>
  ) -> DetectronProduct {
    var product = DetectronProduct(
      rows: length, columns: width, outer: 1, inner: length, a: scores, b: samples, c: out)
    product.batches = heads
    product.a_batch = length
    product.b_batch = width
    product.c_batch = width
    return product
  }
}
