import Dispatch
public import Tensors

/// A network with weights: computes logits, and takes training steps.
///
/// A batch is cut into shards as a function of its size alone; each shard's gradient is one chain
/// over its rows, and the shards are added in order. Threads only decide who computes a shard, so
/// the weights are the same bytes for any number of them.
public final class Network {
  /// Shards of a large batch.
  static let maximumShards = 4

  /// What is computed.
  public let plan: Plan
  /// All weights, at the offsets of the plan's parameters; changed by nobody else in a step.
  public let weights: FloatBuffer
  private let seed: Int
  private let kernels: Kernels
  /// One a thread; or, where shards meet, one a shard of the batch, with all of its rows.
  private let shards: [Shard]
  private let threads: Int
  private let derived: FloatBuffer
  private let derivedOffsets: [Int]
  /// One gradient a shard of the batch.
  private let gradients: [FloatBuffer]
  /// One outcome a shard; each is written by the thread that computes the shard.
  private let outcomes: UnsafeMutableBufferPointer<BatchOutcome>

  /// Makes a network with the initial weights of the seed.
  ///
  /// - Parameters:
  ///   - batchSize: Rows of the largest batch that will be trained on; matters only where rows
  ///     depend on each other, since such a network holds a whole batch in memory.
  ///   - threads: How many threads compute; the results do not depend on it.
  public init(
    _ plan: Plan, seed: Int, batchSize: Int = 256, threads: Int = 1, kernels: Kernels = .current
  ) {
    precondition(threads > 0, "\(threads) threads cannot train a network")
    precondition(batchSize > 0, "a batch of \(batchSize) rows is empty")
    let parts = Self.shards(of: batchSize, microBatch: plan.microBatch)
    self.plan = plan
    self.seed = seed
    self.kernels = kernels
    weights = FloatBuffer(count: plan.weightCount)
    var count = 0
    derivedOffsets = plan.operations.map { planned in
      defer { count += (planned.operation.derivedCount + 15) / 16 * 16 }
      return count
    }
    derived = FloatBuffer(count: count)
    gradients = (0..<Self.maximumShards).map { _ in FloatBuffer(count: plan.weightCount) }
    outcomes = .allocate(capacity: Self.maximumShards)
    outcomes.initialize(repeating: BatchOutcome())
    self.threads = min(threads, Self.maximumShards)
    let meets = plan.segments.ranges.count > 1
    let shardRows = meets ? max(plan.microBatch, parts.map(\.count).max() ?? 0) : plan.microBatch
    shards = (0..<(meets ? Self.maximumShards : self.threads)).map {
      [weights, derived, derivedOffsets, gradients] _ in
      Shard(
        plan: plan, rows: shardRows, window: plan.microBatch, kernels: kernels, seed: seed,
        weights: weights,
        derived: derived, derivedOffsets: derivedOffsets, weightGradients: gradients[0])
    }
    for parameter in plan.parameters {
      setValues(
        parameter.initializer.values(shape: parameter.shape, seed: seed, path: parameter.path),
        of: parameter)
    }
    weightsDidChange()
  }

  deinit { outcomes.deallocate() }

  /// The numbers of a parameter, in the order of its shape.
  public func values(of parameter: Parameter) -> [Float] {
    inOrder(parameter) { weights.start[parameter.offset + $0] }
  }

  /// Sets the numbers of a parameter, given in the order of its shape; to be followed by
  /// ``weightsDidChange()``.
  public func setValues(_ values: [Float], of parameter: Parameter) {
    precondition(
      values.count == parameter.count, "\(values.count) values for \(parameter.shape)")
    let places = inOrder(parameter) { parameter.offset + $0 }
    for (place, value) in zip(places, values) { weights.start[place] = value }
  }

  /// The gradient of a parameter after ``accumulateGradients(_:loss:step:)``: the shards' sum.
  func gradient(of parameter: Parameter, rows: Int) -> [Float] {
    let shards = shards(of: rows).count
    return inOrder(parameter) { index in
      (0..<shards).reduce(0) { $0 + gradients[$1].start[parameter.offset + index] }
    }
  }

  /// What the body says of each element's place in memory, in the order of the shape.
  private func inOrder<Result>(_ parameter: Parameter, _ body: (Int) -> Result) -> [Result] {
    guard parameter.isTransposed, let columns = parameter.shape.last else {
      return (0..<parameter.count).map(body)
    }
    let rows = parameter.count / columns
    return (0..<parameter.count).map { body($0 % columns * rows + $0 / columns) }
  }

