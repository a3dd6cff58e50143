import Tensors
import Testing

@testable import Neural

@Suite("Normalisation, averages and branches")
struct NormalizationTests {
  private let rows = 40
  private let length = 7
  private let channels = 5

  @Test("Batch normalisation over all shards agrees with its reference")
  func batchNorm() throws {
    let pass = LayerPass(BatchNorm(), rows: rows, length: length, channels: channels)
    #expect(Network.shards(of: rows).count > 1)
    let scale = try #require(pass.weights["norm1.scale"]).double
    let offset = try #require(pass.weights["norm1.offset"]).double
    let expected = Reference.batchNormalization(
      pass.x.double, scale: scale, offset: offset, epsilon: 1e-3, channels: channels)
    #expect(relativeDifference(pass.trainingOutput, expected) < 5e-6)
    let rectified = LayerPass(
      Sequential {
        BatchNorm()
        ReLU()
      }, rows: rows, length: length, channels: channels)
    #expect(relativeDifference(rectified.trainingOutput, expected.map { max($0, 0) }) < 5e-6)
    let reference = Reference.batchNormalizationGradient(
      pass.x.double, scale: scale, epsilon: 1e-3, outputGradient: pass.outputGradient.double,
      channels: channels)
    let scaleGradient = try #require(pass.weightGradients["norm1.scale"])
    let offsetGradient = try #require(pass.weightGradients["norm1.offset"])
    #expect(relativeDifference(scaleGradient, reference.scale) < 5e-6)
    #expect(relativeDifference(offsetGradient, reference.offset) < 5e-6)
    let first = Array(reference.input.prefix(pass.inputGradient.count))
    #expect(!first.isEmpty && relativeDifference(pass.inputGradient, first) < 5e-6)
  }

