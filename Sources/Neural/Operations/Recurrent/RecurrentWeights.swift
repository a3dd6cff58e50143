import CKernels
import Tensors

/// A recurrent operation's weights in the order in which its products read them.
///
/// Matrices that are read once a step are cut into panels of 32 columns, since rows of many
/// kilobytes would push each other out of the first cache.
struct RecurrentWeights {
  static let panel = 32

  let shape: RecurrentShape

  private static func aligned(_ count: Int) -> Int { (count + 31) / 16 * 16 }
  private static func panels(_ columns: Int) -> Int { (columns + panel - 1) / panel }

  /// `[U; W; b]` in panels: for the step forward.
  let forward = 0
  /// The input's part of the GRU's candidate, `[W; b]`.
  var candidate: Int {
    forward + Self.aligned(Self.panels(shape.sums) * shape.depth * Self.panel)
  }
  /// `Uᵀ` in panels: for the step back.
  var backward: Int {
    candidate + Self.aligned(shape.cell == .gru ? (shape.channels + 1) * shape.units : 0)
  }
  /// `Wᵀ`, rows in the order of the sums: for the input's gradient.
  var input: Int {
    backward + Self.aligned(Self.panels(shape.units) * shape.sums * Self.panel)
  }
  /// Floats of all.
  var count: Int { input + Self.aligned(shape.sums * shape.channels) }

  /// Brings the weights into this order.
  func derive(
    _ weights: DerivedWeights, kernel: Parameter, recurrent: Parameter, bias: Parameter
  ) {
    let (kernel, recurrent, bias) = (weights[kernel], weights[recurrent], weights[bias])
    let sums = shape.sums
    let (units, channels) = (shape.units, shape.channels)
    // The state's part of the GRU's candidate has no weights for the input: those stay zero.
    let shared = shape.cell == .gru ? 2 * units : sums
    for unit in 0..<units {
      place(recurrent + unit * sums, count: sums, row: unit, in: weights.derived)
    }
    for channel in 0..<channels {
      place(kernel + channel * sums, count: shared, row: units + channel, in: weights.derived)
    }
    place(
      shape.cell == .gru ? bias + sums : bias, count: sums, row: units + channels,
      in: weights.derived)
    if shape.cell == .gru { deriveGRU(weights, kernel: kernel, bias: bias) }
    deriveTransposed(weights, kernel: kernel, recurrent: recurrent)
  }

  /// Copies the first columns of a row into the panels for the step forward.
  private func place(
    _ source: UnsafePointer<Float>, count: Int, row: Int, in derived: UnsafeMutablePointer<Float>
  ) {
    for first in stride(from: 0, to: count, by: Self.panel) {
      (derived + forward + first * shape.depth + row * Self.panel).update(
        from: source + first, count: min(Self.panel, count - first))
    }
  }

  private func deriveGRU(
    _ weights: DerivedWeights, kernel: UnsafePointer<Float>, bias: UnsafePointer<Float>
  ) {
    let units = shape.units
    let last = shape.depth - 1
    for column in 0..<2 * units {
      let (panel, lane) = (column / Self.panel, column % Self.panel)
      weights.derived[forward + (panel * shape.depth + last) * Self.panel + lane] += bias[column]
    }
    for row in 0...shape.channels {
      let source = row < shape.channels ? kernel + row * shape.sums : bias
      (weights.derived + candidate + row * units).update(from: source + 2 * units, count: units)
    }
  }

  private func deriveTransposed(
    _ weights: DerivedWeights, kernel: UnsafePointer<Float>, recurrent: UnsafePointer<Float>
  ) {
    let sums = shape.sums
    for first in stride(from: 0, to: shape.units, by: Self.panel) {
      weights.kernels.table.transpose(
        min(Self.panel, shape.units - first), sums, recurrent + first * sums, sums,
        weights.derived + backward + first * sums, Self.panel)
    }
    for gate in 0..<shape.cell.gates {
      weights.kernels.table.transpose(
        shape.channels, shape.units, kernel + gate * shape.units, sums,
        weights.derived + input + shape.inputColumn(gate: gate) * shape.channels, shape.channels)
    }
  }
}
