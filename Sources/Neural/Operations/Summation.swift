import CKernels
import Tensors

/// The sum of two or more values of one shape.
struct Summation: Operation {
  let inputs: [Value]
  let output: Value
  var rectifies = false

  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  /// The first two, then the sum so far and the next.
  func forward(_ shard: Shard) {
    for index in inputs.count == 1 ? 0..<1 : 1..<inputs.count {
      let isFirst = index <= 1
      var sum = DetectronChannels(
        batches: shard.rows, rows: output.length, columns: output.channels,
        x: isFirst ? shard.value(inputs[0]) : shard.value(output), y: shard.value(output))
      sum.x_batch = shard.stride(isFirst ? inputs[0] : output)
      if index > 0 {
        sum.z = UnsafePointer(shard.value(inputs[index]))
        sum.z_batch = shard.stride(inputs[index])
      }
      sum.y_batch = shard.stride(output)
      sum.relu = rectifies && index == inputs.count - 1 ? 1 : 0
      shard.kernels.table.scale_channels(&sum)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    for (index, input) in inputs.enumerated()
    where shard.needsGradient(input) && !shard.sharesGradient(input, output) {
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
