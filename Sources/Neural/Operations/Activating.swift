import CKernels
import Tensors

/// A function of each number.
enum Activation {
  /// `1 / (1 + e^−x)`.
  case sigmoid
  /// The hyperbolic tangent.
  case tanh
  /// `x Φ(x)`, Φ the standard normal distribution.
  case gelu
}

/// Applies a function to each number.
///
/// References: ``Reference/sigmoid(_:)``, ``Reference/tanh(_:)``, ``Reference/gelu(_:)``. Going back,
/// the saturating functions read their output; GELU keeps its slope, which costs almost nothing
/// beside its value.
struct Activating: Operation {
  let input: Value
  let output: Value
  let function: Activation

  var inputs: [Value] { [input] }
  var scratch: Scratch { function == .gelu ? Scratch(kept: input.count) : Scratch() }
  var readsOutputGoingBack: Bool { function != .gelu }

  func forward(_ shard: Shard) {
    let table = shard.kernels.table
    for row in 0..<shard.rows {
      let x = shard.value(input) + row * shard.stride(input)
      let y = shard.value(output) + row * shard.stride(output)
      switch function {
      case .sigmoid: table.sigmoid(input.count, x, y)
      case .tanh: table.tanh(input.count, x, y)
      case .gelu:
        let slope = shard.isTraining ? shard.keptScratch + row * input.count : nil
        table.gelu(input.count, x, y, slope)
      }
    }
  }

  func backward(_ shard: Shard, accumulating: UInt) {
    guard shard.needsGradient(input) else { return }
    let table = shard.kernels.table
    let gate = shard.gate(input)
    let accumulate: Int32 = accumulating & 1 == 0 ? 0 : 1
    for row in 0..<shard.rows {
      let y = shard.value(output) + row * shard.stride(output)
      let dy = shard.gradient(output) + row * shard.gradientStride(output)
      let dx = shard.gradient(input) + row * shard.gradientStride(input)
      let rowGate = gate.map { $0 + row * shard.stride(input) }
      switch function {
      case .sigmoid: table.sigmoid_gradient(input.count, y, dy, rowGate, dx, accumulate)
      case .tanh: table.tanh_gradient(input.count, y, dy, rowGate, dx, accumulate)
      case .gelu:
        let slope = shard.keptScratch + row * input.count
        table.multiply(input.count, dy, slope, rowGate, dx, accumulate)
      }
    }
  }
}
