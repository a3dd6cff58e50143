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
  var scratch: Scratch { Scratch(shared: correlation.scratchCount) }
  var derivedCount: Int { correlation.spreadingCount + correlation.gatheringCount }
  var readsOutputBackward: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func derive(_ weights: DerivedWeights) {
    correlation.deriveSpreading(weights.kernels, weights[kernel], into: weights.derived)
    correlation.deriveGathering(
      weights.kernels, weights[kernel], into: weights.derived + correlation.spreadingCount)
  }

  func forward(_ shard: Shard) {
    correlation.spread(
      shard, shard.values(input), shard.derivedWeights, into: shard.values(output),
      Ending(bias: shard[bias], rectifies: rectifies))
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    let dy = shard.gradients(output)
    shard.addBiasGradient(bias, of: output)
    correlation.weightGradient(
      shard, dy, shard.values(input), into: shard.weightGradient(kernel))
    guard shard.needsGradient(input) else { return }
    let sums = shard.derivedWeights + correlation.spreadingCount
    correlation.gather(
      shard, dy, Taps(taps: shard[kernel], sums: sums), into: shard.gradients(input),
      Ending(
        gate: shard.gate(input), gateStride: shard.stride(input),
        accumulates: accumulating & 1 != 0))
  }
}
