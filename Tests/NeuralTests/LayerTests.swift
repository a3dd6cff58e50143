import Tensors
import Testing

@testable import Neural

@Suite("Pooling, dropout and shape")
struct LayerTests {
  @Test(
    "Max pooling agrees with its reference, overlapping windows and a rest included",
    arguments: [(2, 2, 16), (2, 2, 5), (5, 2, 32), (3, 3, 20), (3, 1, 7), (2, 3, 4)],
    [Padding.valid, .same, .explicit(before: 0, after: 1)])
  func maxPool(_ geometry: (window: Int, stride: Int, channels: Int), padding: Padding) {
    let (window, stride, channels) = geometry
    let layer = MaxPool1D(window, stride: stride, padding: padding)
    let halo = padding.halo(length: 23, reach: window - 1, stride: stride)
    let pass = LayerPass(layer, length: 23, channels: channels)
    let reference = Reference.maxPool(
      pass.x.double, batch: 3, length: 23, channels: channels, window: window, stride: stride,
      padding: (halo.before, halo.after))
    #expect(pass.y.double == reference.values)
    let gradient = Reference.maxPoolGradient(
      indices: reference.indices, outputGradient: pass.outputGradient.double,
      inputCount: pass.x.count)
    #expect(relativeDifference(pass.inputGradient, gradient) < 1e-6)
    for kernels in availableKernels {
      let other = LayerPass(layer, length: 23, channels: channels, kernels: kernels)
      #expect(other.y == pass.y && other.inputGradient == pass.inputGradient)
    }
  }

  @Test("Same padding gives a position for every stride, negative maxima at the ends included")
  func samePooling() {
    let pass = LayerPass(
      MaxPool1D(3, stride: 1, padding: .same), rows: 1, length: 4, channels: 1,
      input: [-3, -1, -2, -4])
    #expect(pass.y == [-1, -1, -1, -2])
  }

  @Test("Of equal maxima the first gets the gradient")
  func ties() {
    let flat = [Float](repeating: 1, count: 3 * 8 * 16)
    let pass = LayerPass(MaxPool1D(4), length: 8, channels: 16, input: flat)
    for (index, gradient) in pass.inputGradient.enumerated() {
      #expect((gradient != 0) == (index / 16 % 4 == 0))
    }
  }

  @Test("A global maximum that is not behind a convolution is a pooling over the whole row")
  func globalMaximum() {
    let pass = LayerPass(GlobalMaxPool(), length: 9, channels: 6)
    let reference = Reference.globalMaxPool(pass.x.double, batch: 3, length: 9, channels: 6)
    #expect(pass.y.double == reference.values)
    #expect(pass.plan.output.length == 1 && pass.plan.output.channels == 6)
  }

  @Test("The reference's pooling gradient is that of finite differences")
  func poolingGradient() {
    let x = noise(2 * 11 * 3, "pool").double
    let dy = noise(2 * 4 * 3, "dy").double
    let pooled = Reference.maxPool(x, batch: 2, length: 11, channels: 3, window: 5, stride: 2)
    let gradient = Reference.maxPoolGradient(
      indices: pooled.indices, outputGradient: dy, inputCount: x.count)
    let numeric = finiteDifferences(x) { x in
      zip(
        Reference.maxPool(x, batch: 2, length: 11, channels: 3, window: 5, stride: 2).values, dy
      ).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(largestDifference(gradient, numeric) < 1e-6)
  }

  @Test("Dropout drops what its definition names, in place or not", arguments: [true, false])
  func dropout(inPlace: Bool) throws {
    let (rows, count) = (3, 7 * 13)
    let pass = LayerPass(
      Sequential {
        if inPlace { MaxPool1D(1) }
        Dropout(0.3)
      }, rows: rows, length: 7, channels: 13, step: 5)
    #expect(pass.y == pass.x)
    let drops = Reference.droppedElements(
      rows: rows, count: count,
      generator: Philox(seed: 3, purpose: "dropout", path: "dropout1"), step: 5, firstRow: 0,
      rate: 0.3)
    let expected = Reference.dropout(pass.outputGradient, rate: 0.3, drops: drops)
    #expect(relativeDifference(pass.inputGradient, expected.double) < 1e-6)
    #expect(drops.contains(true) && drops.contains(false))
  }

  @Test("Dropout keeps its share, other steps and rows draw other elements")
  func dropoutShare() {
    let generator = Philox(seed: 1, purpose: "dropout", path: "x")
    func draw(_ step: UInt32, _ row: UInt32) -> [Bool] {
      Reference.droppedElements(
        rows: 1, count: 10_000, generator: generator, step: step, firstRow: row, rate: 0.2)
    }
    let share = Double(draw(1, 0).count { $0 }) / 10_000
    #expect(abs(share - 0.2) < 0.02)
    #expect(draw(1, 0) == draw(1, 0))
    #expect(draw(1, 0) != draw(2, 0) && draw(1, 0) != draw(1, 1))
  }

  @Test("A rectifier on its own agrees with its reference")
  func rectifier() {
    let pass = LayerPass(ReLU(), length: 5, channels: 9)
    #expect(pass.y == Reference.relu(pass.x))
    let behind = LayerPass(
      Sequential {
        ReLU()
        MaxPool1D(1)
      }, length: 5, channels: 9)
    #expect(
      behind.inputGradient
        == Reference.reluGradient(behind.x, outputGradient: behind.outputGradient))
  }

  @Test("Flattening changes the shape and nothing else")
  func flatten() {
    let pass = LayerPass(
      Sequential {
        MaxPool1D(2)
        Flatten()
      }, length: 6, channels: 4)
    let pooled = LayerPass(MaxPool1D(2), length: 6, channels: 4)
    #expect(pass.plan.output.length == 1 && pass.plan.output.channels == 12)
    #expect(pass.y == pooled.y && pass.inputGradient == pooled.inputGradient)
  }

  @Test("The padding mask marks only what lies behind the last non-zero sample")
  func paddingMask() {
    let rows: [Float] = [0.5, 0, 0.25, 0, 0] + [0, 0, 0, 0, 0] + [1, 1, 1, 1, 1]
    let plan = Plan(MaskPadding(), length: 5)
    let network = Network(plan, seed: 0)
    let labels = [UInt8](repeating: 0, count: 3)
    let y = rows.withUnsafeBufferPointer { rows in
      labels.withUnsafeBufferPointer { network.logits(Batch([0, 1, 2], of: rows, labels: $0)) }
    }
    #expect(y == [0.5, 0, 0.25, -1, -1] + [-1, -1, -1, -1, -1] + [1, 1, 1, 1, 1])
  }
}
