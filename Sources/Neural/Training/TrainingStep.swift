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
    precondition(
      meetings.isEmpty || parts.allSatisfy { $0.count <= shards[0].capacity },
      "a batch of \(batch.count) rows is larger than the network was made for")
    for (segment, meeting) in meetings.enumerated() {
      walk(.forward(segment), parts, of: batch, loss: loss, step: step)
      merge(meeting, shards[..<parts.count], gradient: false)
    }
    walk(.thereAndBack, parts, of: batch, loss: loss, step: step)
    for segment in meetings.indices.reversed() {
      merge(meetings[segment], shards[..<parts.count], gradient: true)
      walk(.backward(segment), parts, of: batch, loss: loss, step: step)
    }
    return parts.indices.reduce(into: BatchOutcome()) { $0.add(outcomes[$1]) }
  }

  /// A way through one segment.
  private enum Walk {
    case forward(Int)
    /// The last segment: forward and at once backward.
    case thereAndBack
    case backward(Int)
  }

  /// All shards walk side by side, each a window at a time.
  private func walk(
    _ walk: Walk, _ parts: BatchShards, of batch: Batch, loss: some Loss, step: Int
  ) {
    let work = Unchecked((network: self, batch: batch))
    forEachPart(parts.count) { part, worker in
      let (network, batch) = work.value
      let shard = network.shards[network.meetings.isEmpty ? worker : part]
      let rows = parts[part]
      let size = network.plan.microBatch
      shard.begin(gradients: network.gradients[part].start, step: step)
      Kernels.flushingDenormals {
        for first in Swift.stride(from: 0, to: rows.count, by: size) {
          shard.move(to: first..<min(first + size, rows.count), ofShardAt: rows.lowerBound)
          switch walk {
          case .forward(let segment): network.forward(segment, batch, shard)
          case .backward(let segment):
            shard.forward(network.plan.segments.repeated[segment])
            network.backward(segment, shard)
          case .thereAndBack:
            let last = network.meetings.count
            network.forward(last, batch, shard)
            if first == 0 { network.outcomes[part] = BatchOutcome() }
            network.outcomes[part].add(network.evaluate(loss, of: batch, in: shard))
            network.backward(last, shard)
          }
        }
      }
    }
  }

  private func forward(_ segment: Int, _ batch: Batch, _ shard: Shard) {
    if segment == 0 { load(batch, into: shard) }
    shard.forward(plan.segments.ranges[segment])
    if segment < meetings.count { shard.gather(meetings[segment], gradient: false) }
  }

  private func backward(_ segment: Int, _ shard: Shard) {
    shard.backward(plan.segments.backward(segment))
    if segment > 0 { shard.gather(meetings[segment - 1], gradient: true) }
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
