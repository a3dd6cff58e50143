internal import CKernels
internal import Dispatch
internal import Synchronization
internal import Tensors

/// The nearest of some rows to each of some others, by Euclidean distance, exactly.
///
/// A matrix product gives `a·b − |b|²/2` in single precision for all pairs; since
/// `|a − b|² = |a|² − 2 (a·b − |b|²/2)`, the nearest row is where it is largest. Every row that
/// could be it, given the largest error of that sum, is measured again in double precision, so that
/// neither rounding nor the order of the work has a say. Of equally near rows it is the first.
struct NearestRows {
  /// The nearest row, by its index in the data set.
  struct Neighbour: Equatable {
    let row: Int
    let squaredDistance: Double
  }

  /// What is near a row.
  struct Neighbours: Equatable {
    /// The nearest of all rows but itself.
    var nearest: Neighbour?
    /// The nearest of those of other people; `nil` where nobody is named.
    var nearestOfOthers: Neighbour?
  }

  private let data: Dataset
  private let panels: [RowPanel]
  private let subjects: [Int]?
  /// The largest norm of a row that is searched.
  private let largestNorm: Double

  /// Lays out the rows that are searched.
  ///
  /// - Parameter rows: Indices in the data set.
  init(_ rows: [Int], of data: Dataset) {
    self.data = data
    subjects = data.origins.map(Self.numbered)
    panels = RowPanel.panels(rows, of: data, subjects: subjects)
    largestNorm = panels.reduce(0) { max($0, $1.largestNorm) }
  }

  /// The people of the rows as numbers, by first appearance.
  private static func numbered(_ origins: [BeatOrigin]) -> [Int] {
    var numbers: [String: Int] = [:]
    return origins.map { origin in
      let number = numbers[origin.subject] ?? numbers.count
      numbers[origin.subject] = number
      return number
    }
  }

  /// What is near each of some rows.
  ///
  /// - Parameters:
  ///   - workers: Threads; the result does not depend on it.
  ///   - isCancelled: Asked now and then; then `CancellationError` is thrown.
  /// - Complexity: O(rows × searched rows × 187).
  func neighbours(
    of rows: [Int], workers: Int, kernels: Kernels = .current,
    isCancelled: @Sendable () -> Bool = { false }
  ) throws -> [Neighbours] {
    let blocks = stride(from: 0, to: rows.count, by: RowBlock.size).map {
      Array(rows[$0..<min($0 + RowBlock.size, rows.count)])
    }
    let found = Mutex([[Neighbours]](repeating: [], count: blocks.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(workers, blocks.count))) { _ in
      let memory = RowBlock()
      while !isCancelled() {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < blocks.count else { return }
        let part = neighbours(of: blocks[index], in: memory, kernels)
        found.withLock { $0[index] = part }
      }
    }
    if isCancelled() { throw CancellationError() }
    return found.withLock { $0.flatMap(\.self) }
  }

  private func neighbours(
    of rows: [Int], in memory: RowBlock, _ kernels: Kernels
  ) -> [Neighbours] {
    memory.load(rows, of: data)
    var searches = rows.map { row in
      let margin = margin(of: row)
      return (all: Candidates(margin: margin), others: Candidates(margin: margin))
    }
    for panel in panels {
      Kernels.flushingDenormals { memory.multiply(panel, rows: rows.count, kernels) }
      for (place, row) in rows.enumerated() {
        let products = memory.products(place, of: panel, without: row)
        searches[place].all.take(products, of: panel)
        if let subjects, panel.subject != subjects[row] {
          searches[place].others.take(products, of: panel)
        }
      }
    }
    return zip(rows, searches).map { row, search in
      Neighbours(
        nearest: nearest(to: row, among: search.all.rows),
        nearestOfOthers: nearest(to: row, among: search.others.rows))
    }
  }

  /// Twice the largest error of a chain of 187 fused multiply-adds that begins with half a squared
  /// norm: n u / (1 − n u) times the sum of its terms' sizes (Higham 2002, doi:10.1137/1.9780898718027,
  /// section 3.1), with room for the rounded start.
  private func margin(of row: Int) -> Float {
    let norm = data.row(row).reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
    let share = 200 * 0x1p-24
    return Float(2 * share * (largestNorm * largestNorm / 2 + norm * largestNorm))
  }

  /// Measures in double precision; the first of the nearest.
  private func nearest(to row: Int, among candidates: [Int]) -> Neighbour? {
    var nearest: Neighbour?
    for candidate in candidates {
      let distance = data.squaredDistance(row, candidate)
      let isNearer = nearest.map {
        (distance, candidate) < ($0.squaredDistance, $0.row)
      }
      if isNearer ?? true { nearest = Neighbour(row: candidate, squaredDistance: distance) }
    }
    return nearest
  }
}

/// The rows that could be the nearest, as far as single precision can say.
private struct Candidates {
  let margin: Float
  private var best = -Float.infinity
  private var found: [(row: Int, product: Float)] = []

  init(margin: Float) { self.margin = margin }

  /// Takes the products of a row with those of a panel.
  mutating func take(_ products: RowProducts, of panel: RowPanel) {
    guard products.largest > -.infinity, products.largest >= best - margin else { return }
    best = max(best, products.largest)
    for (column, row) in panel.rows.enumerated() where products.values[column] >= best - margin {
      if products.values[column] > -.infinity { found.append((row, products.values[column])) }
    }
  }

  var rows: [Int] { found.filter { $0.product >= best - margin }.map(\.row) }
}

extension Dataset {
  /// |a − b|² in double precision, added up sample by sample.
  fileprivate func squaredDistance(_ first: Int, _ second: Int) -> Double {
    rows.withUnsafeBufferPointer { rows in
      var sum = 0.0
      for sample in 0..<rowWidth {
        let difference =
          Double(rows[first * rowWidth + sample]) - Double(rows[second * rowWidth + sample])
        sum += difference * difference
      }
      return sum
    }
  }
}
