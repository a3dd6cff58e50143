import CKernels
import Tensors

/// Inverted dropout, in place where nothing else reads its input.
///
/// Reference: ``Reference/dropout(_:rate:drops:)``. What is dropped depends on seed, path, step,
/// row in the batch and element only.
struct Dropping: Operation {
  let input: Value
  let output: Value
  let rate: Float
  let path: String

  var inputs: [Value] { [input] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }
  var scratch: Scratch { Scratch(kept: input.count + 16) }

  func forward(_ shard: Shard) {
    guard shard.isTraining else { return pass(shard) }
    let key = Philox(seed: shard.seed, purpose: "dropout", path: path).key
    withUnsafePointer(to: key) { key in
      key.withMemoryRebound(to: UInt32.self, capacity: 2) {
        shard.kernels.table.dropout(
          shard.rows, input.count, $0, UInt32(truncatingIfNeeded: shard.step),
          UInt32(shard.firstRow), rate, shard.value(input), shard.stride(input),
          shard.value(output), shard.stride(output), shard.keptScratch)
      }
    }
  }

  private func pass(_ shard: Shard) {
    guard input.storage != output.storage else { return }
    for row in 0..<shard.rows {
      shard.kernels.table.copy(
        input.count, shard.value(input) + row * shard.stride(input), nil,
        shard.value(output) + row * shard.stride(output), 0)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    let gate = shard.gate(input)
    for row in 0..<shard.rows {
      shard.kernels.table.multiply(
        input.count, shard.gradient(output) + row * shard.gradientStride(output),
        shard.keptScratch + row * input.count, gate.map { $0 + row * shard.stride(input) },
        shard.gradient(input) + row * shard.gradientStride(input),
        accumulating & 1 == 0 ? 0 : 1)
    }
  }
}
