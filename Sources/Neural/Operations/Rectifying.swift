import CKernels
import Tensors

/// `max(x, 0)` where it could not be joined with the operation before.
///
/// Reference: ``Reference/relu(_:)``.
struct Rectifying: Operation {
  let input: Value
  let output: Value

  var inputs: [Value] { [input] }
  var readsInputsBackward: Bool { false }
  var rectifies: Bool { true }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      shard.kernels.table.relu(
        input.count, shard.value(input) + row * shard.stride(input),
        shard.value(output) + row * shard.stride(output))
    }
  }

  /// The output's gradient arrives already gated by whoever wrote it.
  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    let gate = shard.gate(input)
    for row in 0..<shard.rows {
      shard.kernels.table.copy(
        input.count, shard.gradient(output) + row * shard.gradientStride(output),
        gate.map { $0 + row * shard.stride(input) },
        shard.gradient(input) + row * shard.gradientStride(input),
        accumulating & 1 == 0 ? 0 : 1)
    }
  }
}
