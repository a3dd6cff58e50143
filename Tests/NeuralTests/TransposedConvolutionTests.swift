import Tensors
import Testing

@testable import Neural

struct TransposedConvolutionCase: Sendable, CustomTestStringConvertible {
  var length = 11
  var channels = 3
  var filters = 5
  var kernel = 3
  var stride = 1
  var padding = 0
  var outputPadding = 0

  var testDescription: String {
    "\(length)×\(channels) to \(filters), \(kernel) taps, stride \(stride), "
      + "padding \(padding), output padding \(outputPadding)"
  }

  var layer: ConvTranspose1D {
    ConvTranspose1D(
      filters, kernel: kernel, stride: stride, padding: padding, outputPadding: outputPadding)
  }

  /// The convolution whose input gradient this is.
  func shape(rows: Int) -> Reference.ConvolutionShape {
    let after = padding - outputPadding
    return Reference.ConvolutionShape(
      batch: rows, length: (length - 1) * stride + kernel - padding - after, channels: filters,
      filters: channels, kernel: kernel, stride: stride, padding: (padding, after))
  }

  static let all = [
    TransposedConvolutionCase(), TransposedConvolutionCase(padding: 1),
    TransposedConvolutionCase(stride: 2, padding: 1, outputPadding: 1),
    TransposedConvolutionCase(
      length: 3, channels: 30, filters: 30, stride: 2, padding: 1, outputPadding: 1),
    TransposedConvolutionCase(channels: 17, filters: 33, kernel: 4, stride: 3, padding: 2),
    TransposedConvolutionCase(kernel: 2, stride: 3, outputPadding: 2),
    TransposedConvolutionCase(channels: 33, filters: 40, padding: 1),
    TransposedConvolutionCase(channels: 5, filters: 1, padding: 1),
    TransposedConvolutionCase(kernel: 1, stride: 2),
    TransposedConvolutionCase(kernel: 5, padding: 4),
  ]
}

@Suite("Transposed convolution")
struct TransposedConvolutionTests {
  @Test("Kernel and reference agree", arguments: TransposedConvolutionCase.all)
  func agreesWithReference(_ shape: TransposedConvolutionCase) throws {
    let pass = LayerPass(shape.layer, rows: 70, length: shape.length, channels: shape.channels)
    let geometry = shape.shape(rows: 70)
    #expect(pass.plan.output.length == geometry.length)
    #expect(geometry.outputLength == shape.length)
    let weights = try #require(pass.weights["convtranspose1.kernel"]).double
    let bias = try #require(pass.weights["convtranspose1.bias"]).double
    let y = Reference.transposedConvolution(
      pass.x.double, weights: weights, bias: bias, shape: geometry)
    #expect(relativeDifference(pass.y, y) < 2e-6)
    let gradient = Reference.transposedConvolutionGradient(
      pass.x.double, weights: weights, outputGradient: pass.outputGradient.double, shape: geometry)
    let weightGradient = try #require(pass.weightGradients["convtranspose1.kernel"])
    let biasGradient = try #require(pass.weightGradients["convtranspose1.bias"])
    #expect(relativeDifference(weightGradient, gradient.weights) < 1e-5)
    #expect(relativeDifference(biasGradient, gradient.bias) < 1e-5)
    let last = gradient.input.suffix(pass.inputGradient.count)
    #expect(relativeDifference(pass.inputGradient, Array(last)) < 2e-6)
  }

  @Test(
    "Reference gradients are those of finite differences", arguments: TransposedConvolutionCase.all)
  func referenceGradient(_ shape: TransposedConvolutionCase) {
    var small = shape
    (small.channels, small.filters) = (3, 2)
    let geometry = small.shape(rows: 2)
    let x = noise(2 * small.length * 3, "x").double
    let (w, b) = (noise(small.kernel * 2 * 3, "w").double, noise(2, "b").double)
    let dy = noise(2 * geometry.length * 2, "dy").double
    func loss(_ x: [Double], _ w: [Double], _ b: [Double]) -> Double {
      zip(Reference.transposedConvolution(x, weights: w, bias: b, shape: geometry), dy)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.transposedConvolutionGradient(
      x, weights: w, outputGradient: dy, shape: geometry)
    #expect(largestDifference(gradient.input, finiteDifferences(x) { loss($0, w, b) }) < 1e-6)
    #expect(largestDifference(gradient.weights, finiteDifferences(w) { loss(x, $0, b) }) < 1e-6)
    #expect(largestDifference(gradient.bias, finiteDifferences(b) { loss(x, w, $0) }) < 1e-6)
  }

  @Test("A rectifier joins the transposed convolution before it")
  func rectified() {
    let shape = TransposedConvolutionCase(stride: 2, padding: 1, outputPadding: 1)
    let plain = LayerPass(shape.layer, length: 11, channels: 3)
    let joined = LayerPass(
      Sequential {
        shape.layer
        ReLU()
      }, length: 11, channels: 3)
    #expect(joined.plan.operations.count == 1)
    #expect(joined.y == Reference.relu(plain.y))
  }
}
