import CKernels
import Tensors

/// A one-dimensional convolution with bias; a dense layer is one of a single sample and tap.
///
/// Reference: ``Reference/convolution(_:weights:bias:shape:)``. The weights are
/// `[taps, inputs, outputs]`, so that all taps of one output sample are one contiguous stretch of
/// the input.
struct Convolution: Operation {
  let input: Value
  let output: Value
  let kernel: Parameter
  let bias: Parameter
  let taps: Int
  let stride: Int
  let dilation: Int
  /// Zeros before each row.
  let padding: Int
  let needsInputGradient: Bool
  var rectifies = false

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [kernel, bias] }
  var multiplyAdds: Int { output.length * kernel.count }
  var derivedCount: Int { needsInputGradient ? kernel.count + 16 : 0 }

  private var tapCount: Int { input.channels * output.channels }

  func rectified() -> (any Operation)? {
    var copy = self
    copy.rectifies = true
    return copy
  }

  /// The taps in reverse order, each with inputs and outputs exchanged.
  func derive(_ weights: DerivedWeights) {
    guard needsInputGradient else { return }
    for tap in 0..<taps {
      weights.kernels.table.transpose(
        input.channels, output.channels, weights[kernel] + tap * tapCount, output.channels,
        weights.derived + (taps - 1 - tap) * tapCount, input.channels)
    }
  }

  func forward(_ shard: Shard) {
    forward(
      shard, weights: shard[kernel], into: shard.value(output), rowStride: shard.stride(output))
  }

  func forward(
    _ shard: Shard, weights: UnsafePointer<Float>, into y: UnsafeMutablePointer<Float>,
    rowStride: Int
  ) {
    var product = DetectronProduct(
      rows: output.length, columns: output.channels, outer: taps, inner: input.channels,
      a: shard.value(input) - padding * input.channels, b: weights, c: y)
    product.batches = shard.rows
    product.a_batch = shard.stride(input)
    product.a_row = stride * input.channels
    product.a_outer = dilation * input.channels
    product.a_inner = 1
    product.b_outer = tapCount
    product.b_inner = output.channels
    product.c_batch = rowStride
    product.c_row = output.channels
    product.bias = shard[bias]
    product.relu = rectifies ? 1 : 0
    shard.kernels.table.product(&product)
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    if kernel.isTrained || bias.isTrained { weightGradients(shard) }
    if shard.needsGradient(input) { inputGradient(shard, accumulates: accumulating & 1 != 0) }
  }

  /// `dw[k, c, f] += Σ_n Σ_t x[n, t·stride + k·dilation, c] · dy[n, t, f]`.
  private func weightGradients(_ shard: Shard) {
    let accumulate: Int32 = shard.accumulatesWeights ? 1 : 0
    let dy = shard.gradient(output)
    let dyStride = shard.gradientStride(output)
    shard.kernels.table.column_sums(
      shard.rows, output.length, output.channels, dy, dyStride, shard.weightGradient(bias),
      accumulate)
    // With contiguous taps all of them are rows of one product; else each tap is one.
    let contiguous = dilation == 1
    var product = DetectronProduct(
      rows: contiguous ? taps * input.channels : input.channels, columns: output.channels,
      outer: shard.rows, inner: output.length,
      a: shard.value(input) - padding * input.channels, b: dy, c: shard.weightGradient(kernel))
    product.batches = contiguous ? 1 : taps
    product.a_batch = dilation * input.channels
    product.a_row = 1
    product.a_outer = shard.stride(input)
    product.a_inner = stride * input.channels
    product.b_outer = dyStride
    product.b_inner = output.channels
    product.c_batch = tapCount
    product.c_row = output.channels
    product.accumulate = accumulate
    shard.kernels.table.product(&product)
  }

  /// `dx[n, u, c] += Σ_k Σ_f dy[n, (u + padding − k·dilation) / stride, f] · w[k, c, f]`.
  ///
  /// With a stride, the samples fall into as many phases, and each phase meets its own taps.
  private func inputGradient(_ shard: Shard, accumulates: Bool) {
    for phase in 0..<stride {
      // Samples u = first, first + stride, … whose position in the padded row is ≡ phase.
      let first = ((phase - padding) % stride + stride) % stride
      guard first < input.length else { continue }
      let count = (input.length - first + stride - 1) / stride
      let phaseTaps = stride == 1 ? taps : (taps - phase + stride - 1) / stride
      let lastTap = stride == 1 ? taps - 1 : phase + (phaseTaps - 1) * stride
      // The output sample that the last of the phase's taps connects with the first sample.
      let sample = phaseTaps > 0 ? floorDivide(first + padding - lastTap * dilation, stride) : 0
      let base = shard.value(input) + first * input.channels
      var product = DetectronProduct(
        rows: count, columns: input.channels, outer: max(phaseTaps, 0), inner: output.channels,
        a: shard.gradient(output) + sample * output.channels,
        b: shard.derivedWeights + (taps - 1 - max(lastTap, 0)) * tapCount,
        c: shard.gradient(input) + first * input.channels)
      product.batches = shard.rows
      product.a_batch = shard.gradientStride(output)
      product.a_row = output.channels
      product.a_outer = stride == 1 ? dilation * output.channels : output.channels
      product.a_inner = 1
      product.b_outer = stride * tapCount
      product.b_inner = input.channels
      product.c_batch = shard.gradientStride(input)
      product.c_row = stride * input.channels
      product.gate = shard.gate(input) == nil ? nil : UnsafePointer(base)
      product.gate_batch = shard.stride(input)
      product.accumulate = accumulates ? 1 : 0
      shard.kernels.table.product(&product)
    }
  }

  private func floorDivide(_ a: Int, _ b: Int) -> Int {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  /// Zero samples that the input gradient reads around the output's gradient.
  static func gradientHalo(
    input: Int, output: Int, taps: Int, stride: Int, dilation: Int, padding: Int
  ) -> Halo {
    let reach = (taps - 1) * dilation
    let before = (reach - padding + stride - 1) / stride
    let after = (input - 1 + padding) / stride - (output - 1)
    return Halo(before: max(0, before), after: max(0, after))
  }
}
