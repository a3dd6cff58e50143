import Tensors
import Testing

@testable import Neural

struct ConvolutionCase: Sendable, CustomTestStringConvertible {
  var length = 23
  var channels = 3
  var filters = 5
  var kernel = 3
  var stride = 1
  var dilation = 1
  var padding = Padding.valid

  var testDescription: String {
    "\(length)×\(channels) to \(filters), \(kernel) taps, stride \(stride), "
      + "dilation \(dilation), \(padding)"
  }

  var layer: Conv1D {
    Conv1D(filters, kernel: kernel, stride: stride, dilation: dilation, padding: padding)
  }

  func shape(rows: Int) -> Reference.ConvolutionShape {
    var halo = (before: 0, after: 0)
    switch padding {
    case .valid: break
    case .explicit(let before, let after): halo = (before, after)
    case .same:
      let outputs = (length + stride - 1) / stride
      let total = max(0, (outputs - 1) * stride + (kernel - 1) * dilation + 1 - length)
      halo = (total / 2, total - total / 2)
    }
    return Reference.ConvolutionShape(
      batch: rows, length: length, channels: channels, filters: filters, kernel: kernel,
      stride: stride, dilation: dilation, padding: halo)
  }

  static let all = [
    ConvolutionCase(), ConvolutionCase(channels: 1, filters: 16, kernel: 5),
    ConvolutionCase(channels: 16, filters: 32), ConvolutionCase(channels: 32, filters: 48),
    ConvolutionCase(length: 24, channels: 40, filters: 36, padding: .same),
    ConvolutionCase(length: 3, channels: 33, filters: 32),
    ConvolutionCase(length: 4, channels: 32, filters: 33, padding: .same),
    ConvolutionCase(channels: 32, filters: 32, padding: .explicit(before: 3, after: 0)),
    ConvolutionCase(length: 187, channels: 48, filters: 32, padding: .same),
    ConvolutionCase(length: 40, channels: 17, filters: 33, kernel: 4),
    ConvolutionCase(padding: .same), ConvolutionCase(kernel: 4, padding: .same),
    ConvolutionCase(dilation: 2), ConvolutionCase(kernel: 5, dilation: 4, padding: .same),
    ConvolutionCase(kernel: 1, stride: 2, padding: .same),
    ConvolutionCase(length: 24, kernel: 1, stride: 2, padding: .same),
    ConvolutionCase(kernel: 3, stride: 2), ConvolutionCase(kernel: 3, stride: 2, padding: .same),
    ConvolutionCase(length: 24, kernel: 5, stride: 3, padding: .same),
    ConvolutionCase(length: 20, kernel: 2, stride: 3),
    ConvolutionCase(stride: 2, padding: .explicit(before: 1, after: 6)),
    ConvolutionCase(padding: .explicit(before: 3, after: 0)),
  ]
}

@Suite("Convolution")
struct ConvolutionTests {
  @Test("Kernel and reference agree, forward and backward", arguments: ConvolutionCase.all)
  func agreesWithReference(_ shape: ConvolutionCase) throws {
    let rows = 19
    let pass = LayerPass(
      shape.layer, rows: rows, length: shape.length, channels: shape.channels)
    let weights = try #require(pass.weights["conv1.kernel"]).double
    let bias = try #require(pass.weights["conv1.bias"]).double
    let geometry = shape.shape(rows: rows)
    let y = Reference.convolution(pass.x.double, weights: weights, bias: bias, shape: geometry)
    #expect(relativeDifference(pass.y, y) < 2e-6)
    let gradient = Reference.convolutionGradient(
      pass.x.double, weights: weights, outputGradient: pass.outputGradient.double, shape: geometry)
    let weightGradient = try #require(pass.weightGradients["conv1.kernel"])
    let biasGradient = try #require(pass.weightGradients["conv1.bias"])
    #expect(relativeDifference(weightGradient, gradient.weights) < 5e-6)
    #expect(relativeDifference(biasGradient, gradient.bias) < 5e-6)
    let rowSize = shape.length * shape.channels
    let lastRows = gradient.input.suffix(pass.inputGradient.count)
    #expect(pass.inputGradient.count % rowSize == 0 && !pass.inputGradient.isEmpty)
    #expect(relativeDifference(pass.inputGradient, Array(lastRows)) < 2e-6)
  }

