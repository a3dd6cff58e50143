import CKernels
import Tensors

/// A trained sample, put before the samples of every row.
struct TokenInsertion: Operation {
  let input: Value
  let output: Value
  let token: Parameter

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [token] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      let y = shard.value(output) + row * shard.stride(output)
      y.update(from: shard[token], count: token.count)
      (y + token.count).update(
        from: shard.value(input) + row * shard.stride(input), count: input.count)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    let gradient = shard.gradient(output)
    shard.kernels.table.column_sums(
      shard.rows, 1, token.count, gradient, shard.gradientStride(output),
      shard.weightGradient(token), shard.accumulatesWeights ? 1 : 0)
    guard shard.needsGradient(input) else { return }
    let gate = shard.gate(input)
    for row in 0..<shard.rows {
      shard.kernels.table.copy(
        input.count, gradient + row * shard.gradientStride(output) + token.count,
        gate.map { $0 + row * shard.stride(input) },
        shard.gradient(input) + row * shard.gradientStride(input),
        accumulating & 1 == 0 ? 0 : 1)
    }
  }
}
