import CKernels
import Tensors

/// Copies samples to other places of the output, which they fill.
///
/// References: ``Reference/upsampling(batch:length:channels:factor:)``,
/// ``Reference/timeFlip(batch:length:channels:)``.
struct Rearrangement: Operation {
  /// One copy of all samples: sample `t` goes to sample `first + step · t` of the output.
  struct Placement {
    let first: Int
    let step: Int
  }

  let input: Value
  let output: Value
  /// What is moved as one, and how many numbers it has.
  let samples: Int
  let width: Int
  let placements: [Placement]

  var inputs: [Value] { [input] }
  var readsOutputGoingBack: Bool { false }

  /// The same numbers in another shape.
  init(copying input: Value, to output: Value) {
    self.init(
      input: input, output: output, samples: 1, width: input.count,
      placements: [Placement(first: 0, step: 1)])
  }

  /// Each sample to its places.
  init(moving input: Value, to output: Value, placements: [Placement]) {
    self.init(
      input: input, output: output, samples: input.length, width: input.channels,
      placements: placements)
  }

  private init(
    input: Value, output: Value, samples: Int, width: Int, placements: [Placement]
  ) {
    self.input = input
    self.output = output
    self.samples = samples
    self.width = width
    self.placements = placements
  }

  func forward(_ shard: Shard) {
    for placement in placements {
      var copy = DetectronChannels(
        batches: shard.rows, rows: samples, columns: width, x: shard.value(input),
        y: shard.value(output) + placement.first * width)
      copy.x_batch = shard.stride(input)
      copy.y_batch = shard.stride(output)
      copy.y_row = placement.step * width
      shard.kernels.table.scale_channels(&copy)
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    for (index, placement) in placements.enumerated() {
      var copy = DetectronChannels(
        batches: shard.rows, rows: samples, columns: width,
        x: shard.gradient(output) + placement.first * width, y: shard.gradient(input))
      copy.x_batch = shard.gradientStride(output)
      copy.x_row = placement.step * width
      copy.y_batch = shard.gradientStride(input)
      copy.gate = shard.gate(input)
      copy.gate_batch = shard.stride(input)
      copy.accumulate = index > 0 || accumulating & 1 != 0 ? 1 : 0
      shard.kernels.table.scale_channels(&copy)
    }
  }
}
