import Tensors
import Testing

@testable import Neural

@Suite("Fourier transform")
struct FourierTests {
  @Test("The layer agrees with its reference, forward and backward", arguments: [1, 8, 21])
  func agreesWithReference(length: Int) {
    let pass = LayerPass(RealFourierTransform(), length: length, channels: 1)
    let y = Reference.realFourierTransform(pass.x.double, length: length)
    #expect(pass.plan.output.length == length / 2 + 1 && pass.plan.output.channels == 2)
    #expect(relativeDifference(pass.y, y) < 1e-6)
    let numeric = finiteDifferences(pass.x.double) { x in
      zip(Reference.realFourierTransform(x, length: length), pass.outputGradient.double)
        .reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(relativeDifference(pass.inputGradient, numeric) < 1e-5)
  }

  @Test("A constant row is in the first bin only, whose imaginary part is zero")
  func constant() {
    let pass = LayerPass(
      RealFourierTransform(), rows: 1, length: 187, channels: 1,
      input: [Float](repeating: 1, count: 187))
    #expect(pass.y[0] == 187 && pass.y[1] == 0 && pass.y[1].sign == .plus)
    let rest = pass.y.dropFirst(2).map(abs).max() ?? 0
    #expect(rest < 1e-4)
  }
}
