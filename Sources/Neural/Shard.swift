import CKernels
import Tensors

/// The memory and position of one worker inside a step: a window of rows of one shard.
///
/// Whatever an operation is handed begins at the window's first row, be it kept for the window
/// only or for all rows of the shard.
///
/// Everything is laid out once; a step allocates nothing.
final class Shard {
  let plan: Plan
  let kernels: Kernels
  /// Rows that there is memory for.
  let capacity: Int
  private let arena: FloatBuffer
  private let layout: ArenaLayout
  /// First number of row 0 of each storage, its halo not counted.
  private let valueStarts: [UnsafeMutablePointer<Float>]
  private let gradientStarts: [UnsafeMutablePointer<Float>]

  /// Rows being computed: the window.
  private(set) var rows = 0
  /// The place of the window in the shard.
  private(set) var base = 0
  /// The place of the window in the batch.
  private(set) var firstRow = 0
  /// The optimizer's step, counted from 1.
  var step = 0
  /// Whether dropout is on and what the backward pass needs is kept.
  var isTraining = false
  /// Whether the gradients of the operation's weights hold sums of earlier rows, or of another
  /// operation that shares them.
  var accumulatesWeights: Bool { base > 0 || plan.operations[turn].sharesWeights }
  /// The operation whose turn it is.
  private(set) var turn = 0
  /// Weights, what is derived from them, and the gradients that this shard adds to.
  var weights: UnsafePointer<Float>
  var derived: UnsafePointer<Float>
  var weightGradients: UnsafeMutablePointer<Float>
  private let derivedOffsets: [Int]
  let seed: Int

  init(
    plan: Plan, rows: Int, window: Int, kernels: Kernels, seed: Int, weights: FloatBuffer,
    derived: FloatBuffer, derivedOffsets: [Int], weightGradients: FloatBuffer
  ) {
    self.plan = plan
    self.kernels = kernels
    self.seed = seed
    capacity = rows
    layout = ArenaLayout(plan, rows: rows, window: window)
    arena = FloatBuffer(count: layout.count)
    self.weights = UnsafePointer(weights.start)
    self.derived = UnsafePointer(derived.start)
    self.derivedOffsets = derivedOffsets
    self.weightGradients = weightGradients.start
    valueStarts = plan.storages.indices.map { [arena, layout] in
      arena.start + layout.values[$0] + plan.storages[$0].halo.before * plan.storages[$0].channels
    }
    gradientStarts = plan.storages.indices.map { [arena, layout] in
      let storage = plan.storages[$0]
      return arena.start + layout.gradients[$0] + storage.gradientHalo.before * storage.channels
    }
  }

  /// Floats of the arena.
  var arenaCount: Int { arena.count }

  /// Prepares for the rows of another shard of the batch, or another walk.
  func begin(gradients: UnsafeMutablePointer<Float>, step: Int) {
    weightGradients = gradients
    isTraining = true
    self.step = step
  }

  /// Moves to some rows of the shard, which begins at row `start` of the batch.
  func move(to window: Range<Int>, ofShardAt start: Int) {
    rows = window.count
    base = window.lowerBound
    firstRow = start + window.lowerBound
  }

  /// The first number of the window's first row.
  func value(_ value: Value) -> UnsafeMutablePointer<Float> {
    let isTransient = plan.segments.transientValues[value.storage]
    return valueStarts[value.storage] + (isTransient ? 0 : base * stride(value))
  }
  /// The first number of the first row of the gradient.
  func gradient(_ value: Value) -> UnsafeMutablePointer<Float> {
    let isTransient = plan.segments.transientGradients[value.storage]
    return gradientStarts[value.storage] + (isTransient ? 0 : base * gradientStride(value))
  }
  /// Floats from one row to the next.
  func stride(_ value: Value) -> Int { plan.storages[value.storage].valueStride }
  /// Floats from one row of the gradient to the next.
  func gradientStride(_ value: Value) -> Int { plan.storages[value.storage].gradientStride }
  /// All rows of a value.
  func values(_ value: Value) -> Rows { Rows(start: self.value(value), stride: stride(value)) }
  /// All rows of a value's gradient.
  func gradients(_ value: Value) -> Rows {
    Rows(start: gradient(value), stride: gradientStride(value))
  }
  /// Whether the gradients of two values are the same memory.
  func sharesGradient(_ value: Value, _ other: Value) -> Bool {
    plan.gradientOwners[value.storage] == plan.gradientOwners[other.storage]
  }
  /// Whether a gradient with respect to the value is wanted.
  func needsGradient(_ value: Value) -> Bool { plan.storages[value.storage].needsGradient }
  /// The value itself where its gradient counts only above zero, else `nil`.
  func gate(_ value: Value) -> UnsafePointer<Float>? {
    plan.storages[value.storage].isRectified ? UnsafePointer(self.value(value)) : nil
  }

