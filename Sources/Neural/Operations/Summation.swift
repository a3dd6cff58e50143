import CKernels
import Tensors

/// The sum of several values of one shape.
struct Summation: Operation {
  let inputs: [Value]
  let output: Value
  var rectifies = false

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func forward(_ shard: Shard) {
    for (index, input) in inputs.enumerated() {
      var copy = DetectronChannels(
        batches: shard.rows, rows: output.length, columns: output.channels,
        x: shard.value(input), y: shard.value(output))
      copy.x_batch = shard.stride(input)
      copy.y_batch = shard.stride(output)
      copy.accumulate = index == 0 ? 0 : 1
      shard.kernels.table.scale_channels(&copy)
    }
    guard rectifies else { return }
    for row in 0..<shard.rows {
      let y = shard.value(output) + row * shard.stride(output)
      shard.kernels.table.relu(output.count, y, y)
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
