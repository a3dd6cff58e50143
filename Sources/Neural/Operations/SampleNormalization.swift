import CKernels
import Tensors

/// Layer normalisation: the channels of each sample to mean 0 and variance 1, then a line a channel.
///
/// Reference: ``Reference/layerNormalization(_:scale:offset:epsilon:)``. Each sample's mean and
/// inverse deviation are kept for the backward pass.
struct SampleNormalization: Operation {
  let input: Value
  let output: Value
  let scale: Parameter
  let offset: Parameter
  let epsilon: Float

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [scale, offset] }
  var scratch: Scratch { Scratch(kept: 2 * input.length) }
  var readsOutputGoingBack: Bool { false }

  private func work(_ shard: Shard) -> DetectronLayerNorm {
    DetectronLayerNorm(
      batches: shard.rows, rows: input.length, columns: input.channels, x: shard.value(input),
      x_batch: shard.stride(input), scale: shard[scale], offset: shard[offset], epsilon: epsilon,
      y: nil, y_batch: 0, moments: shard.keptScratch, dy: nil, dy_batch: 0, dx: nil, dx_batch: 0,
      gate: nil, gate_batch: 0, accumulate: 0, dscale: nil, doffset: nil)
  }

  func forward(_ shard: Shard) {
    var work = work(shard)
    work.y = shard.value(output)
    work.y_batch = shard.stride(output)
    shard.kernels.table.layer_norm(&work)
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
    let (dscale, doffset) = (shard.weightGradient(scale), shard.weightGradient(offset))
    if !shard.accumulatesWeights {
      dscale.update(repeating: 0, count: scale.count)
      doffset.update(repeating: 0, count: offset.count)
    }
    work.dscale = dscale
    work.doffset = doffset
    shard.kernels.table.layer_norm_gradient(&work)
  }
}
