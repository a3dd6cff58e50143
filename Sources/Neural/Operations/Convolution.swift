import CKernels
import Tensors

/// A one-dimensional convolution; a dense layer is one of a single sample and tap.
///
/// Reference: ``Reference/convolution(_:weights:bias:shape:)``.
struct Convolution: Operation {
  let correlation: Correlation
  let kernel: Parameter
  let bias: Parameter?
  let needsInputGradient: Bool
  var rectifies = false

  var input: Value { correlation.wide }
  var output: Value { correlation.narrow }
  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [kernel] + (bias.map { [$0] } ?? []) }
  var multiplyAdds: Int { output.length * kernel.count }
  var derivedCount: Int { needsInputGradient ? correlation.derivedCount : 0 }
  var readsOutputBackward: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func derive(_ weights: DerivedWeights) {
    if needsInputGradient { correlation.derive(weights, kernel) }
  }

  func forward(_ shard: Shard) {
    forward(shard, weights: shard[kernel], into: shard.values(output))
  }

  func forward(_ shard: Shard, weights: UnsafePointer<Float>, into y: Rows) {
    var product = correlation.gathering(
      shard.values(input), weights: weights, into: y, rows: shard.rows)
    product.bias = bias.map { shard[$0] }
    product.relu = rectifies ? 1 : 0
    shard.kernels.table.product(&product)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    if kernel.isTrained || bias?.isTrained == true { weightGradients(shard) }
    if shard.needsGradient(input) { inputGradient(shard, accumulates: accumulating & 1 != 0) }
  }

  private func weightGradients(_ shard: Shard) {
    if let bias { shard.addBiasGradient(bias, of: output) }
    var product = correlation.weightGradient(
      shard.values(input), shard.gradients(output), into: shard.weightGradient(kernel),
      rows: shard.rows)
    product.accumulate = shard.accumulatesWeights ? 1 : 0
    shard.kernels.table.product(&product)
  }

  private func inputGradient(_ shard: Shard, accumulates: Bool) {
    for phase in 0..<correlation.stride {
      guard
        var product = correlation.spreading(
          shard.gradients(output), weights: shard.derivedWeights, into: shard.gradients(input),
          rows: shard.rows, phase: phase)
      else { continue }
      product.gate = shard.gate(input).map {
        $0 + correlation.firstSample(phase) * input.channels
      }
      product.gate_batch = shard.stride(input)
      product.accumulate = accumulates ? 1 : 0
      shard.kernels.table.product(&product)
    }
  }
}
