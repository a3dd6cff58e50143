import CKernels
import Tensors

/// A convolution of which only the largest sample of each channel is kept.
///
/// Forward it is a convolution and a global maximum; backward only one sample a channel has a
/// gradient, which the kernels use (exactly: the other products are zero). Its weights are kept
/// with the output channel first, `[outputs, taps × inputs]`, as the backward pass reads and writes
/// them; the other order is derived once a step.
struct PeakConvolution: Operation {
  let convolution: Convolution
  let kernel: Parameter
  let bias: Parameter
  let output: Value

  var inputs: [Value] { convolution.inputs }
  var parameters: [Parameter] { [kernel, bias] }
  var multiplyAdds: Int { convolution.multiplyAdds }
  var rectifies: Bool { convolution.rectifies }
  var readsOutputBackward: Bool { false }
  var derivedCount: Int { denseCount + geometry.gatheringCount }
  private var denseCount: Int { kernel.count + 16 }
  private var geometry: Correlation { convolution.correlation }
  private var taps: Int { geometry.taps * convolution.input.channels }
  private var filters: Int { convolution.output.channels }

  var scratch: Scratch {
    Scratch(
      forward: convolution.output.count + 16, kept: filters, shared: geometry.scratchCount)
  }

  /// The weights with the output channel last, for the forward pass.
  func derive(_ weights: DerivedWeights) {
    weights.kernels.table.transpose(
      filters, taps, weights[kernel], taps, weights.derived, filters)
    geometry.deriveGathering(
      weights.kernels, weights.derived, into: weights.derived + denseCount)
  }

  func forward(_ shard: Shard) {
    let dense = shard.forwardScratch
    convolution.forward(
      shard, Taps(taps: shard.derivedWeights, sums: shard.derivedWeights + denseCount),
      into: Rows(start: dense, stride: convolution.output.count))
    shard.keptScratch.withMemoryRebound(to: Int32.self, capacity: shard.rows * filters) {
      shard.kernels.table.peak(
        shard.rows, convolution.output.length, filters, dense, convolution.output.count,
        shard.value(output), $0)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    let input = convolution.input
    shard.keptScratch.withMemoryRebound(to: Int32.self, capacity: shard.rows * filters) { peak in
      var work = DetectronPeakConvolution(
        batches: shard.rows, channels: filters, taps: taps, gradient: shard.gradient(output),
        peak: peak, step: geometry.stride * input.channels, input_batch: shard.stride(input))
      if kernel.isTrained || convolution.bias?.isTrained == true { weightGradients(shard, &work) }
      guard shard.needsGradient(input) else { return }
      work.input_batch = shard.gradientStride(input)
      inputGradient(shard, &work, accumulates: accumulating & 1 != 0)
    }
  }

  private func weightGradients(_ shard: Shard, _ work: inout DetectronPeakConvolution) {
    let x = shard.value(convolution.input) - geometry.padding * convolution.input.channels
    shard.kernels.table.peak_weights(
      &work, x, shard.weightGradient(kernel), shard.weightGradient(bias),
      shard.accumulatesWeights ? 1 : 0)
  }

  private func inputGradient(
    _ shard: Shard, _ work: inout DetectronPeakConvolution, accumulates: Bool
  ) {
    let input = convolution.input
    let dx = shard.gradient(input)
    if !accumulates {
      for row in 0..<shard.rows {
        (dx + row * work.input_batch).update(repeating: 0, count: input.count)
      }
    }
    shard.kernels.table.peak_data(&work, shard[kernel], dx)
    guard let gate = shard.gate(input) else { return }
    for row in 0..<shard.rows {
      let gradient = dx + row * work.input_batch
      shard.kernels.table.copy(
        input.count, gradient, gate + row * shard.stride(input), gradient, 0)
    }
  }
}
