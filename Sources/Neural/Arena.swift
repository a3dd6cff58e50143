/// Where each piece of memory lies in a shard's arena, and for how long.
///
/// Time is counted in operations: operation `i` of `n` runs forward at `i` and backward at
/// `2n − 1 − i`. Pieces that are never alive together share the same floats, so that a step stays
/// inside the processor's caches. What lives within one segment is laid out for the rows of a
/// window, all else for all rows of the shard and from the first to the last of their windows.
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
    let lives: [ClosedRange<Int>]
    var offset = 0

    func meets(_ lives: [ClosedRange<Int>]) -> Bool {
      self.lives.contains { own in lives.contains { own.overlaps($0) } }
    }
  }

  private var placed: [Piece] = []

  init(_ plan: Plan, rows: Int, window: Int) {
    let operations = plan.operations.map(\.operation)
    let segments = plan.segments
    var gradientLives: [ClosedRange<Int>?] = plan.storages.map { _ in nil }
    for (index, storage) in plan.storages.enumerated() {
      let producers = operations.indices.filter { operations[$0].output.storage == index }
      let consumers = operations.indices.filter { i in
        operations[i].inputs.contains { $0.storage == index }
      }
      let first = producers.first ?? 0
      let isOutput = plan.output.storage == index
      let readers = consumers + producers.filter { operations[$0].readsOutputBackward }
      let earliest = isOutput ? first : readers.min() ?? first
      let read = segments.backwardMoment(earliest)
      if segments.transientValues[index] {
        let again = segments.walk(around: read).lowerBound
        let lives =
          segments.isInLast(first)
          ? [first...read]
          : [first...(consumers.last ?? first)]
            + (producers.contains(where: segments.isRepeated) ? [again...read] : [])
        values.append(place(window * storage.valueStride, lives))
      } else {
        values.append(place(rows * storage.valueStride, [kept(first...read, segments)]))
      }
      guard storage.needsGradient else { continue }
      let start = segments.backwardMoment(
        isOutput ? operations.count - 1 : consumers.last ?? first)
      let owner = plan.gradientOwners[index]
      let life = start...segments.backwardMoment(first)
      gradientLives[owner] = gradientLives[owner].map { $0.union(life) } ?? life
    }
    gradients = plan.storages.indices.map { index in
      guard let life = gradientLives[index] else { return 0 }
      let isTransient = segments.transientGradients[index]
      return place(
        (isTransient ? window : rows) * plan.storages[index].gradientStride,
        [isTransient ? life : kept(life, segments)])
    }
    gradients = plan.gradientOwners.map { gradients[$0] }
    for (index, operation) in operations.enumerated() {
      let scratch = operation.scratch
      let life = index...segments.backwardMoment(index)
      let keptLife = segments.isInLast(index) ? life : kept(life, segments)
      let again = segments.walk(around: life.upperBound).lowerBound
      forwardScratch.append(
        place(
          window * scratch.forward,
          [index...index] + (segments.isRepeated(index) ? [again...again] : [])))
      keptScratch.append(
        place((segments.isInLast(index) ? window : rows) * scratch.kept, [keptLife]))
      // Shards gather what they know before a meeting, in the walk before the operation's own.
      let gathers = operation is any SynchronizedOperation && index > 0
      let fixedLife = (gathers ? index - 1 : index)...life.upperBound
      fixedScratch.append(place(scratch.keptFixed, [kept(fixedLife, segments)]))
    }
    sharedScratch = place(operations.map(\.scratch.shared).max() ?? 0, [0...2 * operations.count])
  }

  /// From the first window of the walk in which a life begins to the last one of its end.
  private func kept(_ life: ClosedRange<Int>, _ segments: Segments) -> ClosedRange<Int> {
    segments.walk(around: life.lowerBound)
      .lowerBound...segments.walk(around: life.upperBound).upperBound
  }

  /// The lowest offset at which nothing is alive at the same time.
  private mutating func place(_ size: Int, _ lives: [ClosedRange<Int>]) -> Int {
    guard size > 0 else { return 0 }
    // A cache line's room behind each piece, since kernels read up to a vector beyond the end.
    var piece = Piece(size: (size + 31) / 16 * 16, lives: lives)
    for other in placed where other.meets(lives) {
      if other.offset >= piece.offset + piece.size { break }
      piece.offset = max(piece.offset, other.offset + other.size)
    }
    let index = placed.firstIndex { $0.offset > piece.offset } ?? placed.endIndex
    placed.insert(piece, at: index)
    count = max(count, piece.offset + piece.size)
    return piece.offset
  }
}

extension ClosedRange {
  fileprivate func union(_ other: ClosedRange) -> ClosedRange {
    Swift.min(lowerBound, other.lowerBound)...Swift.max(upperBound, other.upperBound)
  }
}
