import CKernels
import Tensors

/// The mean sample of each channel.
///
/// Reference: ``Reference/globalAveragePool(_:batch:length:channels:)``.
struct Averaging: Operation {
  let input: Value
  let output: Value

  var inputs: [Value] { [input] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }
  /// The factor `1 / length`, a copy a channel.
  var derivedCount: Int { input.channels + 16 }

  func derive(_ weights: DerivedWeights) {
    weights.derived.update(repeating: 1 / Float(input.length), count: input.channels)
  }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      let y = shard.value(output) + row * shard.stride(output)
      shard.kernels.table.column_sums(
        1, input.length, input.channels, shard.value(input) + row * shard.stride(input), 0, y, 0)
      shard.kernels.table.multiply(input.channels, y, shard.derivedWeights, nil, y, 0)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    var spread = DetectronChannels(
      batches: shard.rows, rows: input.length, columns: input.channels, x: shard.gradient(output),
      y: shard.gradient(input))
    spread.x_batch = shard.gradientStride(output)
    spread.x_row = 0
    spread.factor = shard.derivedWeights
    spread.y_batch = shard.gradientStride(input)
    spread.gate = shard.gate(input)
    spread.gate_batch = shard.stride(input)
    spread.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.scale_channels(&spread)
  }
}
