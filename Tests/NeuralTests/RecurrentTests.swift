import Tensors
import Testing

@testable import Neural

/// A recurrent layer, and what its reference says of a pass.
struct RecurrentCase: Sendable, CustomTestStringConvertible {
  var cell: Reference.RecurrentCell
  var units = 20
  var channels = 3
  var length = 9
  var rows = 5
  var sequences = false
  var masking: Float?
  var isBidirectional = false

  var testDescription: String {
    "\(isBidirectional ? "bidirectional " : "")\(cell) \(channels) to \(units), \(rows) rows, "
      + "\(sequences ? "all states" : "last state")\(masking == nil ? "" : ", masked")"
  }

  var layer: any Layer {
    switch cell {
    case .simple:
      wrapped(SimpleRNN(units, returnsSequences: sequences, masking: masking))
    case .lstm: wrapped(LSTM(units, returnsSequences: sequences, masking: masking))
    case .gru: wrapped(GRU(units, returnsSequences: sequences, masking: masking))
    }
  }

  private func wrapped(_ layer: some RecurrentLayer) -> any Layer {
    isBidirectional ? Bidirectional(layer) : layer
  }

  /// Paths of the parameters of each walk.
  var paths: [String] {
    let name =
      switch cell {
      case .simple: "rnn1"
      case .lstm: "lstm1"
      case .gru: "gru1"
      }
    return isBidirectional ? ["\(name).forward", "\(name).backward"] : [name]
  }

  func shape(walk: Int, rows: Int? = nil) -> Reference.RecurrentShape {
    Reference.RecurrentShape(
      cell: cell, batch: rows ?? self.rows, length: length, channels: channels, units: units,
      isReversed: walk == 1, marker: masking)
  }

  /// Noise, with markers: at the end of most rows, within the others, all over the first.
  var input: [Float] {
    let values = noise(rows * length * channels, "input")
    guard let masking else { return values }
    return values.indices.map { index in
      let (row, sample) = (index / (length * channels), index / channels % length)
      let isMarked = row % 3 == 0 ? sample % 4 == row % 4 : sample >= length - row % 5
      return row == 0 || isMarked ? masking : values[index]
    }
  }

  func pass(kernels: Kernels = .current) -> LayerPass {
    func open(_ layer: some Layer) -> LayerPass {
      LayerPass(
        layer, rows: rows, length: length, channels: channels, kernels: kernels, input: input)
    }
    return open(layer)
  }

  /// The numbers of one walk among those of the output, as if all states came out.
  func states(_ values: [Float], walk: Int) -> [Double] {
    let width = paths.count * units
    return (0..<rows * length * units).map { index in
      let (row, sample, unit) = (index / (length * units), index / units % length, index % units)
      if sequences { return Double(values[(row * length + sample) * width + walk * units + unit]) }
      let last = walk == 1 ? 0 : length - 1
      return sample == last ? Double(values[row * width + walk * units + unit]) : 0
    }
  }

  /// All states, 0 where they do not come out.
  func visible(_ states: [Double], walk: Int) -> [Double] {
    let last = walk == 1 ? 0 : length - 1
    return states.enumerated().map { index, state in
      sequences || index / units % length == last ? state : 0
    }
  }

  static let all: [RecurrentCase] = Reference.RecurrentCell.allCases.flatMap { cell in
    [
      RecurrentCase(cell: cell), RecurrentCase(cell: cell, sequences: true),
      RecurrentCase(cell: cell, units: 32, channels: 1, rows: 18),
      RecurrentCase(cell: cell, units: 7, channels: 17, sequences: true, masking: -1),
      RecurrentCase(cell: cell, units: 16, channels: 1, rows: 21, masking: -1),
      RecurrentCase(cell: cell, units: 40, length: 1),
      RecurrentCase(cell: cell, sequences: true, masking: -1, isBidirectional: true),
      RecurrentCase(cell: cell, units: 9, masking: -1, isBidirectional: true),
      RecurrentCase(cell: cell, units: 5, length: 60, rows: 150, sequences: true),
    ]
  }
}

