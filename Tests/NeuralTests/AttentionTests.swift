import Tensors
import Testing

@testable import Neural

struct AttentionCase: Sendable, CustomTestStringConvertible {
  var length = 17
  var channels = 24
  var heads = 4
  var width = 16
  var dropout: Float = 0

  var testDescription: String {
    "\(length)×\(channels), \(heads) heads of \(width), dropout \(dropout)"
  }

  var layer: MultiHeadAttention {
    MultiHeadAttention(heads: heads, keyWidth: width, dropout: dropout)
  }

  func pass(rows: Int = 3, kernels: Kernels = .current) -> LayerPass {
    LayerPass(layer, rows: rows, length: length, channels: channels, step: 4, kernels: kernels)
  }

  func shape(rows: Int) -> Reference.AttentionShape {
    Reference.AttentionShape(batch: rows, length: length, heads: heads, width: width)
  }

  /// A projection: a convolution of one tap.
  func projection(rows: Int, from: Int, to: Int) -> Reference.ConvolutionShape {
    Reference.ConvolutionShape(
      batch: rows, length: length, channels: from, filters: to, kernel: 1)
  }

  /// What dropout multiplies the weights with: elements of a row are counted in
  /// `[keys][heads · queries]`, each key's line filled up to a multiple of 16.
  func factors(rows: Int) -> [Double]? {
    guard dropout > 0 else { return nil }
    let line = (heads * length + 15) / 16 * 16
    let drops = Reference.droppedElements(
      rows: rows, count: length * line,
      generator: Philox(seed: 3, purpose: "dropout", path: "attention1"), step: 4, firstRow: 0,
      rate: dropout)
    return (0..<rows * length).flatMap { key in
      (0..<heads * length).map { drops[key * line + $0] ? 0 : 1 / (1 - Double(dropout)) }
    }
  }

  static let all = [
    AttentionCase(), AttentionCase(length: 5, channels: 6, heads: 3, width: 2),
    AttentionCase(length: 20, channels: 10, heads: 2, width: 7),
    AttentionCase(length: 33, channels: 3, heads: 1, width: 40),
    AttentionCase(length: 1, channels: 4, heads: 2, width: 3),
    AttentionCase(dropout: 0.25),
    AttentionCase(length: 9, channels: 5, heads: 3, width: 5, dropout: 0.5),
  ]
}

@Suite("Attention")
struct AttentionTests {
  @Test("Kernels and reference agree, forward and backward", arguments: AttentionCase.all)
  func agreesWithReference(_ given: AttentionCase) throws {
    let rows = 3
    let pass = given.pass(rows: rows)
    let inner = given.heads * given.width
    func weights(_ name: String) throws -> [Double] {
      try #require(pass.weights["attention1.\(name)"]).double
    }
    let input = given.projection(rows: rows, from: given.channels, to: 3 * inner)
    let output = given.projection(rows: rows, from: inner, to: given.channels)
    let shape = given.shape(rows: rows)
    let (inputWeights, outputWeights) = (try weights("input.kernel"), try weights("output.kernel"))
    let projected = Reference.convolution(
      pass.x.double, weights: inputWeights, bias: try weights("input.bias"), shape: input)
    let y = Reference.convolution(
      Reference.attention(projected, shape: shape), weights: outputWeights,
      bias: try weights("output.bias"), shape: output)
    #expect(relativeDifference(pass.y, y) < 5e-6)

    let factors = given.factors(rows: rows)
    let attended = Reference.attention(projected, factors: factors, shape: shape)
    let back = Reference.convolutionGradient(
      attended, weights: outputWeights, outputGradient: pass.outputGradient.double, shape: output)
    let middle = Reference.attentionGradient(
      projected, factors: factors, outputGradient: back.input, shape: shape)
    let first = Reference.convolutionGradient(
      pass.x.double, weights: inputWeights, outputGradient: middle, shape: input)
    func check(_ name: String, _ expected: [Double]) throws {
      let gradient = try #require(pass.weightGradients["attention1.\(name)"])
      #expect(relativeDifference(gradient, expected) < 1e-5, "\(name)")
    }
    try check("output.kernel", back.weights)
    try check("output.bias", back.bias)
    try check("input.kernel", first.weights)
    try check("input.bias", first.bias)
    #expect(relativeDifference(pass.inputGradient, first.input) < 1e-5)
  }

