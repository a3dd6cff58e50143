import Models
import Testing

@testable import Datasets
@testable import Experiments
@testable import Neural

@Suite("Augmentation")
struct AugmenterTests {
  /// Rows of which each has a hundred samples and zeros behind.
  private let rows: [Float] = (0..<4).flatMap { (row: Int) -> [Float] in
    (0..<Dataset.rowLength).map { (sample: Int) -> Float in
      sample < 100 ? Float(1 + (sample * 7 + row * 13) % 50) / 51 : 0
    }
  }

  private func changed(
    _ augmentation: Augmentation, seed: Int = 1, epoch: Int = 1, order: [Int] = [0, 1, 2, 3]
  ) throws -> [[Float]] {
    let augmenter = try #require(Augmenter(augmentation, seed: seed, batchSize: 4))
    return rows.withUnsafeBufferPointer { inputs in
      [UInt8](repeating: 0, count: 4).withUnsafeBufferPointer { labels in
        augmenter.withBatch(order[...], epoch: epoch, of: inputs, labels: labels) { batch in
          (0..<order.count).map { row in
            let start = batch.row(row, count: Dataset.rowLength)
            return Array(UnsafeBufferPointer(start: start, count: Dataset.rowLength))
          }
        }
      }
    }
  }

  @Test("No change needs no augmenter, and changes of size nought change nothing")
  func none() throws {
    #expect(Augmenter(.none, seed: 1, batchSize: 4) == nil)
    // A shift that may be nought is drawn as nought by some epoch.
    let original = Array(rows[..<Dataset.rowLength])
    let drawn = try (1...20).map { try changed(Augmentation(shift: 1), epoch: $0)[0] }
    #expect(drawn.contains(original) && drawn.contains { $0 != original })
  }

  @Test("What a row becomes depends on seed, epoch and row, not on its place in the batch")
  func independent() throws {
    let augmentation = Augmentation(shift: 3, scaling: 0.1, warping: 0.1, noise: 0.05)
    let first = try changed(augmentation)
    #expect(try changed(augmentation, order: [3, 2, 1, 0]) == first.reversed())
    #expect(try changed(augmentation, order: [2])[0] == first[2])
    #expect(try changed(augmentation, seed: 2) != first)
    #expect(try changed(augmentation, epoch: 2) != first)
  }

  @Test("A shift moves a beat by whole samples, and the zeros behind it with it")
  func shift() throws {
    let original = Array(rows[..<Dataset.rowLength])
    for epoch in 1...20 {
      let row = try changed(Augmentation(shift: 3), epoch: epoch)[0]
      let moves = (-3...3).filter { move in
        (3..<97).allSatisfy { row[$0 + move] == original[$0] }
          && (100 + move..<Dataset.rowLength).allSatisfy { row[$0] == 0 }
      }
      #expect(moves.count == 1)
    }
  }

  @Test("Scaling, warping and noise stay within their bounds")
  func bounds() throws {
    let original = Array(rows[..<Dataset.rowLength])
    for epoch in 1...20 {
      let scaled = try changed(Augmentation(scaling: 0.1), epoch: epoch)[0]
      let factor = scaled[0] / original[0]
      #expect(factor > 0.9 && factor < 1.1)
      #expect(zip(scaled, original).allSatisfy { abs($0 - factor * $1) < 1e-6 })
      let warped = try changed(Augmentation(warping: 0.1), epoch: epoch)[0]
      let length = try #require(warped.lastIndex { $0 != 0 }) + 1
      #expect((89...110).contains(length))
      #expect(warped.allSatisfy { $0 >= 0 && $0 <= 1 })
      let noisy = try changed(Augmentation(noise: 0.01), epoch: epoch)[0]
      #expect(zip(noisy, original).allSatisfy { abs($0 - $1) < 0.06 })
      #expect(noisy[100...].allSatisfy { $0 == 0 })
    }
  }
}
