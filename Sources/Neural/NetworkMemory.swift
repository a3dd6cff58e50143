import Tensors

/// What a network in training allocates, known before it does.
struct NetworkMemory {
  /// Arenas: one a thread; or, where shards meet, one a shard of the batch, with all of its rows.
  let shardCount: Int
  /// Rows that each of them holds.
  let shardRows: Int
  /// Where the weights begin that each operation derives from its own.
  let derivedOffsets: [Int]
  /// Numbers that are derived from weights.
  let derivedCount: Int

  init(_ plan: Plan, batchSize: Int, threads: Int) {
    let parts = Network.shards(of: batchSize, microBatch: plan.microBatch)
    let meets = !plan.meetings.isEmpty
    shardCount = meets ? Network.maximumShards : min(threads, Network.maximumShards)
    shardRows = meets ? max(plan.microBatch, parts.map(\.count).max() ?? 0) : plan.microBatch
    var count = 0
    derivedOffsets = plan.operations.map { planned in
      defer { count += (planned.operation.derivedCount + 15) / 16 * 16 }
      return count
    }
    derivedCount = count
  }
}

extension Plan {
  /// Bytes that a network in training holds beside the data: weights and what is derived from
  /// them, gradients, the optimizer's state, and the arenas of values, gradients and scratch.
  ///
  /// - Parameter stateCount: Numbers that the optimizer keeps for each weight.
  public func memoryBytes(batchSize: Int = 256, threads: Int = 1, stateCount: Int) -> Int {
    let memory = NetworkMemory(self, batchSize: batchSize, threads: threads)
    let arena = ArenaLayout(self, rows: memory.shardRows, window: microBatch).count
    let copies = 1 + Network.maximumShards + stateCount
    return copies * FloatBuffer.byteCount(weightCount)
      + FloatBuffer.byteCount(memory.derivedCount)
      + memory.shardCount * FloatBuffer.byteCount(arena)
  }
}
