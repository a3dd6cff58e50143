import CKernels
import Tensors

/// One sample of each row.
struct SampleSelection: Operation {
  let input: Value
  let output: Value
  let sample: Int

  var inputs: [Value] { [input] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  private var first: Int { sample * input.channels }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      (shard.value(output) + row * shard.stride(output)).update(
        from: shard.value(input) + row * shard.stride(input) + first, count: input.channels)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    let gate = shard.gate(input)
    for row in 0..<shard.rows {
      let gradient = shard.gradient(input) + row * shard.gradientStride(input)
      if accumulating & 1 == 0 { gradient.update(repeating: 0, count: input.count) }
      shard.kernels.table.copy(
        input.channels, shard.gradient(output) + row * shard.gradientStride(output),
        gate.map { $0 + row * shard.stride(input) + first }, gradient + first,
        accumulating & 1 == 0 ? 0 : 1)
    }
  }
}
