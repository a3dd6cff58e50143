import Tensors
import Testing

@testable import Neural

@Suite("Network")
struct NetworkTests {
  private static let plan = Plan(
    Sequential {
      Conv1D(16, kernel: 5)
      ReLU()
      Conv1D(20, kernel: 3, padding: .same)
      ReLU()
      MaxPool1D(2)
      Dropout(0.1)
      Conv1D(48, kernel: 3)
      ReLU()
      GlobalMaxPool()
      Dropout(0.2)
      Dense(24)
      ReLU()
      Dense(5)
    }, length: 37)

  /// Trains on invented rows and returns the weights.
  private func train(
    threads: Int = 1, kernels: Kernels = .current, seed: Int = 1, steps: Int = 6, rows: Int = 70
  ) -> [Float] {
    let network = Network(Self.plan, seed: seed, threads: threads, kernels: kernels)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    let inputs = noise(rows * 37, "rows")
    let labels = (0..<rows).map { UInt8($0 % 5) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        for step in 1...steps {
          _ = network.train(
            Batch(Array(0..<rows)[...], of: inputs, labels: labels), loss: SoftmaxCrossEntropy(),
            optimizer: Adam(), state: state, step: step, learningRate: 1e-3)
        }
      }
    }
    return network.weights.array
  }

  @Test("Weights are the same bytes for any number of threads", arguments: [2, 3, 4])
  func threads(_ threads: Int) {
    #expect(train(threads: threads) == train())
  }

  @Test("Weights are the same bytes on every instruction set")
  func instructionSets() {
    let expected = train()
    for kernels in availableKernels { #expect(train(kernels: kernels) == expected) }
  }

  @Test("The same seed gives the same weights, another seed others")
  func seeds() {
    #expect(train(seed: 1) == train(seed: 1))
    #expect(train(seed: 1) != train(seed: 2))
  }

  @Test("Logits do not depend on what else is computed beside a row")
  func rowsAreIndependent() {
    let network = Network(Self.plan, seed: 4)
    let inputs = noise(40 * 37, "rows")
    let labels = [UInt8](repeating: 0, count: 40)
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let all = network.logits(Batch(Array(0..<40)[...], of: inputs, labels: labels))
        for row in [0, 15, 16, 39] {
          let one = network.logits(Batch([row], of: inputs, labels: labels))
          #expect(one == Array(all[row * 5..<row * 5 + 5]))
        }
      }
    }
  }

  @Test(
    "Shards cover the batch in order and depend on its size only",
    arguments: [1, 16, 17, 32, 100, 257])
  func shards(_ rows: Int) {
    let shards = Network.shards(of: rows)
    #expect(shards.flatMap { Array($0) } == Array(0..<rows))
    #expect(shards.count <= Network.maximumShards)
    #expect(shards.allSatisfy { !$0.isEmpty })
  }

  @Test("Initial weights of one layer do not depend on another layer")
  func initialWeights() {
    let small = Network(Plan(Sequential { Dense(7) }, length: 1, channels: 9), seed: 5)
    let large = Network(
      Plan(
        Sequential {
          Dense(7)
          Dense(3)
        }, length: 1, channels: 9), seed: 5)
    #expect(
      small.values(of: small.plan.parameters[0]) == large.values(of: large.plan.parameters[0]))
    let limit = (6.0 / 16).squareRoot()
    let values = small.values(of: small.plan.parameters[0])
    #expect(values.allSatisfy { abs(Double($0)) <= limit })
    #expect(Set(values).count > 50)
  }

  @Test("The network's gradient is that of finite differences of its loss")
  func gradient() {
    let plan = Self.plan
    let network = Network(plan, seed: 2)
    let inputs = noise(8 * 37, "rows")
    let labels = (0..<8).map { UInt8($0 % 5) }
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<8)[...], of: inputs, labels: labels)
        func loss() -> Double {
          network.weightsDidChange()
          return network.accumulateGradients(batch, loss: SoftmaxCrossEntropy(), step: 1).lossSum
            / 8
        }
        _ = loss()
        for parameter in plan.parameters {
          let gradient = network.gradient(of: parameter, rows: 8)
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
          let (up, down) = (movedLoss(2e-3), movedLoss(-2e-3))
          network.setValues(kept, of: parameter)
          let numeric = (up - down) / 4e-3
          _ = loss()
          #expect(
            abs(numeric - Double(gradient[index])) < 1e-3 + 0.03 * abs(numeric),
            "\(parameter.path)")
        }
      }
    }
  }
}
