import CKernels
import Tensors

/// The channels of several values beside each other.
struct Concatenation: Operation {
  let inputs: [Value]
  let output: Value

  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  /// Calls the body with each input and its first channel in the output.
  private func forEachInput(_ body: (_ index: Int, _ input: Value, _ first: Int) -> Void) {
    var first = 0
    for (index, input) in inputs.enumerated() {
      body(index, input, first)
      first += input.channels
    }
  }

  func forward(_ shard: Shard) {
    forEachInput { _, input, first in
      var copy = DetectronChannels(
        batches: shard.rows, rows: input.length, columns: input.channels, x: shard.value(input),
        y: shard.value(output) + first)
      copy.x_batch = shard.stride(input)
      copy.y_batch = shard.stride(output)
      copy.y_row = output.channels
      shard.kernels.table.scale_channels(&copy)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    forEachInput { index, input, first in
      guard shard.needsGradient(input) else { return }
      var copy = DetectronChannels(
        batches: shard.rows, rows: input.length, columns: input.channels,
        x: shard.gradient(output) + first, y: shard.gradient(input))
      copy.x_batch = shard.gradientStride(output)
      copy.x_row = output.channels
      copy.y_batch = shard.gradientStride(input)
      copy.gate = shard.gate(input)
      copy.gate_batch = shard.stride(input)
      copy.accumulate = accumulating >> UInt(index) & 1 == 0 ? 0 : 1
      shard.kernels.table.scale_channels(&copy)
    }
  }
}