  @Test("The reference's gradient is that of finite differences", arguments: [false, true])
  func referenceGradient(hasFactors: Bool) {
    let shape = Reference.AttentionShape(batch: 2, length: 4, heads: 2, width: 3)
    let x = noise(2 * 4 * 18, "x").double.map { 3 * $0 }
    let dy = noise(2 * 4 * 6, "dy").double
    let factors = hasFactors ? noise(shape.weightCount, "f").map { $0 > 0 ? 2.0 : 0 } : nil
    let gradient = Reference.attentionGradient(
      x, factors: factors, outputGradient: dy, shape: shape)
    let numeric = finiteDifferences(x) { x in
      zip(Reference.attention(x, factors: factors, shape: shape), dy)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(largestDifference(gradient, numeric) < 1e-6)
  }

  @Test("Every instruction set gives the same bits", arguments: AttentionCase.all)
  func sameBits(_ given: AttentionCase) {
    let passes = availableKernels.map { given.pass(kernels: $0) }
    for pass in passes.dropFirst() {
      #expect(pass.y == passes[0].y)
      #expect(pass.inputGradient == passes[0].inputGradient)
      #expect(pass.weightGradients == passes[0].weightGradients)
    }
  }

  @Test("Scores far from each other give weights of zero and one, not infinities")
  func largeScores() {
    let x = noise(3 * 9 * 8, "input").map { $0 * 3000 }
    let pass = LayerPass(
      MultiHeadAttention(heads: 2, keyWidth: 4), length: 9, channels: 8, input: x)
    #expect(pass.y.allSatisfy { $0.isFinite } && pass.inputGradient.allSatisfy { $0.isFinite })
  }

  @Test("Weights start within the limits of Keras, biases at zero")
  func initialWeights() throws {
    let plan = Plan(MultiHeadAttention(heads: 4, keyWidth: 16), length: 17, channels: 64)
    let network = Network(plan, seed: 2)
    #expect(plan.parameterCount == 4 * (64 * 64 + 64))
    for (path, fans) in [("input", 4 * 64 + 16 * 64), ("output", 4 * 16 + 4 * 64)] {
      let parameter = try #require(
        plan.parameters.first { $0.path == "attention1.\(path).kernel" })
      let limit = (6 / Float(fans)).squareRoot()
      let largest = network.values(of: parameter).map(abs).max() ?? 0
      #expect(largest <= limit && largest > 0.99 * limit)
      let bias = try #require(plan.parameters.first { $0.path == "attention1.\(path).bias" })
      #expect(network.values(of: bias).allSatisfy { $0 == 0 })
    }
  }

  @Test("Products are counted forward, and again for each gradient")
  func multiplyAdds() {
    let plan = Plan(MultiHeadAttention(heads: 4, keyWidth: 16), length: 17, channels: 64)
    let (input, attention, output) = (17 * 64 * 192, 2 * 17 * 17 * 64, 17 * 64 * 64)
    #expect(plan.multiplyAdds == input + attention + output)
    // The rows themselves have no gradient.
    #expect(plan.trainingMultiplyAdds == 2 * input + 3 * (attention + output))
  }

  @Test("An encoder block keeps the shape and has a normalisation before each half")
  func encoder() {
    let block = TransformerEncoder(heads: 4, keyWidth: 16, hidden: 128, dropout: 0.1)
    let plan = Plan(block, length: 17, channels: 64)
    #expect(plan.output.length == 17 && plan.output.channels == 64)
    let (norms, attention) = (2 * 2 * 64, 4 * (64 * 64 + 64))
    #expect(plan.parameterCount == norms + attention + 64 * 128 + 128 + 128 * 64 + 64)
    #expect(plan.parameters.map(\.path).first == "layernorm1.scale")
  }

  private static let network = Plan(
    Sequential {
      Conv1D(20, kernel: 3, stride: 3)
      ClassToken()
      LearnedPositions()
      Sum {
        MultiHeadAttention(heads: 3, keyWidth: 6, dropout: 0.2)
        Identity()
      }
      TransformerEncoder(heads: 2, keyWidth: 10, hidden: 30, dropout: 0.1)
      Dense(24)
      ReLU()
      FirstSample()
      Dense(3)
    }, length: 21)

  private func train(threads: Int = 1, kernels: Kernels = .current) -> [Float] {
    let rows = 140
    let network = Network(Self.network, seed: 1, threads: threads, kernels: kernels)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let labels = (0..<rows).map { UInt8($0 % 3) }
    noise(rows * 21, "rows").withUnsafeBufferPointer { inputs in
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
}
