import Tensors
import Testing

@testable import Neural

@Suite("Layer normalisation")
struct LayerNormTests {
  @Test(
    "Kernel and reference agree, over several micro-batches", arguments: [1, 3, 16, 21, 64])
  func agreesWithReference(channels: Int) throws {
    let pass = LayerPass(LayerNorm(), rows: 70, length: 5, channels: channels)
    let scale = try #require(pass.weights["layernorm1.scale"]).double
    let offset = try #require(pass.weights["layernorm1.offset"]).double
    let y = Reference.layerNormalization(
      pass.x.double, scale: scale, offset: offset, epsilon: 1e-3)
    #expect(relativeDifference(pass.y, y) < 2e-6)
    let gradient = Reference.layerNormalizationGradient(
      pass.x.double, scale: scale, epsilon: 1e-3, outputGradient: pass.outputGradient.double)
    let scaleGradient = try #require(pass.weightGradients["layernorm1.scale"])
    let offsetGradient = try #require(pass.weightGradients["layernorm1.offset"])
    #expect(relativeDifference(offsetGradient, gradient.offset) < 1e-5)
    // A single channel is its own mean: its gradients are zero.
    guard channels > 1 else {
      #expect(scaleGradient == [0] && pass.inputGradient.allSatisfy { $0 == 0 })
      return
    }
    #expect(relativeDifference(scaleGradient, gradient.scale) < 1e-5)
    let last = gradient.input.suffix(pass.inputGradient.count)
    #expect(relativeDifference(pass.inputGradient, Array(last)) < 1e-5)
  }

  @Test("Each variance gets the ε that was asked for", arguments: [1e-5, 1e-3, 10])
  func epsilon(_ epsilon: Double) throws {
    let pass = LayerPass(LayerNorm(epsilon: Float(epsilon)), length: 5, channels: 8)
    let y = Reference.layerNormalization(
      pass.x.double, scale: try #require(pass.weights["layernorm1.scale"]).double,
      offset: try #require(pass.weights["layernorm1.offset"]).double, epsilon: epsilon)
    #expect(relativeDifference(pass.y, y) < 2e-6)
  }

  @Test("The reference's gradients are those of finite differences")
  func reference() {
    let x = noise(4 * 6, "x").double
    let (scale, offset) = (noise(6, "scale").double, noise(6, "offset").double)
    let dy = noise(x.count, "dy").double
    func loss(_ x: [Double], _ scale: [Double], _ offset: [Double]) -> Double {
      zip(
        Reference.layerNormalization(x, scale: scale, offset: offset, epsilon: 1e-3), dy
      ).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.layerNormalizationGradient(
      x, scale: scale, epsilon: 1e-3, outputGradient: dy)
    #expect(
      largestDifference(gradient.input, finiteDifferences(x) { loss($0, scale, offset) }) < 1e-6)
    #expect(
      largestDifference(gradient.scale, finiteDifferences(scale) { loss(x, $0, offset) }) < 1e-6)
    #expect(
      largestDifference(gradient.offset, finiteDifferences(offset) { loss(x, scale, $0) }) < 1e-6)
  }
}
