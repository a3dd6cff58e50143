import CKernels
import Tensors

/// Where the numbers of a recurrent operation lie, step after step and in each step row after row,
/// so that a step's rows are one product and all steps together another.
struct RecurrentMemory {
  private let shape: RecurrentShape
  let rows: Int
  /// Steps whose gates are kept at a time: fewer stay in the second cache.
  private let gateSteps: Int
  private let start: UnsafeMutablePointer<Float>

  /// Floats a row.
  static func count(_ shape: RecurrentShape) -> Int {
    (shape.length + 1) * (shape.stateRow + cellRow(shape)) + shape.length * (shape.gateRow + 1)
      + 2 * shape.units + 16
  }

  private static func cellRow(_ shape: RecurrentShape) -> Int {
    shape.cell == .lstm ? shape.units : 0
  }

  init(_ shape: RecurrentShape, shard: Shard, gateSteps: Int) {
    self.shape = shape
    self.gateSteps = gateSteps
    rows = shard.rows
    start = shard.keptScratch
  }

  /// `[rows][h | x | 1]`: what feeds step `step`; the last holds the final state.
  func state(_ step: Int) -> UnsafeMutablePointer<Float> { start + step * rows * shape.stateRow }

  /// `[rows][blocks][units]`: the gates of a step.
  func gates(_ step: Int) -> UnsafeMutablePointer<Float> {
    state(shape.length + 1) + step % gateSteps * rows * shape.gateRow
  }

  /// `[rows][units]`: the LSTM's cell before a step.
  func cell(_ step: Int) -> UnsafeMutablePointer<Float> {
    state(shape.length + 1) + (shape.length * shape.gateRow + step * Self.cellRow(shape)) * rows
  }

  /// `[rows]`: whether a row takes part in a step.
  func active(_ step: Int) -> UnsafeMutablePointer<Float> {
    cell(shape.length + 1) + step * rows
  }

  /// `[rows][units]`: the gradients with respect to state and cell.
  var stateGradient: UnsafeMutablePointer<Float> { active(shape.length) }
  var cellGradient: UnsafeMutablePointer<Float> { stateGradient + rows * shape.units }

  /// A step, as the kernels take it; gradients and mask are set by the caller.
  func step(_ step: Int) -> DetectronRecurrentStep {
    let isLSTM = shape.cell == .lstm
    return DetectronRecurrentStep(
      rows: rows, units: shape.units, gates: gates(step), gates_row: shape.gateRow,
      before: state(step), after: state(step + 1), state_row: shape.stateRow,
      cell_before: isLSTM ? UnsafePointer(cell(step)) : nil,
      cell_after: isLSTM ? cell(step + 1) : nil, active: nil, gradient: stateGradient,
      cell_gradient: isLSTM ? cellGradient : nil, output_gradient: nil, output_gradient_row: 0)
  }
}
