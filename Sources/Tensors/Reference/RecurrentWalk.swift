/// One row's way through a recurrent layer, sample after sample.
struct RecurrentWalk<Scalar: ReferenceScalar> {
  /// What a step did to each unit's state and cell.
  private struct Step {
    var isActive = true
    /// Activations of the gates, in the order of Keras.
    var gates: [[Scalar]] = []
    /// The state's part of the GRU's candidate.
    var recurrent: [Scalar] = []
  }

  private let x: [Scalar]
  private let weights: Reference.RecurrentWeights<Scalar>
  private let shape: Reference.RecurrentShape
  private let row: Int
  private var steps: [Step] = []
  private var cells: [[Scalar]]
  /// The states before the first step and after each.
  private(set) var states: [[Scalar]]

  private static func sigmoid(_ x: Scalar) -> Scalar { 1 / (1 + Scalar.exponential(-x)) }
  private static func tanh(_ x: Scalar) -> Scalar { 2 * sigmoid(2 * x) - 1 }

  init(
    _ x: [Scalar], weights: Reference.RecurrentWeights<Scalar>, shape: Reference.RecurrentShape,
    row: Int
  ) {
    (self.x, self.weights, self.shape, self.row) = (x, weights, shape, row)
    let zeros = [Scalar](repeating: 0, count: shape.units)
    (states, cells) = ([zeros], [zeros])
    for step in 0..<shape.length { advance(step) }
  }

  /// The sample that a step reads.
  func sample(_ step: Int) -> Int { shape.isReversed ? shape.length - 1 - step : step }

  /// The first number of the sample that a step reads.
  private func position(_ step: Int) -> Int {
    (row * shape.length + sample(step)) * shape.channels
  }

  private mutating func advance(_ step: Int) {
    let input = Array(x[position(step)..<position(step) + shape.channels])
    let (state, cell) = (states[step], cells[step])
    if let marker = shape.marker, input.allSatisfy({ $0 == Scalar(marker) }) {
      steps.append(Step(isActive: false))
      states.append(state)
      cells.append(cell)
      return
    }
    let sums = shape.sums
    func sum(_ values: [Scalar], _ matrix: [Scalar], _ column: Int, bias: Scalar) -> Scalar {
      values.enumerated().reduce(bias) { $0 + $1.element * matrix[$1.offset * sums + column] }
    }
    let fromInput = (0..<sums).map { sum(input, weights.kernel, $0, bias: weights.bias[$0]) }
    let fromState = (0..<sums).map {
      sum(state, weights.recurrent, $0, bias: shape.cell == .gru ? weights.bias[sums + $0] : 0)
    }
    func gate(_ index: Int, _ function: (Scalar) -> Scalar) -> [Scalar] {
      (index * shape.units..<(index + 1) * shape.units).map {
        function(fromInput[$0] + fromState[$0])
      }
    }
    let units = 0..<shape.units
    switch shape.cell {
    case .simple:
      let h = gate(0, Self.tanh)
      steps.append(Step(gates: [h]))
      states.append(h)
      cells.append(cell)
    case .lstm:
      let (i, f) = (gate(0, Self.sigmoid), gate(1, Self.sigmoid))
      let (g, o) = (gate(2, Self.tanh), gate(3, Self.sigmoid))
      let next = units.map { f[$0] * cell[$0] + i[$0] * g[$0] }
      steps.append(Step(gates: [i, f, g, o]))
      states.append(units.map { o[$0] * Self.tanh(next[$0]) })
      cells.append(next)
    case .gru:
      let (z, r) = (gate(0, Self.sigmoid), gate(1, Self.sigmoid))
      let recurrent = Array(fromState.suffix(shape.units))
      let candidate = units.map {
        Self.tanh(fromInput[2 * shape.units + $0] + r[$0] * recurrent[$0])
      }
      steps.append(Step(gates: [z, r, candidate], recurrent: recurrent))
      states.append(units.map { z[$0] * state[$0] + (1 - z[$0]) * candidate[$0] })
      cells.append(cell)
    }
  }

  /// Adds the row's gradients, walking back.
  func addGradient(
    of outputGradient: [Scalar], input: inout [Scalar],
    weights gradient: inout Reference.RecurrentWeights<Scalar>
  ) {
    let zeros = [Scalar](repeating: 0, count: shape.units)
    var (dh, dc) = (zeros, zeros)
    for step in (0..<shape.length).reversed() {
      let first = (row * shape.length + sample(step)) * shape.units
      for unit in dh.indices { dh[unit] += outputGradient[first + unit] }
      guard steps[step].isActive else { continue }
      let back = sumGradients(step, dh: dh, dc: dc)
      (dh, dc) = (back.dh, back.dc)
      for column in 0..<shape.sums {
        gradient.bias[column] += back.input[column]
        if shape.cell == .gru { gradient.bias[shape.sums + column] += back.state[column] }
        for channel in 0..<shape.channels {
          let (place, weight) = (position(step) + channel, channel * shape.sums + column)
          gradient.kernel[weight] += x[place] * back.input[column]
          input[place] += weights.kernel[weight] * back.input[column]
        }
        for unit in 0..<shape.units {
          let weight = unit * shape.sums + column
          gradient.recurrent[weight] += states[step][unit] * back.state[column]
          dh[unit] += weights.recurrent[weight] * back.state[column]
        }
      }
    }
  }

  /// The gradients of a step's sums, and what reaches state and cell past the sums.
  private func sumGradients(_ step: Int, dh: [Scalar], dc: [Scalar]) -> (
    input: [Scalar], state: [Scalar], dh: [Scalar], dc: [Scalar]
  ) {
    let gates = steps[step].gates
    let units = 0..<shape.units
    let zeros = dh.map { _ in Scalar(0) }
    switch shape.cell {
    case .simple:
      let sums = units.map { dh[$0] * (1 - gates[0][$0] * gates[0][$0]) }
      return (sums, sums, zeros, zeros)
    case .lstm:
      let (i, f, g, o) = (gates[0], gates[1], gates[2], gates[3])
      let bent = cells[step + 1].map(Self.tanh)
      let inner = units.map { dc[$0] + dh[$0] * o[$0] * (1 - bent[$0] * bent[$0]) }
      let sums =
        units.map { inner[$0] * g[$0] * i[$0] * (1 - i[$0]) }
        + units.map { inner[$0] * cells[step][$0] * f[$0] * (1 - f[$0]) }
        + units.map { inner[$0] * i[$0] * (1 - g[$0] * g[$0]) }
        + units.map { dh[$0] * bent[$0] * o[$0] * (1 - o[$0]) }
      return (sums, sums, zeros, units.map { inner[$0] * f[$0] })
    case .gru:
      let (z, r, candidate) = (gates[0], gates[1], gates[2])
      let recurrent = steps[step].recurrent
      let inner = units.map {
        dh[$0] * (1 - z[$0]) * (1 - candidate[$0] * candidate[$0])
      }
      let update = units.map {
        dh[$0] * (states[step][$0] - candidate[$0]) * z[$0] * (1 - z[$0])
      }
      let reset = units.map { inner[$0] * recurrent[$0] * r[$0] * (1 - r[$0]) }
      let shared = update + reset
      return (
        shared + inner, shared + units.map { inner[$0] * r[$0] }, units.map { dh[$0] * z[$0] },
        zeros
      )
    }
  }
}
