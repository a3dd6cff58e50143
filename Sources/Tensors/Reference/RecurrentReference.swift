extension Reference {
  /// The kinds of recurrent cells.
  public enum RecurrentCell: Sendable, CaseIterable {
    /// `h = tanh(x·W + h·U + b)`.
    case simple
    /// Gates input, forget, candidate, output.
    case lstm
    /// Gates update, reset, candidate; the reset gate behind the product; two biases.
    case gru

    /// Weighted sums of a unit.
    public var gates: Int {
      switch self {
      case .simple: 1
      case .lstm: 4
      case .gru: 3
      }
    }
  }

  /// The geometry of a recurrent layer.
  public struct RecurrentShape: Sendable {
    /// The kind of cell.
    public var cell: RecurrentCell
    /// Rows of the batch.
    public var batch: Int
    /// Samples and channels of the input.
    public var length: Int
    /// Channels of the input.
    public var channels: Int
    /// Channels of the state.
    public var units: Int
    /// Whether the walk starts at the last sample.
    public var isReversed: Bool
    /// Samples whose channels all have this value leave the state as it is.
    public var marker: Float?

    /// Creates the geometry.
    public init(
      cell: RecurrentCell, batch: Int, length: Int, channels: Int, units: Int,
      isReversed: Bool = false, marker: Float? = nil
    ) {
      self.cell = cell
      self.batch = batch
      self.length = length
      self.channels = channels
      self.units = units
      self.isReversed = isReversed
      self.marker = marker
    }

    /// Columns of the weights.
    public var sums: Int { cell.gates * units }
  }

  /// Weights of a recurrent layer in the layout of Keras, or their gradients.
  public struct RecurrentWeights<Scalar: ReferenceScalar>: Sendable {
    /// `[channels, gates · units]`.
    public var kernel: [Scalar]
    /// `[units, gates · units]`.
    public var recurrent: [Scalar]
    /// `[gates · units]`, twice for the GRU: of the input and of the state.
    public var bias: [Scalar]

    /// Creates the weights.
    public init(kernel: [Scalar], recurrent: [Scalar], bias: [Scalar]) {
      self.kernel = kernel
      self.recurrent = recurrent
      self.bias = bias
    }
  }

  /// All states of a recurrent layer, `[N, L, units]`, each at the sample where it arose.
  public static func recurrent<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: RecurrentWeights<Scalar>, shape: RecurrentShape
  ) -> [Scalar] {
    var y = [Scalar](repeating: 0, count: shape.batch * shape.length * shape.units)
    for row in 0..<shape.batch {
      let walk = RecurrentWalk(x, weights: weights, shape: shape, row: row)
      for (step, state) in walk.states.dropFirst().enumerated() {
        let first = (row * shape.length + walk.sample(step)) * shape.units
        y.replaceSubrange(first..<first + shape.units, with: state)
      }
    }
    return y
  }

  /// The gradients of ``recurrent(_:weights:shape:)`` with respect to input and weights.
  public static func recurrentGradient<Scalar: ReferenceScalar>(
    _ x: [Scalar], weights: RecurrentWeights<Scalar>, outputGradient: [Scalar],
    shape: RecurrentShape
  ) -> (input: [Scalar], weights: RecurrentWeights<Scalar>) {
    var input = [Scalar](repeating: 0, count: x.count)
    var gradient = RecurrentWeights(
      kernel: weights.kernel.map { _ in Scalar(0) },
      recurrent: weights.recurrent.map { _ in Scalar(0) }, bias: weights.bias.map { _ in Scalar(0) }
    )
    for row in 0..<shape.batch {
      RecurrentWalk(x, weights: weights, shape: shape, row: row)
        .addGradient(of: outputGradient, input: &input, weights: &gradient)
    }
    return (input, gradient)
  }
}