  @Test("The moving statistics approach those of the batch, and are what a prediction uses")
  func movingStatistics() throws {
    let plan = Plan(BatchNorm(momentum: 0.5), length: length, channels: channels)
    let network = Network(plan, seed: 1, batchSize: rows)
    let x = noise(rows * length * channels, "moving").map { 3 * $0 + 2 }
    let labels = [UInt8](repeating: 0, count: rows)
    let probe = LinearProbe(coefficients: noise(plan.output.count, "c"))
    let logits = x.withUnsafeBufferPointer { x in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<rows)[...], of: x, labels: labels)
        for step in 1...40 { _ = network.accumulateGradients(batch, loss: probe, step: step) }
        network.weightsDidChange()
        return network.logits(batch)
      }
    }
    let expected = Reference.batchNormalization(
      x.double, scale: [1, 1, 1, 1, 1], offset: [0, 0, 0, 0, 0], epsilon: 1e-3, channels: channels)
    #expect(relativeDifference(logits, expected) < 1e-5)
  }

  @Test("The references' gradients are those of finite differences")
  func references() {
    let x = noise(4 * 3 * 2, "x").double
    let (scale, offset) = (noise(2, "scale").double, noise(2, "offset").double)
    let dy = noise(x.count, "dy").double
    func loss(_ x: [Double], _ scale: [Double], _ offset: [Double]) -> Double {
      zip(
        Reference.batchNormalization(x, scale: scale, offset: offset, epsilon: 1e-3, channels: 2),
        dy
      ).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let gradient = Reference.batchNormalizationGradient(
      x, scale: scale, epsilon: 1e-3, outputGradient: dy, channels: 2)
    #expect(
      largestDifference(gradient.input, finiteDifferences(x) { loss($0, scale, offset) }) < 1e-6)
    #expect(
      largestDifference(gradient.scale, finiteDifferences(scale) { loss(x, $0, offset) }) < 1e-6)
    #expect(
      largestDifference(gradient.offset, finiteDifferences(offset) { loss(x, scale, $0) }) < 1e-6)
  }

  @Test("The global average agrees with its reference, forward and backward")
  func average() {
    let pass = LayerPass(GlobalAveragePool(), length: length, channels: channels)
    let reference = Reference.globalAveragePool(
      pass.x.double, batch: 3, length: length, channels: channels)
    #expect(relativeDifference(pass.y, reference) < 1e-6)
    let numeric = finiteDifferences(pass.x.double) { x in
      zip(
        Reference.globalAveragePool(x, batch: 3, length: length, channels: channels),
        pass.outputGradient.double
      ).reduce(0) { $0 + $1.0 * $1.1 }
    }
    #expect(relativeDifference(pass.inputGradient, numeric) < 1e-5)
  }

  @Test("A sum with the identity adds the input, and its gradient is the sum of both ways")
  func sum() {
    let branch = LayerPass(
      Conv1D(channels, kernel: 3, padding: .same), length: length, channels: channels)
    let pass = LayerPass(
      Sum {
        Conv1D(channels, kernel: 3, padding: .same)
        Identity()
      }, length: length, channels: channels)
    #expect(
      relativeDifference(pass.y, zip(branch.y, branch.x).map { Double($0) + Double($1) }) < 1e-6)
    #expect(pass.weightGradients == branch.weightGradients)
    let both = zip(branch.inputGradient, branch.outputGradient).map { Double($0) + Double($1) }
    #expect(relativeDifference(pass.inputGradient, both) < 1e-6)
  }

  @Test("A concatenation puts the branches' channels side by side")
  func concatenation() {
    let pass = LayerPass(
      Concatenate {
        Identity()
        MaxPool1D(1)
      }, length: length, channels: channels)
    #expect(pass.plan.output.channels == 2 * channels)
    let expected = (0..<3 * length).flatMap { sample in
      let part = pass.x[sample * channels..<(sample + 1) * channels]
      return Array(part) + Array(part)
    }
    #expect(pass.y == expected)
    let gradient = (0..<3 * length * channels).map { index in
      let start = index / channels * 2 * channels + index % channels
      return Double(pass.outputGradient[start]) + Double(pass.outputGradient[start + channels])
    }
    #expect(relativeDifference(pass.inputGradient, gradient) < 1e-6)
  }

  /// A pre-activation residual network with a projection and a strided convolution.
  private static let residual = Plan(
    Sequential {
      Conv1D(16, kernel: 7, padding: .same)
      BatchNorm()
      ReLU()
      Sum {
        Sequential {
          Conv1D(8, kernel: 1, stride: 2, padding: .same)
          BatchNorm()
          ReLU()
          Conv1D(20, kernel: 3, padding: .same)
        }
        Conv1D(20, kernel: 1, stride: 2, padding: .same)
      }
      Sum {
        Sequential {
          BatchNorm()
          ReLU()
          Conv1D(20, kernel: 3, padding: .same)
        }
        Identity()
      }
      ReLU()
      GlobalAveragePool()
      Dense(5)
    }, length: 21)

  private func train(threads: Int, kernels: Kernels = .current) -> [Float] {
    let network = Network(
      Self.residual, seed: 2, batchSize: 70, threads: threads, kernels: kernels)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let inputs = noise(70 * 21, "rows")
    let labels = (0..<70).map { UInt8($0 % 5) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        for step in 1...4 {
          _ = network.train(
            Batch(Array(0..<(step == 4 ? 33 : 70))[...], of: inputs, labels: labels),
            loss: SoftmaxCrossEntropy(), optimizer: Adam(), state: state, step: step,
            learningRate: 1e-3)
        }
      }
    }
    return network.weights.array
  }

  @Test("A network whose shards meet has the same bytes for any threads and instruction set")
  func sameBytes() {
    let expected = train(threads: 1)
    for threads in 2...4 { #expect(train(threads: threads) == expected) }
    for kernels in availableKernels { #expect(train(threads: 1, kernels: kernels) == expected) }
  }

  @Test("The residual network's gradient is that of finite differences of its loss")
  func gradient() {
    let network = Network(Self.residual, seed: 2, batchSize: 40)
    let inputs = noise(40 * 21, "rows")
    let labels = (0..<40).map { UInt8($0 % 5) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<40)[...], of: inputs, labels: labels)
        func loss() -> Double {
          network.weightsDidChange()
          return network.accumulateGradients(batch, loss: SoftmaxCrossEntropy(), step: 1).lossSum
            / 40
        }
        _ = loss()
        for parameter in network.plan.parameters where parameter.isTrained {
          let gradient = network.gradient(of: parameter, rows: 40)
          let index = gradient.indices.reduce(0) {
            abs(gradient[$1]) > abs(gradient[$0]) ? $1 : $0
          }
          let kept = network.values(of: parameter)
          func movedLoss(_ distance: Float) -> Double {
            var moved = kept
            moved[index] += distance
            network.setValues(moved, of: parameter)
            return loss()
          }
          let numeric = (movedLoss(4e-3) - movedLoss(-4e-3)) / 8e-3
          network.setValues(kept, of: parameter)
          _ = loss()
          #expect(
            abs(numeric - Double(gradient[index])) < 1e-3 + 0.02 * abs(numeric),
            "\(parameter.path)")
        }
      }
    }
  }
}
