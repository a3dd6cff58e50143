import CKernels
import Tensors

/// Exchanges samples and channels.
///
/// Reference: ``Reference/transposition(batch:length:channels:)``.
struct Transposition: Operation {
  let input: Value
  let output: Value

  var inputs: [Value] { [input] }
  /// A row's gradient in the input's order, before it is added to the input's.
  var scratch: Scratch { Scratch(kept: input.count) }
  var readsOutputGoingBack: Bool { false }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      shard.kernels.table.transpose(
        input.length, input.channels, shard.value(input) + row * shard.stride(input),
        input.channels, shard.value(output) + row * shard.stride(output), input.length)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    for row in 0..<shard.rows {
      let transposed = shard.keptScratch + row * input.count
      shard.kernels.table.transpose(
        input.channels, input.length,
        shard.gradient(output) + row * shard.gradientStride(output), input.length, transposed,
        input.channels)
      shard.kernels.table.copy(
        input.count, transposed, shard.gate(input).map { $0 + row * shard.stride(input) },
        shard.gradient(input) + row * shard.gradientStride(input),
        accumulating & 1 == 0 ? 0 : 1)
    }
  }
}
