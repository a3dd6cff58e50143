import Tensors
import Testing

@testable import Neural

@Suite("Tokens, positions and layers a sample")
struct TokenTests {
  @Test("A table of positions is added to each row, and gets the sum of the rows' gradients")
  func positions() throws {
    let (length, channels, rows) = (7, 5, 19)
    let pass = LayerPass(LearnedPositions(), rows: rows, length: length, channels: channels)
    let table = try #require(pass.weights["positions1.table"])
    let count = length * channels
    #expect(pass.y == pass.x.enumerated().map { $1 + table[$0 % count] })
    let lastRows = pass.outputGradient.suffix(pass.inputGradient.count)
    #expect(pass.inputGradient == Array(lastRows))
    let expected = (0..<count).map { place in
      (0..<rows).reduce(0.0) { $0 + Double(pass.outputGradient[$1 * count + place]) }
    }
    let gradient = try #require(pass.weightGradients["positions1.table"])
    #expect(relativeDifference(gradient, expected) < 2e-6)
  }

  @Test("A class token stands before each row's samples")
  func classToken() throws {
    let (length, channels, rows) = (4, 6, 5)
    let pass = LayerPass(ClassToken(), rows: rows, length: length, channels: channels)
    let token = try #require(pass.weights["token1.value"])
    let (count, longer) = (length * channels, (length + 1) * channels)
    for row in 0..<rows {
      let y = pass.y[row * longer..<(row + 1) * longer]
      #expect(Array(y) == token + pass.x[row * count..<(row + 1) * count])
      let gradient = pass.outputGradient[row * longer..<(row + 1) * longer]
      #expect(
        Array(pass.inputGradient[row * count..<(row + 1) * count])
          == Array(gradient.dropFirst(channels)))
    }
    let expected = (0..<channels).map { c in
      (0..<rows).reduce(0.0) { $0 + Double(pass.outputGradient[$1 * longer + c]) }
    }
    let gradient = try #require(pass.weightGradients["token1.value"])
    #expect(relativeDifference(gradient, expected) < 2e-6)
  }

  @Test("The first or the last sample of a row is taken, and alone has a gradient")
  func selectedSample() {
    let first = LayerPass(FirstSample(), length: 6, channels: 3)
    let last = LayerPass(LastSample(), length: 6, channels: 3)
    for (pass, sample) in [(first, 0), (last, 5)] {
      for row in 0..<3 {
        let start = (row * 6 + sample) * 3
        #expect(pass.y[row * 3..<row * 3 + 3] == pass.x[start..<start + 3])
      }
      for (index, gradient) in pass.inputGradient.enumerated() {
        let place = index / 18 * 3 + index % 3
        #expect(gradient == (index / 3 % 6 == sample ? pass.outputGradient[place] : 0))
      }
    }
  }

  @Test("Samples that are taken from a rectified value pass only its gradients above zero")
  func gatedSample() throws {
    let layer = Sequential {
      Dense(20)
      ReLU()
      Sum {
        FirstSample()
        LastSample()
      }
      LearnedPositions()
    }
    let pass = LayerPass(layer, rows: 2, length: 3, channels: 4)
    let weights = try #require(pass.weights["dense1.kernel"]).double
    let bias = try #require(pass.weights["dense1.bias"]).double
    let shape = Reference.ConvolutionShape(
      batch: 2, length: 3, channels: 4, filters: 20, kernel: 1)
    let dense = Reference.convolution(pass.x.double, weights: weights, bias: bias, shape: shape)
    let gradient = dense.indices.map { index -> Double in
      guard index / 20 % 3 != 1, dense[index] > 0 else { return 0 }
      return Double(pass.outputGradient[index / 60 * 20 + index % 20])
    }
    let expected = Reference.convolutionGradient(
      pass.x.double, weights: weights, outputGradient: gradient, shape: shape)
    #expect(relativeDifference(pass.inputGradient, expected.input) < 2e-6)
  }

  @Test("The last state of a recurrent layer is the last sample of its sequence")
  func lastState() {
    let sequence = LayerPass(
      Sequential {
        LSTM(9, returnsSequences: true)
        LastSample()
      }, length: 8, channels: 2)
    let last = LayerPass(LSTM(9), length: 8, channels: 2)
    #expect(sequence.y == last.y && sequence.inputGradient == last.inputGradient)
    #expect(sequence.weightGradients == last.weightGradients)
  }

  @Test("A dense layer works sample by sample, rectified in the same operation")
  func densePerSample() throws {
    let (rows, length) = (19, 7)
    let pass = LayerPass(
      Sequential {
        Dense(20)
        ReLU()
        MaxPool1D(1)
      }, rows: rows, length: length, channels: 5)
    #expect(pass.plan.operations.count == 2)
    #expect(pass.plan.output.length == length && pass.plan.parameterCount == 5 * 20 + 20)
    let weights = try #require(pass.weights["dense1.kernel"]).double
    let bias = try #require(pass.weights["dense1.bias"]).double
    var dense: [Double] = []
    for sample in 0..<rows * length {
      for unit in 0..<20 {
        dense.append(
          (0..<5).reduce(bias[unit]) {
            $0 + Double(pass.x[sample * 5 + $1]) * weights[$1 * 20 + unit]
          })
      }
    }
    #expect(relativeDifference(pass.y, Reference.relu(dense)) < 2e-6)
    let gradient = Reference.reluGradient(dense, outputGradient: pass.outputGradient.double)
    let shape = Reference.ConvolutionShape(
      batch: rows, length: length, channels: 5, filters: 20, kernel: 1)
    let expected = Reference.convolutionGradient(
      pass.x.double, weights: weights, outputGradient: gradient, shape: shape)
    let weightGradient = try #require(pass.weightGradients["dense1.kernel"])
    let biasGradient = try #require(pass.weightGradients["dense1.bias"])
    #expect(relativeDifference(weightGradient, expected.weights) < 5e-6)
    #expect(relativeDifference(biasGradient, expected.bias) < 5e-6)
    let lastRows = expected.input.suffix(pass.inputGradient.count)
    #expect(relativeDifference(pass.inputGradient, Array(lastRows)) < 2e-6)
  }
}
