import CKernels
import Tensors

/// The largest of a window of samples, for each channel.
///
/// Reference: ``Reference/maxPool(_:batch:length:channels:window:stride:padding:)``.
struct MaxPooling: Operation {
  let input: Value
  let output: Value
  let window: Int
  let stride: Int
  /// Samples of the first window that lie before the row.
  var before = 0

  var inputs: [Value] { [input] }
  var readsOutputGoingBack: Bool { false }

  func forward(_ shard: Shard) {
    var pooling = geometry(shard)
    pooling.input_batch = shard.stride(input)
    pooling.output_batch = shard.stride(output)
    shard.kernels.table.max_pool(&pooling, shard.value(input), shard.value(output))
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    var pooling = geometry(shard)
    pooling.input_batch = shard.stride(input)
    pooling.output_batch = shard.gradientStride(output)
    pooling.gradient_batch = shard.gradientStride(input)
    shard.kernels.table.max_pool_gradient(
      &pooling, shard.value(input), shard.gradient(output), shard.gradient(input),
      shard.gate(input) == nil ? 0 : 1, accumulating & 1 == 0 ? 0 : 1)
  }

  private func geometry(_ shard: Shard) -> DetectronPooling {
    DetectronPooling(
      batches: shard.rows, length: input.length, pooled: output.length, channels: input.channels,
      window: window, stride: stride, before: before, input_batch: 0, output_batch: 0,
      gradient_batch: 0)
  }
}
