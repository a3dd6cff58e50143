import CKernels
import Tensors

/// Each channel of each row times its own factor, `[N, L, C]` by `[N, 1, C]`.
///
/// Reference: ``Reference/channelScaling(_:factors:length:channels:)``.
struct Scaling: Operation {
  let input: Value
  let factors: Value
  let output: Value

  var inputs: [Value] { [input, factors] }
  /// The gradient of a row's factors, before it is added to theirs.
  var scratch: Scratch { Scratch(kept: factors.channels) }
  /// Zeros, a copy a channel.
  var derivedCount: Int { factors.channels + 16 }
  var readsOutputGoingBack: Bool { false }

  func derive(_ weights: DerivedWeights) {
    weights.derived.update(repeating: 0, count: factors.channels)
  }

  private func factor(_ shard: Shard, _ row: Int) -> UnsafePointer<Float> {
    UnsafePointer(shard.value(factors)) + row * shard.stride(factors)
  }

  func forward(_ shard: Shard) {
    for row in 0..<shard.rows {
      var work = DetectronChannels(
        batches: 1, rows: input.length, columns: input.channels,
        x: shard.value(input) + row * shard.stride(input),
        y: shard.value(output) + row * shard.stride(output))
      work.factor = factor(shard, row)
      shard.kernels.table.scale_channels(&work)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    for row in 0..<shard.rows {
      let dy = shard.gradient(output) + row * shard.gradientStride(output)
      if shard.needsGradient(factors) {
        factorGradient(shard, row, dy, accumulate: accumulating & 2 == 0 ? 0 : 1)
      }
      guard shard.needsGradient(input) else { continue }
      var work = DetectronChannels(
        batches: 1, rows: input.length, columns: input.channels, x: dy,
        y: shard.gradient(input) + row * shard.gradientStride(input))
      work.factor = factor(shard, row)
      work.gate = shard.gate(input).map { $0 + row * shard.stride(input) }
      work.accumulate = accumulating & 1 == 0 ? 0 : 1
      shard.kernels.table.scale_channels(&work)
    }
  }

  /// `Σ_t dy[t, c] · x[t, c]`.
  private func factorGradient(
    _ shard: Shard, _ row: Int, _ dy: UnsafePointer<Float>, accumulate: Int32
  ) {
    let sums = shard.keptScratch + row * factors.channels
    shard.kernels.table.centered_products(
      1, input.length, input.channels, shard.value(input) + row * shard.stride(input), 0, dy, 0,
      shard.derivedWeights, sums)
    shard.kernels.table.copy(
      factors.channels, sums, shard.gate(factors).map { $0 + row * shard.stride(factors) },
      shard.gradient(factors) + row * shard.gradientStride(factors), accumulate)
  }
}
