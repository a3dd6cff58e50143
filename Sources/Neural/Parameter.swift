import Tensors

/// How a parameter starts.
public enum Initializer: Sendable, Hashable {
  /// Uniform in ±√(6 / (fan in + fan out)).
  ///
  /// Source: Glorot and Bengio 2010, proceedings.mlr.press/v9/glorot10a; the default of Keras.
  case glorotUniform(fanIn: Int, fanOut: Int)
  /// Uniform in ±limit.
  case uniform(limit: Float)
  /// All zero.
  case zeros
  /// All one.
  case ones
  /// All the same.
  case constant(Float)
  /// Orthonormal rows or columns of a matrix, whichever are fewer.
  ///
  /// Source: Saxe et al., doi:10.48550/arXiv.1312.6120; the default of Keras for recurrent weights.
  case orthogonal
  /// Zero, but one at the second gate of an LSTM, so that it forgets little at first.
  ///
  /// Source: Jozefowicz et al. 2015, proceedings.mlr.press/v37/jozefowicz15.
  case forgetGate(units: Int)

  /// The first values; what one parameter draws does not depend on any other.
  func values(shape: [Int], seed: Int, path: String) -> [Float] {
    let count = shape.reduce(1, *)
    switch self {
    case .zeros: return [Float](repeating: 0, count: count)
    case .ones: return [Float](repeating: 1, count: count)
    case .constant(let value): return [Float](repeating: value, count: count)
    case .forgetGate(let units):
      return (0..<count).map { $0 / units == 1 ? 1 : 0 }
    case .orthogonal:
      let columns = shape.last ?? 1
      return orthogonalMatrix(
        rows: count / columns, columns: columns,
        random: Philox(seed: seed, purpose: "initial weights", path: path).stream())
    case .glorotUniform(let fanIn, let fanOut):
      return uniform((6 / Float(fanIn + fanOut)).squareRoot(), count, seed: seed, path: path)
    case .uniform(let limit):
      return uniform(limit, count, seed: seed, path: path)
    }
  }

  private func uniform(_ limit: Float, _ count: Int, seed: Int, path: String) -> [Float] {
    let random = Philox(seed: seed, purpose: "initial weights", path: path)
    return (0..<count).map { index in
      let word = random.block([UInt32(index / 4), 0, 0, 0])[index % 4]
      return (Float(word >> 8) * 0x1p-23 - 1) * limit
    }
  }
}

/// A named array of weights: where it lies and how it starts.
public struct Parameter: Sendable, Hashable {
  /// Unique name in its network, for example `conv1.kernel`.
  public let path: String
  /// Sizes, in the layout of Keras: a kernel is `[taps, inputs, outputs]`.
  public let shape: [Int]
  /// How it starts.
  public let initializer: Initializer
  /// The first element in the network's weights.
  public let offset: Int
  /// Whether gradients move it; statistics that are only kept are no weights.
  public var isTrained = true
  /// Whether the network keeps the last dimension first, as its operation reads it; files and
  /// ``Network/values(of:)`` have the order of ``shape``.
  var isTransposed = false

  /// The number of elements.
  public var count: Int { shape.reduce(1, *) }

  /// Its place in the network's weights.
  var range: Range<Int> { offset..<offset + count }

  /// Whether weight decay applies: to kernels and other matrices, not to biases nor to single rows
  /// such as the scales and offsets of normalisations.
  public var decays: Bool { isTrained && shape.count > 1 && !path.hasSuffix(".bias") }
}
