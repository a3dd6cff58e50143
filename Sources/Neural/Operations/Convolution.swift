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
  var scratch: Scratch { Scratch(shared: correlation.scratchCount) }
  var derivedCount: Int {
    correlation.gatheringCount + (needsInputGradient ? correlation.spreadingCount : 0)
  }
  var readsOutputBackward: Bool { false }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  func derive(_ weights: DerivedWeights) {
    correlation.deriveGathering(weights.kernels, weights[kernel], into: weights.derived)
    guard needsInputGradient else { return }
    correlation.deriveSpreading(
      weights.kernels, weights[kernel], into: weights.derived + correlation.gatheringCount)
  }

  func forward(_ shard: Shard) {
    forward(
      shard, Taps(taps: shard[kernel], sums: shard.derivedWeights), into: shard.values(output))
  }

  func forward(_ shard: Shard, _ weights: Taps, into y: Rows) {
    correlation.gather(
      shard, shard.values(input), weights, into: y,
      Ending(bias: bias.map { shard[$0] }, rectifies: rectifies))
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    if kernel.isTrained || bias?.isTrained == true { weightGradients(shard) }
    guard shard.needsGradient(input) else { return }
    correlation.spread(
      shard, shard.gradients(output), shard.derivedWeights + correlation.gatheringCount,
      into: shard.gradients(input),
      Ending(
        gate: shard.gate(input), gateStride: shard.stride(input),
        accumulates: accumulating & 1 != 0))
  }

  private func weightGradients(_ shard: Shard) {
    if let bias { shard.addBiasGradient(bias, of: output) }
    correlation.weightGradient(
      shard, shard.values(input), shard.gradients(output), into: shard.weightGradient(kernel))
  }
}
