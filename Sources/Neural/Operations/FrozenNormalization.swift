import CKernels
import Tensors

/// A frozen batch normalisation: one line a channel from the stored statistics, while training too.
///
/// Rows do not depend on each other, so the shards need not meet.
struct FrozenNormalization: Operation {
  let input: Value
  let output: Value
  let statistics: NormalizationParameters
  let epsilon: Float
  var rectifies = false

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { statistics.all }
  var derivedCount: Int { 2 * room }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  private var channels: Int { input.channels }
  private var room: Int { (channels + 15) / 16 * 16 }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func derive(_ weights: DerivedWeights) {
    statistics.deriveLine(
      weights, epsilon: epsilon, factor: weights.derived, offset: weights.derived + room)
  }

  func forward(_ shard: Shard) {
    var line = DetectronChannels(
      batches: shard.rows, rows: input.length, columns: channels, x: shard.value(input),
      y: shard.value(output))
    line.x_batch = shard.stride(input)
    line.y_batch = shard.stride(output)
    line.factor = shard.derivedWeights
    line.offset = shard.derivedWeights + room
    line.relu = rectifies ? 1 : 0
    shard.kernels.table.scale_channels(&line)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    var line = DetectronChannels(
      batches: shard.rows, rows: input.length, columns: channels, x: shard.gradient(output),
      y: shard.gradient(input))
    line.x_batch = shard.gradientStride(output)
    line.y_batch = shard.gradientStride(input)
    line.factor = shard.derivedWeights
    line.gate = shard.gate(input)
    line.gate_batch = shard.stride(input)
    line.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.scale_channels(&line)
  }
}