  /// The gradient with respect to the rows that the first worker computed last.
  func inputGradient() -> [Float] {
    let (shard, input) = (shards[0], plan.input)
    return (0..<shard.rows).flatMap { row in
      let start = shard.gradient(input) + row * shard.gradientStride(input)
      return Array(UnsafeBufferPointer(start: start, count: input.count))
    }
  }

  /// To be called after the weights were changed from outside.
  public func weightsDidChange() {
    Kernels.flushingDenormals {
      for (index, planned) in plan.operations.enumerated() {
        planned.operation.derive(
          DerivedWeights(
            kernels: kernels, weights: UnsafePointer(weights.start),
            derived: derived.start + derivedOffsets[index]))
      }
    }
  }

  /// The rows of each shard of a batch: as many shards as micro-batches, at most four.
  static func shards(of rows: Int, microBatch: Int = Plan.smallestMicroBatch) -> [Range<Int>] {
    let count = min(maximumShards, (rows + microBatch - 1) / microBatch)
    return (0..<count).map { rows * $0 / count..<rows * ($0 + 1) / count }
  }

  private func shards(of rows: Int) -> [Range<Int>] {
    Self.shards(of: rows, microBatch: plan.microBatch)
  }

  /// One training step: the gradients of the mean loss over the batch, then the optimizer.
  public func train(
    _ batch: Batch, loss: some Loss, optimizer: some Optimizer, state: [FloatBuffer],
    step: Int, learningRate: Float
  ) -> BatchOutcome {
    let outcome = accumulateGradients(batch, loss: loss, step: step)
    let shards = shards(of: batch.count).count
    Kernels.flushingDenormals {
      optimizer.update(
        weights, gradients: Array(gradients.prefix(shards)), state: state, step: step,
        learningRate: learningRate, kernels: kernels)
    }
    weightsDidChange()
    return outcome
  }

  /// Computes the gradients of the mean loss, dropout on.
  ///
  /// All shards go through a segment side by side, and meet before the next one.
  func accumulateGradients(_ batch: Batch, loss: some Loss, step: Int) -> BatchOutcome {
    let parts = shards(of: batch.count)
    let segments = plan.segments.ranges
    for segment in segments.dropLast().indices {
      forEachWindow(of: batch, parts, step: step) { network, shard, _ in
        if segment == 0 { network.load(batch, into: shard) }
        shard.forward(segments[segment])
        network.gather(segments[segment].upperBound, shard, gradient: false)
      }
      merge(segments[segment].upperBound, parts.count, gradient: false)
    }
    forEachWindow(of: batch, parts, step: step) { network, shard, part in
      if segments.count == 1 { network.load(batch, into: shard) }
      shard.forward(segments[segments.count - 1])
      if shard.base == 0 { network.outcomes[part] = BatchOutcome() }
      network.outcomes[part].add(network.evaluate(loss, of: batch, in: shard))
      network.backward(segments.count - 1, shard)
    }
    for segment in segments.dropLast().indices.reversed() {
      merge(segments[segment].upperBound, parts.count, gradient: true)
      forEachWindow(of: batch, parts, step: step) { network, shard, _ in
        shard.forward(network.plan.segments.repeated[segment])
        network.backward(segment, shard)
      }
    }
    return parts.indices.reduce(into: BatchOutcome()) { $0.add(outcomes[$1]) }
  }

  private func backward(_ segment: Int, _ shard: Shard) {
    shard.backward(plan.segments.backward(segment))
    if segment > 0 { gather(plan.segments.ranges[segment].lowerBound, shard, gradient: true) }
  }

