/// How often each row counts, for up to eight weightings side by side.
///
/// A pass over the rows in the order of their scores waits for memory at each of them; with eight
/// weightings in a vector it does so once for all. Every weighting is summed on its own, in the
/// order of the rows, so that its results do not depend on its neighbours.
struct DrawBlock {
  /// Numbers of rows, one a weighting.
  typealias Counts = SIMD8<Int32>
  /// Sums over rows, one a weighting.
  typealias Sums = SIMD8<Double>

  /// The number of weightings that go side by side.
  static let width = 8

  /// The weights of each weighting, one a row.
  let draws: [[UInt16]]
  /// The same, row by row; what no weighting fills is 0.
  let lanes: [Counts]

  /// Puts weightings side by side.
  ///
  /// - Precondition: They are between one and eight, of equally many rows.
  init(_ draws: [[UInt16]]) {
    precondition((1...Self.width).contains(draws.count), "\(draws.count) weightings in a block")
    let rowCount = draws[0].count
    precondition(draws.allSatisfy { $0.count == rowCount }, "weightings of different lengths")
    var lanes = [Counts](repeating: .zero, count: rowCount)
    lanes.withUnsafeMutableBytes { bytes in
      let numbers = bytes.bindMemory(to: Int32.self)
      for (lane, weights) in draws.enumerated() {
        for (row, weight) in weights.enumerated() {
          numbers[row * Self.width + lane] = Int32(weight)
        }
      }
    }
    self.draws = draws
    self.lanes = lanes
  }
}