  subscript(_ parameter: Parameter) -> UnsafePointer<Float> { weights + parameter.offset }
  /// The gradient of a parameter.
  func weightGradient(_ parameter: Parameter) -> UnsafeMutablePointer<Float> {
    weightGradients + parameter.offset
  }
  /// Adds a value's gradient, summed over rows and samples, to that of its bias.
  func addBiasGradient(_ bias: Parameter, of value: Value) {
    kernels.table.column_sums(
      rows, value.length, value.channels, gradient(value), gradientStride(value),
      weightGradient(bias), accumulatesWeights ? 1 : 0)
  }
  /// The derived weights of the operation whose turn it is.
  var derivedWeights: UnsafePointer<Float> { derived + derivedOffsets[turn] }
  /// The scratch memory of the operation whose turn it is.
  var forwardScratch: UnsafeMutablePointer<Float> { arena.start + layout.forwardScratch[turn] }
  /// Memory kept from its forward to its backward pass.
  var keptScratch: UnsafeMutablePointer<Float> {
    let first = plan.segments.isInLast(turn) ? 0 : base
    return arena.start + layout.keptScratch[turn]
      + first * plan.operations[turn].operation.scratch.kept
  }
  /// Memory of every operation in its turn, which the next one overwrites.
  var sharedScratch: UnsafeMutablePointer<Float> { arena.start + layout.sharedScratch }
  /// Kept memory of a size that does not depend on the rows.
  var fixedScratch: UnsafeMutablePointer<Float> { fixedScratch(of: turn) }
  /// The fixed memory of any operation.
  func fixedScratch(of operation: Int) -> UnsafeMutablePointer<Float> {
    arena.start + layout.fixedScratch[operation]
  }

  /// Runs operations forward, in order.
  func forward(_ operations: some Sequence<Int>) {
    for index in operations {
      turn = index
      let operation = plan.operations[index].operation
      clearHalo(operation.output)
      operation.forward(self)
    }
  }

  /// Runs operations backward, the last one first, from the gradient of their output.
  func backward(_ operations: Range<Int>) {
    for index in operations.reversed() {
      turn = index
      let planned = plan.operations[index]
      guard needsGradient(planned.operation.output) else { continue }
      clearGradientHalo(planned.operation.output)
      planned.operation.backward(self, accumulating: planned.accumulating)
    }
  }

  /// Has the operation of a meeting sum over this shard's rows.
  func gather(_ meeting: Meeting, gradient: Bool) {
    turn = meeting.index
    gradient ? meeting.operation.gatherGradient(self) : meeting.operation.gather(self)
  }

  /// Zeros around the rows of a value.
  func clearHalo(_ value: Value) {
    let info = plan.storages[value.storage]
    clear(
      self.value(value), halo: info.halo, count: info.length * info.channels,
      channels: info.channels, stride: info.valueStride)
  }

  private func clearGradientHalo(_ value: Value) {
    let info = plan.storages[value.storage]
    clear(
      gradient(value), halo: info.gradientHalo, count: info.length * info.channels,
      channels: info.channels, stride: info.gradientStride)
  }

  /// Zeros around each row; the memory may have held something else since the last time.
  private func clear(
    _ start: UnsafeMutablePointer<Float>, halo: Halo, count: Int, channels: Int, stride: Int
  ) {
    guard !halo.isEmpty else { return }
    for row in 0..<rows {
      let first = start + row * stride
      (first - halo.before * channels).update(repeating: 0, count: halo.before * channels)
      (first + count).update(repeating: 0, count: halo.after * channels)
    }
  }
}