  /// Runs the body for all rows of each part, a window at a time.
  private func forEachWindow(
    of batch: Batch, _ parts: [Range<Int>], step: Int,
    _ body: (_ network: Network, _ shard: Shard, _ part: Int) -> Void
  ) {
    precondition(
      plan.segments.ranges.count == 1 || parts.allSatisfy { $0.count <= shards[0].capacity },
      "a batch of \(batch.count) rows is larger than the network was made for")
    withoutActuallyEscaping(body) { body in
      let work = Unchecked((network: self, body: body))
      forEachPart(parts.count) { part, worker in
        let (network, body) = work.value
        let rows = parts[part]
        let shard = network.shards[network.plan.segments.ranges.count > 1 ? part : worker]
        shard.weightGradients = network.gradients[part].start
        shard.isTraining = true
        shard.step = step
        Kernels.flushingDenormals {
          for first in Swift.stride(from: 0, to: rows.count, by: network.plan.microBatch) {
            let window = first..<min(first + network.plan.microBatch, rows.count)
            shard.move(to: window, ofShardAt: rows.lowerBound)
            body(network, shard, part)
          }
        }
      }
    }
  }

  private func gather(_ index: Int, _ shard: Shard, gradient: Bool) {
    if let operation = plan.operations[index].operation as? any SynchronizedOperation {
      shard.gather(index, operation, gradient: gradient)
    }
  }

  private func merge(_ index: Int, _ parts: Int, gradient: Bool) {
    guard let operation = plan.operations[index].operation as? any SynchronizedOperation else {
      return
    }
    let memory = derived.start + derivedOffsets[index]
    let shards = Array(shards.prefix(parts))
    Kernels.flushingDenormals {
      if gradient {
        operation.mergeGradient(shards, derived: memory)
      } else {
        operation.merge(shards, weights: weights.start, derived: memory)
      }
    }
  }

  /// Copies the window's rows into the network.
  private func load(_ batch: Batch, into shard: Shard) {
    let count = plan.input.count
    for position in 0..<shard.rows {
      (shard.value(plan.input) + position * shard.stride(plan.input)).update(
        from: batch.row(shard.firstRow + position, count: count), count: count)
    }
    shard.clearHalo(plan.input)
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
      let label = batch.label(shard.firstRow + row)
      outcome.lossSum += Double(
        loss.evaluate(
          logits: logits, label: label, weight: 1 / Float(batch.count), gradient: gradient))
      outcome.rightCount += loss.prediction(logits: logits) == label ? 1 : 0
    }
    return outcome
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

  /// Runs the body for each part, on as many threads as there are workers; a worker takes every
  /// so-many-th part.
  private func forEachPart(_ count: Int, _ body: @Sendable (_ part: Int, _ worker: Int) -> Void) {
    let workers = min(threads, count)
    if workers <= 1 { return (0..<count).forEach { body($0, 0) } }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for part in Swift.stride(from: worker, to: count, by: workers) { body(part, worker) }
    }
  }
}

/// Rows that are computed together: indices into a larger array.
public struct Batch {
  private let inputs: UnsafeBufferPointer<Float>
  private let labels: UnsafeBufferPointer<UInt8>
  private let indices: ArraySlice<Int>

  /// Names the rows of a batch.
  ///
  /// - Parameters:
  ///   - indices: The rows, in batch order.
  ///   - inputs: All rows, row-major; valid as long as the batch is used.
  ///   - labels: The class of every row; valid as long as the batch is used.
  public init(
    _ indices: ArraySlice<Int>, of inputs: UnsafeBufferPointer<Float>,
    labels: UnsafeBufferPointer<UInt8>
  ) {
    self.indices = indices
    self.inputs = inputs
    self.labels = labels
  }

  /// The number of rows.
  public var count: Int { indices.count }

  func row(_ position: Int, count: Int) -> UnsafePointer<Float> {
    let row = indices[indices.startIndex + position]
    precondition(
      (row + 1) * count <= inputs.count, "row \(row) of \(count) lies outside \(inputs.count)")
    guard let base = inputs.baseAddress else { preconditionFailure("an empty array has no rows") }
    return base + row * count
  }

  func label(_ position: Int) -> Int { Int(labels[indices[indices.startIndex + position]]) }
}

/// What a pass over some rows gave.
public struct BatchOutcome: Sendable, Equatable {
  /// Sum of the rows' losses.
  public var lossSum: Double = 0
  /// Rows whose class was right.
  public var rightCount = 0

  /// Nothing yet.
  public init() {}

  /// Adds another outcome.
  public mutating func add(_ other: BatchOutcome) {
    lossSum += other.lossSum
    rightCount += other.rightCount
  }
}

/// Carries what the caller keeps apart by itself into the closures of other threads.
private struct Unchecked<Wrapped>: @unchecked Sendable {
  let value: Wrapped

  init(_ value: Wrapped) { self.value = value }
}
