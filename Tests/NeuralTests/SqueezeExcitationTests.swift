import Tensors
import Testing

@testable import Neural

@Suite("Squeeze and excitation")
struct SqueezeExcitationTests {
  private let rows = 3
  private let length = 9
  private let channels = 20

  @Test("The block agrees with the references of its parts, forward and backward")
  func agreesWithReferences() throws {
    let pass = LayerPass(
      SqueezeExcitation(reduction: 4), rows: rows, length: length, channels: channels)
    let weights = try ["dense1.kernel", "dense1.bias", "dense2.kernel", "dense2.bias"].map {
      try #require(pass.weights[$0]).double
    }
    func output(_ x: [Double], _ weights: [[Double]]) -> [Double] {
      let means = Reference.globalAveragePool(
        x, batch: rows, length: length, channels: channels)
      let hidden = Reference.relu(
        dense(means, weights[0], weights[1], inputs: channels, outputs: channels / 4))
      let factors = Reference.sigmoid(
        dense(hidden, weights[2], weights[3], inputs: channels / 4, outputs: channels))
      return Reference.channelScaling(x, factors: factors, length: length, channels: channels)
    }
    func loss(_ x: [Double], _ weights: [[Double]]) -> Double {
      zip(output(x, weights), pass.outputGradient.double).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(relativeDifference(pass.y, output(pass.x.double, weights)) < 2e-6)
    let numeric = finiteDifferences(pass.x.double) { loss($0, weights) }
    #expect(relativeDifference(pass.inputGradient, numeric) < 1e-5)
    let kernel = finiteDifferences(weights[2]) {
      loss(pass.x.double, [weights[0], weights[1], $0, weights[3]])
    }
    let found = try #require(pass.weightGradients["dense2.kernel"])
    #expect(relativeDifference(found, kernel) < 1e-5)
  }

  private func dense(
    _ x: [Double], _ weights: [Double], _ bias: [Double], inputs: Int, outputs: Int
  ) -> [Double] {
    Reference.convolution(
      x, weights: weights, bias: bias,
      shape: Reference.ConvolutionShape(
        batch: rows, length: 1, channels: inputs, filters: outputs, kernel: 1))
  }

  @Test("Without biases the block has two matrices")
  func withoutBias() {
    let plan = Plan(SqueezeExcitation(reduction: 4, bias: false), length: 9, channels: 20)
    #expect(plan.parameters.map(\.path) == ["dense1.kernel", "dense2.kernel"])
  }

  @Test("The reference of scaling has the gradients of finite differences")
  func reference() {
    let (x, factors) = (noise(2 * 4 * 3, "x").double, noise(2 * 3, "factors").double)
    let dy = noise(x.count, "dy").double
    func loss(_ x: [Double], _ factors: [Double]) -> Double {
      zip(Reference.channelScaling(x, factors: factors, length: 4, channels: 3), dy)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.channelScalingGradient(
      x, factors: factors, outputGradient: dy, length: 4, channels: 3)
    #expect(largestDifference(gradient.input, finiteDifferences(x) { loss($0, factors) }) < 1e-6)
    #expect(
      largestDifference(gradient.factors, finiteDifferences(factors) { loss(x, $0) }) < 1e-6)
  }
}
