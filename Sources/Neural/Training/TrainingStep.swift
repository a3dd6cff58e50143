import CKernels
public import Tensors

/// One step of a training: forward, loss, backward, optimizer. It allocates nothing.
extension Network {
  /// One training step: the gradients of the mean loss over the batch, then the optimizer.
  ///
  /// - Parameters:
  ///   - state: As many buffers as the optimizer asks for, of the length of the weights; zeros
  ///     before the first step.
  ///   - step: Counted from 1.
  public func train(
    _ batch: Batch, loss: some Loss, optimizer: some Optimizer, state: [FloatBuffer],
    step: Int, learningRate: Float, clipping: GradientClipping = .none
  ) -> BatchOutcome {
    precondition(
      state.count >= optimizer.stateCount,
      "the optimizer needs \(optimizer.stateCount) buffers of state, not \(state.count)")
    let outcome = accumulateGradients(batch, loss: loss, step: step)
    clearFrozenGradients()
    Kernels.flushingDenormals {
      var gradient = DetectronGradient(
        count: weights.count, shards: UnsafePointer(gradientStarts),
        shard_count: shards(of: batch.count).count, scale: 1, limit: .infinity)
      clipping.apply(to: &gradient, kernels: kernels)
      optimizer.update(
        OptimizerStep(
          number: step, learningRate: learningRate, weights: weights, gradient: gradient,
          decayed: plan.decayedRanges, kernels: kernels), state: state)
    }
    weightsDidChange()
    return outcome
  }

  /// What is frozen between trained layers still gets a gradient, which nobody may use.
  private func clearFrozenGradients() {
    for range in plan.frozenRanges {
      for gradient in gradients {
        (gradient.start + range.lowerBound).update(repeating: 0, count: range.count)
      }
    }
  }

  /// Computes the gradients of the mean loss, dropout on.
  func accumulateGradients(_ batch: Batch, loss: some Loss, step: Int) -> BatchOutcome {
    precondition(
      plan.storages[plan.output.storage].needsGradient, "a network without weights is not trained")
    let parts = shards(of: batch.count)
    let work = Unchecked((network: self, batch: batch))
    if meetings.isEmpty {
      forEachPart(parts.count) { index, worker in
        work.value.network.computePart(
          index, rows: parts[index], of: work.value.batch, loss: loss, step: step, worker: worker)
      }
    } else {
      accumulateTogether(work, parts, loss: loss, step: step)
    }
    return parts.indices.reduce(into: BatchOutcome()) { $0.add(outcomes[$1]) }
  }

  /// One shard of the batch in micro-batches, forward and backward.
  private func computePart(
    _ index: Int, rows: Range<Int>, of batch: Batch, loss: some Loss, step: Int, worker: Int
  ) {
    let shard = shards[worker]
    var outcome = BatchOutcome()
    begin(shard, index, step: step)
    Kernels.flushingDenormals {
      for first in Swift.stride(from: rows.lowerBound, to: rows.upperBound, by: plan.microBatch) {
        shard.accumulatesWeights = first > rows.lowerBound
        load(batch, first..<min(first + plan.microBatch, rows.upperBound), into: shard)
        shard.forward(plan.operations.indices)
        outcome.add(evaluate(loss, of: batch, in: shard))
        shard.backward(plan.operations.indices)
      }
    }
    outcomes[index] = outcome
  }

  private func begin(_ shard: Shard, _ index: Int, step: Int) {
    shard.weightGradients = gradients[index].start
    shard.isTraining = true
    shard.step = step
    shard.accumulatesWeights = false
  }

  /// All shards side by side, each with all of its rows, from one meeting to the next.
  private func accumulateTogether(
    _ work: Unchecked<(network: Network, batch: Batch)>, _ parts: BatchShards, loss: some Loss,
    step: Int
  ) {
    let together = shards[..<parts.count]
    precondition(
      parts.allSatisfy { $0.count <= shards[0].capacity },
      "a batch of \(work.value.batch.count) rows is larger than the network was made for")
    for stop in 0...meetings.count {
      let range = operations(before: stop)
      forEachPart(parts.count) { index, _ in
        let (network, batch) = work.value
        let shard = network.shards[index]
        Kernels.flushingDenormals {
          if stop == 0 {
            network.begin(shard, index, step: step)
            network.load(batch, parts[index], into: shard)
          }
          shard.forward(range)
          if stop < network.meetings.count {
            shard.gather(network.meetings[stop], gradient: false)
          } else {
            network.outcomes[index] = network.evaluate(loss, of: batch, in: shard)
          }
        }
      }
      if stop < meetings.count { merge(meetings[stop], together, gradient: false) }
    }
    for stop in (0...meetings.count).reversed() {
      let range = operations(behind: stop)
      forEachPart(parts.count) { index, _ in
        let network = work.value.network
        Kernels.flushingDenormals {
          network.shards[index].backward(range)
          if stop > 0 { network.shards[index].gather(network.meetings[stop - 1], gradient: true) }
        }
      }
      if stop > 0 { merge(meetings[stop - 1], together, gradient: true) }
    }
  }

  /// The operations that run forward from the meeting before to this one, or to the end.
  private func operations(before stop: Int) -> Range<Int> {
    (stop == 0 ? 0 : meetings[stop - 1].index)..<end(stop)
  }

  /// The operations that run backward between this meeting, or the end, and the one before; the
  /// operation of a meeting runs backward after the shards have met.
  private func operations(behind stop: Int) -> Range<Int> {
    let last = stop == meetings.count ? plan.operations.count : meetings[stop].index + 1
    return (stop == 0 ? 0 : meetings[stop - 1].index + 1)..<last
  }

  private func end(_ stop: Int) -> Int {
    stop < meetings.count ? meetings[stop].index : plan.operations.count
  }

  private func merge(_ meeting: Meeting, _ shards: ArraySlice<Shard>, gradient: Bool) {
    let memory = derived.start + derivedOffsets[meeting.index]
    Kernels.flushingDenormals {
      if gradient {
        meeting.operation.mergeGradient(shards, derived: memory)
      } else {
        meeting.operation.merge(shards, weights: weights.start, derived: memory)
      }
    }
  }

  /// Losses, and the gradient of the mean loss with respect to the logits.
  private func evaluate(_ loss: some Loss, of batch: Batch, in shard: Shard) -> BatchOutcome {
    var outcome = BatchOutcome()
    let count = plan.output.count
    for row in 0..<shard.rows {
      let logits = UnsafeBufferPointer(
        start: shard.value(plan.output) + row * shard.stride(plan.output), count: count)
      let gradient = UnsafeMutableBufferPointer(
        start: shard.gradient(plan.output) + row * shard.gradientStride(plan.output), count: count)
      let target = batch.target(shard.firstRow + row, inputCount: plan.input.count)
      outcome.lossSum += Double(
        loss.evaluate(
          logits: logits, target: target, weight: 1 / Float(batch.count), gradient: gradient))
      outcome.rightCount += loss.isRight(logits: logits, target: target) ? 1 : 0
      // Whoever writes the gradient of a rectified value applies the gate.
      guard shard.gate(plan.output) != nil else { continue }
      for index in 0..<count where !(logits[index] > 0) { gradient[index] = 0 }
    }
    return outcome
  }
}
