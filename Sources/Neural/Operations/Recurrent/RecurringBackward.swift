import CKernels
import Tensors

/// Backward through time.
extension Recurring {
  /// Pairs of row and step whose sums are added together, so that they stay in the second cache.
  private static let block = 256

  /// Steps of a block.
  static func steps(rows: Int) -> Int { max(1, block / rows) }

  /// Whether a step hands gradients on beside the product: a GRU's state, a row that sits out.
  private var handsOn: Bool { shape.cell == .gru || masking != nil }

  func backward(_ shard: Shard, accumulating: UInt) {
    let memory = RecurrentMemory(shape, shard: shard, gateSteps: gateSteps(shard))
    walkBack(shard, memory)
    scatter(shard)
    if shard.needsGradient(input) {
      inputGradient(shard, memory, accumulates: accumulating & 1 != 0)
    }
  }

  /// Turns the gates of all steps into gradients of their sums, from the last step to the first,
  /// and adds up the weights' gradients whenever a block of steps is done.
  private func walkBack(_ shard: Shard, _ memory: RecurrentMemory) {
    let units = shape.units
    let block = Self.steps(rows: shard.rows)
    memory.stateGradient.update(repeating: 0, count: shard.rows * units)
    if shape.cell == .lstm {
      memory.cellGradient.update(repeating: 0, count: shard.rows * units)
    }
    for step in (0..<shape.length).reversed() {
      var work = memory.step(step)
      if masking != nil { work.active = UnsafePointer(memory.active(step)) }
      if returnsSequences || step == shape.length - 1 {
        let place = returnsSequences ? sample(step) * output.channels : 0
        work.output_gradient = UnsafePointer(shard.gradient(output) + place + channel)
        work.output_gradient_row = shard.gradientStride(output)
      }
      switch shape.cell {
      case .simple: shard.kernels.table.simple_step_back(&work)
      case .lstm: shard.kernels.table.lstm_step_back(&work)
      case .gru: shard.kernels.table.gru_step_back(&work)
      }
      if step % block == 0 {
        stackedGradient(shard, memory, step..<min(step + block, shape.length))
      }
      // Nothing was trained before the first step.
      guard step > 0 else { return }
      multiply(
        shard, memory.gates(step) + shape.recurrentColumn, row: shape.gateRow, depth: shape.sums,
        panels: shard.derivedWeights + weights.backward, columns: units,
        into: memory.stateGradient, row: units, accumulates: handsOn)
    }
  }

  /// The gradient of `[U; W; b]`, in the columns of the sums: `Σ [h | x | 1]ᵀ · dz`.
  private func stackedGradient(
    _ shard: Shard, _ memory: RecurrentMemory, _ steps: Range<Int>
  ) {
    let first = steps.lowerBound
    var product = DetectronProduct(
      rows: shape.depth, columns: shape.sums, outer: 1, inner: steps.count * shard.rows,
      a: memory.state(first), b: memory.gates(first) + shape.recurrentColumn,
      c: shard.fixedScratch + shape.recurrentColumn)
    product.a_row = 1
    product.a_inner = shape.stateRow
    product.b_inner = shape.gateRow
    product.c_row = shape.gateRow
    product.accumulate = steps.upperBound < shape.length ? 1 : 0
    shard.kernels.table.product(&product)
    guard shape.cell == .gru else { return }
    product.rows = shape.channels + 1
    product.columns = shape.units
    product.a += shape.units
    product.b = UnsafePointer(memory.gates(first))
    product.c = shard.fixedScratch + shape.units * shape.gateRow
    shard.kernels.table.product(&product)
  }

  /// Adds the stacked gradient to those of the three parameters.
  private func scatter(_ shard: Shard) {
    let (units, sums) = (shape.units, shape.sums)
    func add(
      _ row: Int, _ column: Int, _ count: Int, to gradient: UnsafeMutablePointer<Float>
    ) {
      shard.kernels.table.copy(
        count, shard.fixedScratch + row * shape.gateRow + column, nil, gradient,
        shard.accumulatesWeights ? 1 : 0)
    }
    for unit in 0..<units {
      add(
        unit, shape.recurrentColumn, sums, to: shard.weightGradient(recurrent) + unit * sums)
    }
    for row in 0...shape.channels {
      let gradient =
        row < shape.channels
        ? shard.weightGradient(kernel) + row * sums : shard.weightGradient(bias)
      for gate in 0..<shape.cell.gates {
        add(units + row, shape.inputColumn(gate: gate), units, to: gradient + gate * units)
      }
    }
    guard shape.cell == .gru else { return }
    add(
      units + shape.channels, shape.recurrentColumn, sums,
      to: shard.weightGradient(bias) + sums)
  }

  /// `dx = dz · Wᵀ`, for all steps at once.
  private func inputGradient(_ shard: Shard, _ memory: RecurrentMemory, accumulates: Bool) {
    let stepRow = shard.rows * shape.gateRow
    var product = DetectronProduct(
      rows: shape.length, columns: shape.channels, outer: 1, inner: shape.sums,
      a: memory.gates(sample(0)), b: shard.derivedWeights + weights.input,
      c: shard.gradient(input))
    product.batches = shard.rows
    product.a_batch = shape.gateRow
    product.a_row = isReversed ? -stepRow : stepRow
    product.a_inner = 1
    product.b_inner = shape.channels
    product.c_batch = shard.gradientStride(input)
    product.c_row = shape.channels
    product.gate = shard.gate(input)
    product.gate_batch = shard.stride(input)
    product.accumulate = accumulates ? 1 : 0
    shard.kernels.table.product(&product)
  }
}
