import CKernels
import Tensors

/// A transposed convolution: forward it is a convolution's input gradient, and back a convolution.
///
/// Reference: ``Reference/transposedConvolution(_:weights:bias:shape:)``.
struct TransposedConvolution: Operation {
  let correlation: Correlation
  let kernel: Parameter
  let bias: Parameter
  var rectifies = false

  var input: Value { correlation.narrow }
  var output: Value { correlation.wide }
  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [kernel, bias] }
  var multiplyAdds: Int { input.length * kernel.count }
  var derivedCount: Int { correlation.derivedCount }
  var readsOutputGoingBack: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func derive(_ weights: DerivedWeights) { correlation.derive(weights, kernel) }

  func forward(_ shard: Shard) {
    for phase in 0..<correlation.stride {
      guard
        var product = correlation.spreading(
          shard.values(input), weights: shard.derivedWeights, into: shard.values(output),
          rows: shard.rows, phase: phase)
      else { continue }
      product.bias = shard[bias]
      product.relu = rectifies ? 1 : 0
      shard.kernels.table.product(&product)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    let dy = shard.gradients(output)
    shard.addBiasGradient(bias, of: output)
    var product = correlation.weightGradient(
      dy, shard.values(input), into: shard.weightGradient(kernel), rows: shard.rows)
    product.accumulate = shard.accumulatesWeights ? 1 : 0
    shard.kernels.table.product(&product)
    guard shard.needsGradient(input) else { return }
    product = correlation.gathering(
      dy, weights: shard[kernel], into: shard.gradients(input), rows: shard.rows)
    product.gate = shard.gate(input)
    product.gate_batch = shard.stride(input)
    product.accumulate = accumulating & 1 == 0 ? 0 : 1
    shard.kernels.table.product(&product)
  }
}
