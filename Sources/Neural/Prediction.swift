import Tensors

/// What a network says of rows, dropout off.
extension Network {
  /// Rows in whole micro-batches, about so many: in parts of that size, one after another, rows are
  /// given the same bits as all at once.
  public func rowsPerPass(about count: Int) -> Int {
    plan.microBatch * max(1, count / plan.microBatch)
  }

  /// Losses and right rows.
  ///
  /// - Parameter earlier: What rows before gave, added to row by row, so that parts one after another
  ///   give the same bits as all at once.
  public func evaluate(
    _ batch: Batch, loss: some Loss, after earlier: BatchOutcome = BatchOutcome()
  ) -> BatchOutcome {
    var outcome = earlier
    var unused = [Float](repeating: 0, count: plan.output.count)
    forEachRow(of: logits(batch)) { row, logits in
      let target = batch.target(row, inputCount: plan.input.count)
      let value = unused.withUnsafeMutableBufferPointer {
        loss.evaluate(logits: logits, target: target, weight: 1, gradient: $0)
      }
      outcome.lossSum += Double(value)
      outcome.rightCount += loss.isRight(logits: logits, target: target) ? 1 : 0
    }
    return outcome
  }

  /// The probability of each class, `[rows, classes]`.
  public func probabilities(_ batch: Batch, loss: some ClassificationLoss) -> [Float] {
    var result: [Float] = []
    forEachRow(of: logits(batch)) { _, logits in
      result += loss.probabilities(logits: logits)
    }
    return result
  }

  private func forEachRow(
    of logits: [Float], _ body: (_ row: Int, _ logits: UnsafeBufferPointer<Float>) -> Void
  ) {
    let outputs = plan.output.count
    logits.withUnsafeBufferPointer { all in
      for row in 0..<all.count / outputs {
        body(row, UnsafeBufferPointer(rebasing: all[row * outputs..<(row + 1) * outputs]))
      }
    }
  }

  /// The logits of each row, `[rows, outputs]`, dropout off.
  public func logits(_ batch: Batch) -> [Float] {
    let outputs = plan.output.count
    let microBatch = plan.microBatch
    return [Float](unsafeUninitializedCapacity: batch.count * outputs) { result, count in
      let blocks = (batch.count + microBatch - 1) / microBatch
      let work = Unchecked((network: self, batch: batch, result: result))
      forEachPart(blocks) { block, worker in
        let (network, batch, result) = work.value
        let first = block * microBatch
        network.predict(
          batch, first..<min(first + microBatch, batch.count), into: result, worker: worker)
      }
      count = batch.count * outputs
    }
  }

  private func predict(
    _ batch: Batch, _ rows: Range<Int>, into result: UnsafeMutableBufferPointer<Float>, worker: Int
  ) {
    let shard = shards[worker]
    shard.isTraining = false
    let outputs = plan.output.count
    Kernels.flushingDenormals {
      shard.move(to: 0..<rows.count, ofShardAt: rows.lowerBound)
      load(batch, into: shard)
      shard.forward(plan.operations.indices)
    }
    for (position, row) in rows.enumerated() {
      let logits = shard.value(plan.output) + position * shard.stride(plan.output)
      for output in 0..<outputs { result[row * outputs + output] = logits[output] }
    }
  }
}
