/// How a step walks through a network whose shards meet, and what has to be kept meanwhile.
///
/// Between two meetings lies a segment. A shard goes through it a few rows at a time (a window), so
/// that these rows stay in the processor's caches. The last segment is run forward and at once
/// backward; of the others, what crosses a meeting is kept for all rows, and what is cheap is
/// computed again when the backward pass comes by.
struct Segments: Sendable {
  /// The operations of each segment; all but the first begin with one that shards meet before.
  let ranges: [Range<Int>]
  /// Storages whose values live in one segment: memory for a window is enough.
  let transientValues: [Bool]
  /// Storages whose gradients live in one segment of the backward pass.
  let transientGradients: [Bool]
  /// For each segment, the operations that run again before the backward pass.
  let repeated: [[Int]]
  private let segmentOf: [Int]
  private let operationCount: Int

  init(_ operations: [any Operation], gradientOwners: [Int], input: Int) {
    let storageCount = gradientOwners.count
    let meetings = operations.indices.filter { operations[$0] is any SynchronizedOperation }
    let ends = meetings + [operations.count]
    ranges = zip([0] + meetings, ends).map { $0..<$1 }
    operationCount = operations.count
    var segmentOf = [Int](repeating: 0, count: operations.count)
    for (segment, range) in ranges.enumerated() {
      for index in range { segmentOf[index] = segment }
    }
    self.segmentOf = segmentOf
    let uses = Uses(operations, storageCount: storageCount)
    let last = ranges.count - 1
    var transient = [Bool](repeating: false, count: storageCount)
    var repeats = [Bool](repeating: false, count: operations.count)
    var isNeeded = uses.areReadBackward
    for index in operations.indices.reversed() {
      let storage = operations[index].output.storage
      guard !transient[storage] else {
        guard segmentOf[index] < last, isNeeded[storage] else { continue }
        repeats[index] = true
        for value in operations[index].inputs { isNeeded[value.storage] = true }
        continue
      }
      let segments = Set(uses.users[storage].map { segmentOf[$0] })
      guard segments == [segmentOf[index]], storage != input else { continue }
      if segmentOf[index] == last || !isNeeded[storage] {
        transient[storage] = true
      } else if uses.producers[storage].allSatisfy({ operations[$0].isCheap }) {
        transient[storage] = true
        repeats[index] = true
        for value in operations[index].inputs { isNeeded[value.storage] = true }
      }
    }
    transient[input] = ranges.count == 1
    transientValues = transient
    var walks = [Set<Int>](repeating: [], count: storageCount)
    for (storage, owner) in gradientOwners.enumerated() {
      for user in uses.users[storage] {
        walks[owner].insert(Self.backwardSegment(of: user, segmentOf, meetings))
      }
    }
    transientGradients = gradientOwners.map { [ranges, walks] owner in
      owner == input ? ranges.count == 1 : walks[owner].count == 1
    }
    repeated = ranges.map { range in range.filter { repeats[$0] } }
  }

  /// The segment in whose backward pass an operation takes part: one that shards meet before comes
  /// after the meeting, with the segment before it.
  private static func backwardSegment(
    of operation: Int, _ segmentOf: [Int], _ meetings: [Int]
  ) -> Int {
    segmentOf[operation] - (meetings.contains(operation) ? 1 : 0)
  }

  /// The operations of a segment's backward pass, to be run from the last to the first.
  func backward(_ segment: Int) -> Range<Int> {
    let first = segment == 0 ? 0 : ranges[segment].lowerBound + 1
    return first..<min(ranges[segment].upperBound + 1, operationCount)
  }

  /// Whether an operation runs once more in the backward pass.
  func isRepeated(_ operation: Int) -> Bool { repeated[segmentOf[operation]].contains(operation) }

  /// Whether an operation runs forward and backward without a meeting in between.
  func isInLast(_ operation: Int) -> Bool { segmentOf[operation] == ranges.count - 1 }

  // MARK: Time

  /// The moment of the backward pass of an operation, if its forward pass is moment `operation`.
  func backwardMoment(_ operation: Int) -> Int { 2 * operationCount - 1 - operation }

  /// The moments of a whole walk through a segment, around one of them: what is kept for all rows
  /// shares memory with nothing that any window uses.
  func walk(around moment: Int) -> ClosedRange<Int> {
    let last = ranges.count - 1
    let isForward = moment < operationCount
    let operation = isForward ? moment : backwardMoment(moment)
    for segment in ranges.indices {
      if isForward, segment < last, ranges[segment].contains(operation) {
        return ranges[segment].lowerBound...ranges[segment].upperBound - 1
      }
      let range = backward(segment)
      if !isForward, segment < last, range.contains(operation) {
        return backwardMoment(range.upperBound - 1)...backwardMoment(range.lowerBound)
      }
    }
    return ranges[last].lowerBound...backwardMoment(backward(last).lowerBound)
  }
}

/// Who writes and reads each storage.
private struct Uses {
  private(set) var producers: [[Int]]
  /// Producers and consumers.
  private(set) var users: [[Int]]
  /// Whether a backward pass reads the values.
  private(set) var areReadBackward: [Bool]

  init(_ operations: [any Operation], storageCount: Int) {
    producers = Array(repeating: [], count: storageCount)
    users = producers
    areReadBackward = Array(repeating: false, count: storageCount)
    for (index, operation) in operations.enumerated() {
      producers[operation.output.storage].append(index)
      users[operation.output.storage].append(index)
      if operation.rectifies || operation.readsOutputBackward {
        areReadBackward[operation.output.storage] = true
      }
      for value in operation.inputs {
        users[value.storage].append(index)
        if operation.readsInputsBackward { areReadBackward[value.storage] = true }
      }
    }
  }
}
