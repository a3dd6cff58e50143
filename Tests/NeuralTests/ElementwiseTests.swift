import Tensors
import Testing

@testable import Neural

@Suite("Activations")
struct ElementwiseTests {
  /// Inputs over a wider range than ±1, where slopes differ.
  private let input = noise(3 * 9 * 13, "wide").map { 6 * $0 }

  @Test("The logistic function agrees with its reference, forward and backward")
  func sigmoid() {
    check(Sigmoid(), Reference.sigmoid, Reference.sigmoidGradient)
  }

  @Test("The hyperbolic tangent agrees with its reference, forward and backward")
  func tanh() {
    check(Tanh(), Reference.tanh, Reference.tanhGradient)
  }

  @Test("GELU agrees with its reference, forward and backward")
  func gelu() {
    check(GELU(), Reference.gelu, Reference.geluGradient)
  }

  private func check(
    _ layer: some Layer, _ function: ([Double]) -> [Double],
    _ gradient: ([Double], [Double]) -> [Double]
  ) {
    let pass = LayerPass(layer, length: 9, channels: 13, input: input)
    let dy = pass.outputGradient.double
    #expect(relativeDifference(pass.y, function(pass.x.double)) < 1e-6)
    #expect(relativeDifference(pass.inputGradient, gradient(pass.x.double, dy)) < 2e-6)
    let numeric = finiteDifferences(pass.x.double) { x in
      zip(function(x), dy).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(largestDifference(gradient(pass.x.double, dy), numeric) < 1e-6)
  }

  @Test("PReLU agrees with its reference, over several micro-batches", arguments: [true, false])
  func prelu(perChannel: Bool) throws {
    let (rows, length, channels) = (70, 4, 18)
    let pass = LayerPass(
      PReLU(perChannel: perChannel), rows: rows, length: length, channels: channels)
    let slope = try #require(pass.weights["prelu1.slope"]).double
    #expect(slope.count == (perChannel ? channels : 1))
    let reference = Reference.preluGradient(
      pass.x.double, slope: slope, outputGradient: pass.outputGradient.double)
    #expect(relativeDifference(pass.y, Reference.prelu(pass.x.double, slope: slope)) < 1e-6)
    let slopeGradient = try #require(pass.weightGradients["prelu1.slope"])
    #expect(relativeDifference(slopeGradient, reference.slope) < 1e-5)
    let last = reference.input.suffix(pass.inputGradient.count)
    #expect(relativeDifference(pass.inputGradient, Array(last)) < 1e-6)
  }

  @Test("PReLU's reference gradient is that of finite differences", arguments: [1, 3])
  func preluReference(slopes: Int) {
    let x = noise(24, "x").double
    let (slope, dy) = (noise(slopes, "slope").double, noise(24, "dy").double)
    func loss(_ x: [Double], _ slope: [Double]) -> Double {
      zip(Reference.prelu(x, slope: slope), dy).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.preluGradient(x, slope: slope, outputGradient: dy)
    #expect(largestDifference(gradient.input, finiteDifferences(x) { loss($0, slope) }) < 1e-6)
    #expect(largestDifference(gradient.slope, finiteDifferences(slope) { loss(x, $0) }) < 1e-6)
  }

  @Test("PReLU starts with the slope of PyTorch")
  func initialSlope() throws {
    let plan = Plan(PReLU(), length: 4)
    let slope = try #require(plan.parameters.first)
    #expect(Network(plan, seed: 1).values(of: slope) == [0.25])
  }
}
