import CKernels
import Tensors

/// A recurrent cell, led along the samples of a row.
///
/// Reference: ``Reference/recurrent(_:weights:shape:)``. A step is one product over all rows and
/// one kernel for what the cell does with the sums.
struct Recurring: Operation {
  let input: Value
  let output: Value
  let kernel: Parameter
  let recurrent: Parameter
  let bias: Parameter
  let shape: RecurrentShape
  /// The first channel of the output that is written: two walks share one output.
  let channel: Int
  let returnsSequences: Bool
  /// Whether the walk starts at the last sample.
  let isReversed: Bool
  /// Samples of this value are skipped.
  let masking: Float?
  let needsInputGradient: Bool

  var inputs: [Value] { [input] }
  var parameters: [Parameter] { [kernel, recurrent, bias] }
  var readsInputsBackward: Bool { false }
  var readsOutputBackward: Bool { false }
  var multiplyAdds: Int { shape.length * (shape.depth - 1) * shape.sums }
  /// The state's gradient goes back through every step, whatever the inputs need.
  func trainingMultiplyAdds(goesBack: Bool) -> Int {
    let states = shape.length * shape.units * shape.sums
    return 3 * states + (multiplyAdds - states) * (goesBack ? 3 : 2)
  }
  var derivedCount: Int { weights.count }
  var scratch: Scratch {
    Scratch(
      kept: RecurrentMemory.count(shape), keptFixed: shape.depth * shape.gateRow + 16)
  }

  var weights: RecurrentWeights { RecurrentWeights(shape: shape) }

  func derive(_ weights: DerivedWeights) {
    self.weights.derive(weights, kernel: kernel, recurrent: recurrent, bias: bias)
  }

  /// A simple cell's gates are only the gradients of a block of steps, unless the inputs' gradient
  /// needs those of all.
  func gateSteps(_ shard: Shard) -> Int {
    shape.cell == .simple && !shard.needsGradient(input)
      ? Self.steps(rows: shard.rows) : shape.length
  }

  /// The sample that a step reads.
  func sample(_ step: Int) -> Int { isReversed ? shape.length - 1 - step : step }

  func forward(_ shard: Shard) {
    let memory = RecurrentMemory(shape, shard: shard, gateSteps: gateSteps(shard))
    prepare(shard, memory)
    for step in 0..<shape.length {
      sums(shard, memory, step)
      var work = memory.step(step)
      if masking != nil { work.active = UnsafePointer(memory.active(step)) }
      switch shape.cell {
      case .simple: shard.kernels.table.simple_step(&work)
      case .lstm: shard.kernels.table.lstm_step(&work)
      case .gru: shard.kernels.table.gru_step(&work)
      }
    }
    deliver(shard, memory)
  }

  /// Lays out what the steps read: zero states, the samples, the ones of the bias, the mask.
  private func prepare(_ shard: Shard, _ memory: RecurrentMemory) {
    let channels = shape.channels
    for row in 0..<shard.rows {
      (memory.state(0) + row * shape.stateRow).update(repeating: 0, count: shape.units)
      let x = shard.value(input) + row * shard.stride(input)
      for step in 0..<shape.length {
        let from = x + sample(step) * channels
        let to = memory.state(step) + row * shape.stateRow + shape.units
        for index in 0..<channels { to[index] = from[index] }
        to[channels] = 1
        guard let masking else { continue }
        let isActive = (0..<channels).contains { from[$0] != masking }
        memory.active(step)[row] = isActive ? 1 : 0
      }
    }
    guard shape.cell == .lstm else { return }
    memory.cell(0).update(repeating: 0, count: shard.rows * shape.units)
  }

  /// `[h | x | 1] · [U; W; b]`.
  private func sums(_ shard: Shard, _ memory: RecurrentMemory, _ step: Int) {
    let isSimple = shape.cell == .simple
    multiply(
      shard, memory.state(step), row: shape.stateRow, depth: shape.depth,
      panels: shard.derivedWeights + weights.forward, columns: shape.sums,
      into: isSimple ? memory.state(step + 1) : memory.gates(step) + shape.recurrentColumn,
      row: isSimple ? shape.stateRow : shape.gateRow)
    guard shape.cell == .gru else { return }
    var product = DetectronProduct(
      rows: shard.rows, columns: shape.units, outer: 1, inner: shape.channels + 1,
      a: memory.state(step) + shape.units, b: shard.derivedWeights + weights.candidate,
      c: memory.gates(step))
    product.a_row = shape.stateRow
    product.a_inner = 1
    product.b_inner = shape.units
    product.c_row = shape.gateRow
    shard.kernels.table.product(&product)
  }

  /// Writes the states, or the last one, to the output.
  private func deliver(_ shard: Shard, _ memory: RecurrentMemory) {
    for row in 0..<shard.rows {
      let y = shard.value(output) + row * shard.stride(output) + channel
      for step in returnsSequences ? 0..<shape.length : shape.length - 1..<shape.length {
        let place = returnsSequences ? sample(step) * output.channels : 0
        (y + place).update(
          from: memory.state(step + 1) + row * shape.stateRow, count: shape.units)
      }
    }
  }

  /// A product with a matrix in panels, for all rows of a step.
  func multiply(
    _ shard: Shard, _ a: UnsafePointer<Float>, row: Int, depth: Int, panels: UnsafePointer<Float>,
    columns: Int, into c: UnsafeMutablePointer<Float>, row outputRow: Int, accumulates: Bool = false
  ) {
    let width = RecurrentWeights.panel
    let (whole, rest) = (columns / width, columns % width)
    var product = DetectronProduct(
      rows: shard.rows, columns: width, outer: 1, inner: depth, a: a, b: panels, c: c)
    product.batches = whole
    product.a_row = row
    product.a_inner = 1
    product.b_batch = depth * width
    product.b_inner = width
    product.c_batch = width
    product.c_row = outputRow
    product.accumulate = accumulates ? 1 : 0
    shard.kernels.table.product(&product)
    guard rest > 0 else { return }
    product.batches = 1
    product.columns = rest
    product.b += whole * depth * width
    product.c += whole * width
    shard.kernels.table.product(&product)
  }
}
