/// Where each piece of memory lies in a shard's arena, and for how long.
///
/// Time is counted in operations: operation `i` of `n` runs forward at `i` and backward at
/// `2n − 1 − i`. Pieces that are never alive together share the same floats, so that a step stays
/// inside the processor's caches.
struct ArenaLayout: Sendable {
  /// Offsets of each storage's first row (halo included) of values and of gradients.
  private(set) var values: [Int] = []
  private(set) var gradients: [Int] = []
  /// Offsets of each operation's scratch memory.
  private(set) var forwardScratch: [Int] = []
  private(set) var keptScratch: [Int] = []
  private(set) var fixedScratch: [Int] = []
  /// Offset of the scratch memory that all operations share.
  private(set) var sharedScratch = 0
  private(set) var count = 0

  private struct Piece {
    let size: Int
    let from: Int
    let to: Int
    var offset = 0
  }

  private var placed: [Piece] = []

  init(_ plan: Plan, rows: Int) {
    let operations = plan.operations.map(\.operation)
    let last = 2 * operations.count
    for (index, storage) in plan.storages.enumerated() {
      let producers = operations.indices.filter { operations[$0].output.storage == index }
      let consumers = operations.indices.filter { i in
        operations[i].inputs.contains { $0.storage == index }
      }
      let first = producers.first ?? 0
      let isOutput = plan.output.storage == index
      let earliest = isOutput ? first : min(consumers.first ?? first, producers.last ?? Int.max)
      values.append(place(rows * storage.valueStride, from: first, to: last - 1 - earliest))
      let start = isOutput ? operations.count - 1 : last - 1 - (consumers.last ?? first)
      gradients.append(
        storage.needsGradient
          ? place(rows * storage.gradientStride, from: start, to: last - 1 - first) : 0)
    }
    for (index, operation) in operations.enumerated() {
      let scratch = operation.scratch
      forwardScratch.append(place(rows * scratch.forward, from: index, to: index))
      keptScratch.append(place(rows * scratch.kept, from: index, to: last - 1 - index))
      fixedScratch.append(place(scratch.keptFixed, from: index, to: last - 1 - index))
    }
    sharedScratch = place(operations.map(\.scratch.shared).max() ?? 0, from: 0, to: last)
  }

  /// The lowest offset at which nothing is alive at the same time.
  private mutating func place(_ size: Int, from: Int, to: Int) -> Int {
    guard size > 0 else { return 0 }
    // A cache line's room behind each piece, since kernels read up to a vector beyond the end.
    var piece = Piece(size: (size + 31) / 16 * 16, from: from, to: to)
    for other in placed where other.from <= to && from <= other.to {
      if other.offset >= piece.offset + piece.size { break }
      piece.offset = max(piece.offset, other.offset + other.size)
    }
    let index = placed.firstIndex { $0.offset > piece.offset } ?? placed.endIndex
    placed.insert(piece, at: index)
    count = max(count, piece.offset + piece.size)
    return piece.offset
  }
}
