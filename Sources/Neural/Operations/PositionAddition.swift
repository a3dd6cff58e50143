import CKernels
import Tensors

/// A table of a number for each sample and channel, added to every row.
struct PositionAddition: Operation {
  let input: Value
  let output: Value
  let table: Parameter

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [table] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  /// A row is one line of columns, the table its offsets.
  func forward(_ shard: Shard) {
    var line = DetectronChannels(
      batches: shard.rows, rows: 1, columns: input.count, x: shard.value(input),
      y: shard.value(output))
    line.x_batch = shard.stride(input)
    line.y_batch = shard.stride(output)
    line.offset = shard[table]
    shard.kernels.table.scale_channels(&line)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    shard.kernels.table.column_sums(
      shard.rows, 1, input.count, shard.gradient(output), shard.gradientStride(output),
      shard.weightGradient(table), shard.accumulatesWeights ? 1 : 0)
    guard shard.needsGradient(input) else { return }
    var copy = DetectronChannels(
      batches: shard.rows, rows: 1, columns: input.count, x: shard.gradient(output),
      y: shard.gradient(input))
    copy.x_batch = shard.gradientStride(output)
    copy.y_batch = shard.gradientStride(input)
    copy.gate = shard.gate(input)
    copy.gate_batch = shard.stride(input)
    copy.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.scale_channels(&copy)
  }
}
