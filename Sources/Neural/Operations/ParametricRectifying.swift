import CKernels
import Tensors

/// `x` above zero, `slope · x` elsewhere, with trained slopes: one, or one a channel.
///
/// Reference: ``Reference/prelu(_:slope:)``. With a single slope a row is taken as one sample of all
/// its numbers, so that vectors are full whatever the channels.
struct ParametricRectifying: Operation {
  let input: Value
  let output: Value
  let slope: Parameter

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [slope] }
  /// The single slope, a copy a column.
  var derivedCount: Int { isShared ? columns + 16 : 0 }
  /// Each column's gradient.
  var scratch: Scratch { Scratch(keptFixed: columns) }
  var readsOutputGoingBack: Bool { false }

  private var isShared: Bool { slope.count == 1 }
  private var columns: Int { isShared ? input.count : input.channels }

  func derive(_ weights: DerivedWeights) {
    if isShared { weights.derived.update(repeating: weights[slope][0], count: columns) }
  }

  private func work(_ shard: Shard) -> DetectronPReLU {
    DetectronPReLU(
      batches: shard.rows, rows: isShared ? 1 : input.length, columns: columns,
      x: shard.value(input), x_batch: shard.stride(input),
      slope: isShared ? shard.derivedWeights : shard[slope], y: nil, y_batch: 0, dy: nil,
      dy_batch: 0, dx: nil, dx_batch: 0, gate: nil, gate_batch: 0, accumulate: 0, dslope: nil)
  }

  func forward(_ shard: Shard) {
    var work = work(shard)
    work.y = shard.value(output)
    work.y_batch = shard.stride(output)
    shard.kernels.table.prelu(&work)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    var work = work(shard)
    work.dy = UnsafePointer(shard.gradient(output))
    work.dy_batch = shard.gradientStride(output)
    if shard.needsGradient(input) {
      work.dx = shard.gradient(input)
      work.dx_batch = shard.gradientStride(input)
      work.gate = shard.gate(input)
      work.gate_batch = shard.stride(input)
      work.accumulate = accumulating & 1 == 0 ? 0 : 1
    }
    let sums = shard.fixedScratch
    work.dslope = sums
    shard.kernels.table.prelu_gradient(&work)
    let gradient = shard.weightGradient(slope)
    if !shard.accumulatesWeights { gradient.update(repeating: 0, count: slope.count) }
    for column in 0..<columns { gradient[column % slope.count] += sums[column] }
  }
}
