import Datasets
import Models
import Neural
import Tensors

/// The rows of a batch, each changed a little; what a row draws depends on seed, epoch and row only.
struct Augmenter {
  private let augmentation: Augmentation
  private let generator: Philox
  private let rows: FloatBuffer
  private let indices: [Int]

  /// Memory for batches of at most so many rows; `nil` where nothing is to be changed.
  init?(_ augmentation: Augmentation, seed: Int, batchSize: Int) {
    guard augmentation != .none else { return nil }
    self.augmentation = augmentation
    generator = Philox(seed: seed, purpose: "augmentation")
    rows = FloatBuffer(count: batchSize * Dataset.rowLength)
    indices = Array(0..<batchSize)
  }

  /// Calls the body with the changed rows as a batch.
  func withBatch<Result>(
    _ order: ArraySlice<Int>, epoch: Int, of inputs: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<UInt8>, _ body: (Batch) -> Result
  ) -> Result {
    let length = Dataset.rowLength
    for (place, row) in order.enumerated() {
      var random = generator.stream(UInt32(truncatingIfNeeded: epoch << 20 ^ row))
      change(
        UnsafeBufferPointer(rebasing: inputs[row * length..<(row + 1) * length]),
        into: rows.start + place * length, random: &random)
    }
    let chosen = order.map { labels[$0] }
    return chosen.withUnsafeBufferPointer { labels in
      body(
        Batch(
          indices[..<order.count],
          of: UnsafeBufferPointer(start: rows.start, count: order.count * length), labels: labels))
    }
  }

  /// Draws the changes of a row and writes it; linear between samples, its ends held where it moves.
  private func change(
    _ row: UnsafeBufferPointer<Float>, into result: UnsafeMutablePointer<Float>,
    random: inout RandomStream
  ) {
    let count = (row.lastIndex { $0 != 0 } ?? -1) + 1
    let shift = random.nextIndex(below: 2 * augmentation.shift + 1) - augmentation.shift
    let height = 1 + augmentation.scaling * random.nextUniform(in: -1...1)
    let stretch = 1 + augmentation.warping * random.nextUniform(in: -1...1)
    let end = min(row.count, Int(Double(count) * stretch) + shift)
    for index in row.indices {
      guard index < end, count > 0 else {
        result[index] = 0
        continue
      }
      let place = min(max(Double(index - shift) / stretch, 0), Double(count - 1))
      let before = Int(place)
      let after = min(before + 1, count - 1)
      let share = place - Double(before)
      let value = Double(row[before]) * (1 - share) + Double(row[after]) * share
      let noise = augmentation.noise > 0 ? augmentation.noise * random.nextNormal() : 0
      result[index] = Float(value * height + noise)
    }
  }
}
