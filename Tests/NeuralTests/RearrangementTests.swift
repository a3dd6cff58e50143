import Tensors
import Testing

@testable import Neural

@Suite("Moving samples and channels")
struct RearrangementTests {
  private let rows = 3
  private let length = 7
  private let channels = 18

  private func check(_ layer: some Layer, _ sources: [Int], shape: (length: Int, channels: Int)) {
    let pass = LayerPass(layer, rows: rows, length: length, channels: channels)
    #expect(pass.plan.output.length == shape.length && pass.plan.output.channels == shape.channels)
    #expect(pass.y == sources.map { pass.x[$0] })
    let gradient = Reference.rearrangementGradient(
      sources: sources, outputGradient: pass.outputGradient, inputCount: pass.x.count)
    #expect(pass.inputGradient == gradient)
  }

  @Test("Upsampling repeats samples and sums their gradients", arguments: [1, 2, 3])
  func upsampling(factor: Int) {
    check(
      UpSampling1D(factor),
      Reference.upsampling(batch: rows, length: length, channels: channels, factor: factor),
      shape: (factor * length, channels))
  }

  @Test("A time flip reverses the samples and not their channels")
  func timeFlip() {
    check(
      TimeFlip(), Reference.timeFlip(batch: rows, length: length, channels: channels),
      shape: (length, channels))
  }

  @Test("A transposition exchanges samples and channels")
  func transposition() {
    check(
      Transpose(), Reference.transposition(batch: rows, length: length, channels: channels),
      shape: (channels, length))
  }

  @Test("Reshaping keeps the order of the numbers")
  func reshape() {
    check(
      Reshape(length: 21, channels: 6), Array(0..<rows * length * channels), shape: (21, 6))
  }

  @Test("What a convolution padded can be flattened and reshaped, and padded again")
  func padded() {
    let pass = LayerPass(
      Sequential {
        ConvTranspose1D(4, kernel: 3, padding: 1)
        Flatten()
        Reshape(length: 14, channels: 2)
        Conv1D(4, kernel: 3, padding: .same)
      }, length: 7, channels: 2)
    let unpadded = LayerPass(
      Sequential {
        ConvTranspose1D(4, kernel: 3, padding: 1)
        Reshape(length: 14, channels: 2)
        Conv1D(4, kernel: 3, padding: .same)
      }, length: 7, channels: 2)
    #expect(pass.y == unpadded.y && pass.inputGradient == unpadded.inputGradient)
    #expect(pass.weightGradients == unpadded.weightGradients)
  }

  @Test("The references' gradient is that of finite differences")
  func reference() {
    let x = noise(2 * 5 * 3, "x").double
    for sources in [
      Reference.upsampling(batch: 2, length: 5, channels: 3, factor: 2),
      Reference.timeFlip(batch: 2, length: 5, channels: 3),
      Reference.transposition(batch: 2, length: 5, channels: 3),
    ] {
      let dy = noise(sources.count, "dy").double
      let numeric = finiteDifferences(x) { x in
        zip(sources, dy).reduce(0) { $0 + x[$1.0] * $1.1 }
      }
      let gradient = Reference.rearrangementGradient(
        sources: sources, outputGradient: dy, inputCount: x.count)
      #expect(largestDifference(gradient, numeric) < 1e-6)
    }
  }
}
