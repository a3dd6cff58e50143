import CKernels
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
  let kernels: Kernels
  /// One a thread; or, where shards meet, one a shard of the batch, with all of its rows.
  let shards: [Shard]
  /// The operations before which all shards meet.
  let meetings: [Meeting]
  let derived: FloatBuffer
  let derivedOffsets: [Int]
  /// One gradient a shard of the batch.
  let gradients: [FloatBuffer]
  /// Where they start, as the optimizers' kernels read them.
  let gradientStarts: UnsafeMutablePointer<UnsafePointer<Float>>
  /// One outcome a shard; each is written by the thread that computes the shard.
  let outcomes: UnsafeMutableBufferPointer<BatchOutcome>
  private let seed: Int
  private let threads: Int

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
    let memory = NetworkMemory(plan, batchSize: batchSize, threads: threads)
    self.plan = plan
    self.seed = seed
    self.kernels = kernels
    weights = FloatBuffer(count: plan.weightCount)
    derivedOffsets = memory.derivedOffsets
    derived = FloatBuffer(count: memory.derivedCount)
    gradients = (0..<Self.maximumShards).map { _ in FloatBuffer(count: plan.weightCount) }
    gradientStarts = .allocate(capacity: gradients.count)
    for (index, gradient) in gradients.enumerated() {
      (gradientStarts + index).initialize(to: UnsafePointer(gradient.start))
    }
    outcomes = .allocate(capacity: Self.maximumShards)
    outcomes.initialize(repeating: BatchOutcome())
    self.threads = min(threads, Self.maximumShards)
    meetings = plan.meetings
    shards = (0..<memory.shardCount).map {
      [weights, derived, derivedOffsets, gradients] _ in
      Shard(
        plan: plan, rows: memory.shardRows, window: plan.microBatch, kernels: kernels, seed: seed,
        weights: weights, derived: derived, derivedOffsets: derivedOffsets,
        weightGradients: gradients[0])
    }
    for parameter in plan.parameters {
      setValues(
        parameter.initializer.values(shape: parameter.shape, seed: seed, path: parameter.path),
        of: parameter)
    }
    weightsDidChange()
  }

  deinit {
    outcomes.deallocate()
    gradientStarts.deallocate()
  }

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
      for index in plan.operations.indices {
        plan.operations[index].operation.derive(
          DerivedWeights(
            kernels: kernels, weights: UnsafePointer(weights.start),
            derived: derived.start + derivedOffsets[index]))
      }
    }
  }

  /// The rows of each shard of a batch: as many shards as micro-batches, at most four.
  static func shards(of rows: Int, microBatch: Int = Plan.largestMicroBatch) -> BatchShards {
    BatchShards(rows: rows, microBatch: microBatch)
  }

  func shards(of rows: Int) -> BatchShards { Self.shards(of: rows, microBatch: plan.microBatch) }

  /// Copies the window's rows of the batch to where the operations read them.
  func load(_ batch: Batch, into shard: Shard) {
    let count = plan.input.count
    for position in 0..<shard.rows {
      (shard.value(plan.input) + position * shard.stride(plan.input)).update(
        from: batch.row(shard.firstRow + position, count: count), count: count)
    }
    shard.clearHalo(plan.input)
  }

  /// Runs the body for each part, on as many threads as there are workers; a worker takes every
  /// so-many-th part.
  func forEachPart(_ count: Int, _ body: @Sendable (_ part: Int, _ worker: Int) -> Void) {
    let workers = min(threads, count)
    if workers <= 1 { return (0..<count).forEach { body($0, 0) } }
    DispatchQueue.concurrentPerform(iterations: workers) { worker in
      for part in Swift.stride(from: worker, to: count, by: workers) { body(part, worker) }
    }
  }
}

/// Carries what the caller keeps apart by itself into the closures of other threads.
struct Unchecked<Wrapped>: @unchecked Sendable {
  let value: Wrapped

  init(_ value: Wrapped) { self.value = value }
}