@Suite("Recurrent layers")
struct RecurrentTests {
  @Test("Kernel and reference agree, forward and backward", arguments: RecurrentCase.all)
  func agreesWithReference(_ given: RecurrentCase) throws {
    let pass = given.pass()
    var inputGradient = [Double](repeating: 0, count: pass.x.count)
    for (walk, path) in given.paths.enumerated() {
      let weights = Reference.RecurrentWeights(
        kernel: try #require(pass.weights["\(path).kernel"]).double,
        recurrent: try #require(pass.weights["\(path).recurrent"]).double,
        bias: try #require(pass.weights["\(path).bias"]).double)
      let shape = given.shape(walk: walk)
      let y = Reference.recurrent(pass.x.double, weights: weights, shape: shape)
      let states = given.states(pass.y, walk: walk)
      #expect(relativeDifference(states.map { Float($0) }, given.visible(y, walk: walk)) < 5e-6)
      let gradient = Reference.recurrentGradient(
        pass.x.double, weights: weights,
        outputGradient: given.states(pass.outputGradient, walk: walk), shape: shape)
      for index in inputGradient.indices { inputGradient[index] += gradient.input[index] }
      for (name, reference) in [
        ("kernel", gradient.weights.kernel), ("recurrent", gradient.weights.recurrent),
        ("bias", gradient.weights.bias),
      ] {
        let found = try #require(pass.weightGradients["\(path).\(name)"])
        #expect(relativeDifference(found, reference) < 2e-5, "\(path).\(name)")
      }
    }
    let lastRows = Array(inputGradient.suffix(pass.inputGradient.count))
    #expect(!pass.inputGradient.isEmpty)
    #expect(relativeDifference(pass.inputGradient, lastRows) < 2e-5)
  }

  @Test(
    "The reference's gradients are those of finite differences",
    arguments: Reference.RecurrentCell.allCases, [false, true])
  func referenceGradient(_ cell: Reference.RecurrentCell, isReversed: Bool) {
    let shape = Reference.RecurrentShape(
      cell: cell, batch: 2, length: 5, channels: 2, units: 3, isReversed: isReversed, marker: -1)
    var x = noise(2 * 5 * 2, "x").double
    x.replaceSubrange(4..<6, with: [-1, -1])
    x.replaceSubrange(16..<20, with: [-1, -1, -1, -1])
    let weights = Reference.RecurrentWeights(
      kernel: noise(2 * shape.sums, "w").double, recurrent: noise(3 * shape.sums, "u").double,
      bias: noise((cell == .gru ? 2 : 1) * shape.sums, "b").double)
    let dy = noise(2 * 5 * 3, "dy").double
    func loss(_ x: [Double], _ weights: Reference.RecurrentWeights<Double>) -> Double {
      zip(Reference.recurrent(x, weights: weights, shape: shape), dy)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.recurrentGradient(
      x, weights: weights, outputGradient: dy, shape: shape)
    // A marker that moves is no marker: its gradient is that of a skipped sample, zero.
    let numeric = finiteDifferences(x) { loss($0, weights) }
    for (index, value) in x.enumerated() {
      #expect(
        value == -1
          ? gradient.input[index] == 0 : abs(gradient.input[index] - numeric[index]) < 1e-6)
    }
    func check(
      _ path: WritableKeyPath<Reference.RecurrentWeights<Double>, [Double]>
    ) {
      let numeric = finiteDifferences(weights[keyPath: path]) { values in
        var moved = weights
        moved[keyPath: path] = values
        return loss(x, moved)
      }
      #expect(largestDifference(gradient.weights[keyPath: path], numeric) < 1e-6)
    }
    check(\.kernel)
    check(\.recurrent)
    check(\.bias)
  }

  @Test("Every instruction set gives the same bits", arguments: RecurrentCase.all)
  func sameBits(_ given: RecurrentCase) {
    let passes = availableKernels.map { given.pass(kernels: $0) }
    for pass in passes.dropFirst() {
      #expect(pass.y == passes[0].y)
      #expect(pass.inputGradient == passes[0].inputGradient)
      #expect(pass.weightGradients == passes[0].weightGradients)
    }
  }

  @Test("Skipped samples at the end leave the state of the shorter row")
  func maskedEnd() throws {
    let short = LayerPass(LSTM(12), rows: 4, length: 6, channels: 2)
    var padded: [Float] = []
    for row in 0..<4 {
      padded += short.x[row * 12..<(row + 1) * 12] + [Float](repeating: -1, count: 10)
    }
    let masked = LayerPass(LSTM(12, masking: -1), rows: 4, length: 11, channels: 2, input: padded)
    #expect(masked.y == short.y)
    let sequence = LayerPass(
      LSTM(12, returnsSequences: true, masking: -1), rows: 4, length: 11, channels: 2,
      input: padded)
    for row in 0..<4 {
      let last = Array(short.y[row * 12..<(row + 1) * 12])
      for sample in 5..<11 {
        let first = (row * 11 + sample) * 12
        #expect(Array(sequence.y[first..<first + 12]) == last)
      }
    }
  }

  @Test("The published networks have their published numbers of parameters")
  func parameterCounts() {
    func count(_ layer: some Layer) -> Int {
      Plan(
        Sequential {
          MaskPadding()
          layer
          Dense(256)
          ReLU()
          Dropout(0.1)
          Dense(128)
          ReLU()
          Dropout(0.1)
          Dense(5)
        }, length: 187
      ).parameterCount
    }
    #expect(count(SimpleRNN(128, masking: -1)) == 83_205)
    #expect(count(Bidirectional(LSTM(128, masking: -1))) == 232_453)
    #expect(Plan(GRU(64), length: 187, channels: 2).parameterCount == 3 * 64 * (2 + 64 + 2))
    let multiplyAdds = Plan(SimpleRNN(128), length: 187).multiplyAdds
    #expect(multiplyAdds + 128 * 256 + 256 * 128 + 128 * 5 == 3_153_920)
  }

  @Test("Recurrent weights start orthonormal, an LSTM's forget gate at one")
  func initialWeights() throws {
    let plan = Plan(LSTM(24), length: 3)
    let network = Network(plan, seed: 9)
    let recurrent = network.values(
      of: try #require(plan.parameters.first { $0.shape == [24, 96] }))
    for a in 0..<24 {
      for b in 0..<24 {
        let product = (0..<96).reduce(0.0) {
          $0 + Double(recurrent[a * 96 + $1]) * Double(recurrent[b * 96 + $1])
        }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-6)
      }
    }
    #expect(recurrent.contains { $0 > 0 } && recurrent.contains { $0 < 0 })
    let bias = network.values(of: try #require(plan.parameters.last))
    #expect(bias.indices.allSatisfy { bias[$0] == ($0 / 24 == 1 ? 1 : 0) })
  }

  @Test("A square or tall orthogonal matrix has orthonormal columns", arguments: [8, 19])
  func orthogonalColumns(rows: Int) {
    let random = Philox(seed: 1, purpose: "test", path: "q")
    let q = orthogonalMatrix(rows: rows, columns: 8, random: random.stream())
    for a in 0..<8 {
      for b in 0..<8 {
        let product = (0..<rows).reduce(0.0) { $0 + Double(q[$1 * 8 + a]) * Double(q[$1 * 8 + b]) }
        #expect(abs(product - (a == b ? 1 : 0)) < 1e-6)
      }
    }
  }

  private static let network = Plan(
    Sequential {
      MaskPadding()
      Bidirectional(GRU(10, returnsSequences: true, masking: -1))
      ReLU()
      Dropout(0.2)
      LSTM(12, returnsSequences: true)
      Dropout(0.1)
      SimpleRNN(8)
      Dense(3)
    }, length: 15)

  private func train(threads: Int = 1, kernels: Kernels = .current) -> [Float] {
    let rows = 140
    let network = Network(Self.network, seed: 1, threads: threads, kernels: kernels)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let inputs = noise(rows * 15, "rows").enumerated().map { $0 % 15 > 9 + $0 / 15 % 4 ? 0 : $1 }
    let labels = (0..<rows).map { UInt8($0 % 3) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        for step in 1...4 {
          _ = network.train(
            Batch(Array(0..<rows)[...], of: inputs, labels: labels), loss: SoftmaxCrossEntropy(),
            optimizer: Adam(), state: state, step: step, learningRate: 1e-3)
        }
      }
    }
    return network.weights.array
  }

  @Test("Trained weights are the same bytes for any number of threads and on every instruction set")
  func sameWeights() {
    let expected = train()
    #expect(expected.allSatisfy { $0.isFinite })
    for threads in 2...4 { #expect(train(threads: threads) == expected) }
    for kernels in availableKernels { #expect(train(kernels: kernels) == expected) }
  }

  @Test("The gradient of stacked recurrent layers is that of finite differences of the loss")
  func stackedGradient() {
    let plan = Self.network
    let network = Network(plan, seed: 2)
    let inputs = noise(6 * 15, "rows")
    let labels = (0..<6).map { UInt8($0 % 3) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<6)[...], of: inputs, labels: labels)
        func loss() -> Double {
          network.weightsDidChange()
          return network.accumulateGradients(batch, loss: SoftmaxCrossEntropy(), step: 1).lossSum
            / 6
        }
        _ = loss()
        for parameter in plan.parameters {
          let gradient = network.gradient(of: parameter, rows: 6)
          let kept = network.values(of: parameter)
          let index = gradient.indices.reduce(0) { abs(gradient[$1]) > abs(gradient[$0]) ? $1 : $0 }
          func movedLoss(_ distance: Float) -> Double {
            var moved = kept
            moved[index] += distance
            network.setValues(moved, of: parameter)
            return loss()
          }
          let numeric = (movedLoss(5e-4) - movedLoss(-5e-4)) / 1e-3
          network.setValues(kept, of: parameter)
          _ = loss()
          #expect(
            abs(numeric - Double(gradient[index])) < 1e-3 + 0.02 * abs(numeric),
            "\(parameter.path)")
        }
      }
    }
  }

  @Test("A training step goes back through the states even where the rows need no gradient")
  func trainingCost() {
    let plan = Plan(SimpleRNN(128), length: 187)
    #expect(plan.multiplyAdds == 187 * 129 * 128)
    #expect(plan.trainingMultiplyAdds == 187 * (3 * 128 + 2) * 128)
  }
}
