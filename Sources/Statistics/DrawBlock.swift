/// How often each unit counts, a row or a group of rows, for up to eight weightings side by side.
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

  /// The weights of each weighting, one a unit.
  let draws: [[UInt16]]
  /// The same, unit by unit; what no weighting fills is 0.
  let lanes: [Counts]

  /// Puts weightings side by side.
  ///
  /// - Precondition: They are between one and eight, of equally many units.
  init(_ draws: [[UInt16]]) {
    precondition((1...Self.width).contains(draws.count), "\(draws.count) weightings in a block")
    let unitCount = draws[0].count
    precondition(draws.allSatisfy { $0.count == unitCount }, "weightings of different lengths")
    var lanes = [Counts](repeating: .zero, count: unitCount)
    lanes.withUnsafeMutableBytes { bytes in
      let numbers = bytes.bindMemory(to: Int32.self)
      for (lane, weights) in draws.enumerated() {
        for (unit, weight) in weights.enumerated() {
          numbers[unit * Self.width + lane] = Int32(weight)
        }
      }
    }
    self.draws = draws
    self.lanes = lanes
  }

  /// The weights for kernels: `[units][8]`.
  func withWeights<Result>(_ body: (UnsafePointer<Int32>?) -> Result) -> Result {
    lanes.withUnsafeBytes { body($0.bindMemory(to: Int32.self).baseAddress) }
  }

  /// The weights of so many rows of a unit together.
  @inline(__always)
  static func weights(_ lanes: Counts, of rows: Int32) -> Counts {
    // Where rows are drawn, every count is one, and the product not worth its time.
    rows == 1 ? lanes : lanes &* Counts(repeating: rows)
  }
}
