import CKernels
import Tensors

/// The sum of two or more values of one shape.
struct Summation: Operation {
  let inputs: [Value]
  let output: Value
  var rectifies = false

  var readsOutputGoingBack: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  /// The first two, then the sum so far and the next.
  func forward(_ shard: Shard) {
    var sum = DetectronChannels(
      batches: shard.rows, rows: output.length, columns: output.channels,
      x: shard.value(inputs[0]), y: shard.value(output))
    sum.x_batch = shard.stride(inputs[0])
    sum.y_batch = shard.stride(output)
    for (index, input) in inputs.enumerated().dropFirst() {
      sum.z = UnsafePointer(shard.value(input))
      sum.z_batch = shard.stride(input)
      sum.relu = rectifies && index == inputs.count - 1 ? 1 : 0
      shard.kernels.table.scale_channels(&sum)
      sum.x = UnsafePointer(shard.value(output))
      sum.x_batch = shard.stride(output)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    for (index, input) in inputs.enumerated() where shard.needsGradient(input) {
      var copy = DetectronChannels(
        batches: shard.rows, rows: output.length, columns: output.channels,
        x: shard.gradient(output), y: shard.gradient(input))
      copy.x_batch = shard.gradientStride(output)
      copy.y_batch = shard.gradientStride(input)
      copy.gate = shard.gate(input)
      copy.gate_batch = shard.stride(input)
      copy.accumulate = accumulating >> UInt(index) & 1 == 0 ? 0 : 1
      shard.kernels.table.scale_channels(&copy)
    }
  }
}