  @Test("The reference's gradients are those of finite differences", arguments: ConvolutionCase.all)
  func referenceGradient(_ shape: ConvolutionCase) {
    let geometry = ConvolutionCase(
      length: shape.length, channels: 2, filters: 3, kernel: shape.kernel, stride: shape.stride,
      dilation: shape.dilation, padding: shape.padding
    ).shape(rows: 2)
    let x = noise(2 * geometry.length * 2, "x").double
    let w = noise(geometry.kernel * 2 * 3, "w").double
    let b = noise(3, "b").double
    let dy = noise(2 * geometry.outputLength * 3, "dy").double
    func loss(_ x: [Double], _ w: [Double], _ b: [Double]) -> Double {
      zip(Reference.convolution(x, weights: w, bias: b, shape: geometry), dy)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.convolutionGradient(
      x, weights: w, outputGradient: dy, shape: geometry)
    #expect(largestDifference(gradient.input, finiteDifferences(x) { loss($0, w, b) }) < 1e-6)
    #expect(largestDifference(gradient.weights, finiteDifferences(w) { loss(x, $0, b) }) < 1e-6)
    #expect(largestDifference(gradient.bias, finiteDifferences(b) { loss(x, w, $0) }) < 1e-6)
  }

  @Test("Every instruction set gives the same bits", arguments: ConvolutionCase.all)
  func sameBits(_ shape: ConvolutionCase) {
    let passes = availableKernels.map {
      LayerPass(shape.layer, rows: 5, length: shape.length, channels: shape.channels, kernels: $0)
    }
    for pass in passes.dropFirst() {
      #expect(pass.y == passes[0].y)
      #expect(pass.inputGradient == passes[0].inputGradient)
      #expect(pass.weightGradients == passes[0].weightGradients)
    }
  }

  @Test("Without a bias a convolution is that of a zero bias", arguments: [1, 4])
  func withoutBias(kernel: Int) throws {
    let pass = LayerPass(
      Conv1D(5, kernel: kernel, padding: .same, bias: false), length: 23, channels: 3)
    #expect(Array(pass.weights.keys) == ["conv1.kernel"])
    let shape = ConvolutionCase(kernel: kernel, padding: .same).shape(rows: 3)
    let weights = try #require(pass.weights["conv1.kernel"]).double
    let y = Reference.convolution(
      pass.x.double, weights: weights, bias: [0, 0, 0, 0, 0], shape: shape)
    #expect(relativeDifference(pass.y, y) < 2e-6)
    let gradient = Reference.convolutionGradient(
      pass.x.double, weights: weights, outputGradient: pass.outputGradient.double, shape: shape)
    let found = try #require(pass.weightGradients["conv1.kernel"])
    #expect(relativeDifference(found, gradient.weights) < 5e-6)
    #expect(relativeDifference(pass.inputGradient, gradient.input) < 2e-6)
  }

  @Test("A global maximum behind a convolution without bias is a pooling of its own")
  func maximumWithoutBias() {
    let network = Sequential {
      Conv1D(5, kernel: 3, bias: false)
      GlobalMaxPool()
    }
    #expect(Plan(network, length: 23).operations.count == 2)
  }

  @Test("A rectifier behind a convolution lets only positive outputs and their gradients pass")
  func rectified() throws {
    let plain = LayerPass(Conv1D(20, kernel: 3), length: 12, channels: 4)
    let joined = LayerPass(
      Sequential {
        Conv1D(20, kernel: 3)
        ReLU()
        Dense(20)
      }, length: 12, channels: 4)
    #expect(joined.plan.operations.count == 2)
    let gate = plain.y.map { $0 > 0 }
    let dense = try #require(joined.weights["dense1.kernel"]).double
    let geometry = Reference.ConvolutionShape(
      batch: 3, length: 10, channels: 20, filters: 20, kernel: 1)
    let hidden = Reference.relu(plain.y.double)
    let bias = try #require(joined.weights["dense1.bias"]).double
    let y = Reference.convolution(hidden, weights: dense, bias: bias, shape: geometry)
    #expect(relativeDifference(joined.y, y) < 2e-6)
    let back = Reference.convolutionGradient(
      hidden, weights: dense, outputGradient: joined.outputGradient.double, shape: geometry
    ).input
    let gated = zip(back, gate).map { $1 ? $0 : 0 }
    let first = try #require(joined.weights["conv1.kernel"]).double
    let convolution = Reference.convolutionGradient(
      joined.x.double, weights: first, outputGradient: gated,
      shape: Reference.ConvolutionShape(batch: 3, length: 12, channels: 4, filters: 20, kernel: 3))
    let weightGradient = try #require(joined.weightGradients["conv1.kernel"])
    #expect(relativeDifference(weightGradient, convolution.weights) < 5e-6)
    #expect(relativeDifference(joined.inputGradient, convolution.input) < 5e-6)
  }

  @Test(
    "A convolution into a global maximum has the gradient of its two parts", arguments: [1, 2],
    [24, 48])
  func peak(stride: Int, channels: Int) throws {
    let pass = LayerPass(
      Sequential {
        Conv1D(40, kernel: 3, stride: stride)
        ReLU()
        GlobalMaxPool()
      }, rows: 9, length: 16 * stride + 1, channels: channels)
    #expect(pass.plan.operations.count == 1)
    let weights = try #require(pass.weights["conv1.kernel"]).double
    let bias = try #require(pass.weights["conv1.bias"]).double
    let shape = Reference.ConvolutionShape(
      batch: 9, length: 16 * stride + 1, channels: channels, filters: 40, kernel: 3, stride: stride)
    let dense = Reference.relu(
      Reference.convolution(pass.x.double, weights: weights, bias: bias, shape: shape))
    let pooled = Reference.globalMaxPool(
      dense, batch: 9, length: shape.outputLength, channels: 40)
    #expect(relativeDifference(pass.y, pooled.values) < 2e-6)
    // The probe's gradient is not gated: give the reference only what a rectifier lets pass.
    #expect(pooled.values.allSatisfy { $0 > 0 })
    let denseGradient = Reference.maxPoolGradient(
      indices: pooled.indices, outputGradient: pass.outputGradient.double, inputCount: dense.count)
    let gradient = Reference.convolutionGradient(
      pass.x.double, weights: weights, outputGradient: denseGradient, shape: shape)
    let weightGradient = try #require(pass.weightGradients["conv1.kernel"])
    let biasGradient = try #require(pass.weightGradients["conv1.bias"])
    #expect(relativeDifference(weightGradient, gradient.weights) < 5e-6)
    #expect(relativeDifference(biasGradient, gradient.bias) < 5e-6)
    #expect(relativeDifference(pass.inputGradient, gradient.input) < 5e-6)
    for kernels in availableKernels {
      let other = LayerPass(
        Sequential {
          Conv1D(40, kernel: 3, stride: stride)
          ReLU()
          GlobalMaxPool()
        }, rows: 9, length: 16 * stride + 1, channels: channels, kernels: kernels)
      #expect(other.y == pass.y && other.weightGradients == pass.weightGradients)
      #expect(other.inputGradient == pass.inputGradient)
    }
  }
}
