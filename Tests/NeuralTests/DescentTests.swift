import Foundation
import Tensors
import Testing

@testable import Neural

/// `Golden/descent.json`.
private struct DescentGolden: Decodable {
  struct Case: Decodable {
    let nesterov: Bool
    let clip: Double?
    let weights: [String: [Float]]
    let losses: [Double]
  }

  let rows: Int
  let length: Int
  let rate: Float
  let x: [Float]
  let labels: [UInt8]
  let cases: [Case]
}

@Suite("Whole trainings")
struct DescentTests {
  private static let layers = Sequential {
    Conv1D(6, kernel: 5)
    BatchNorm()
    ReLU()
    MaxPool1D(2)
    Conv1D(8, kernel: 3)
    ReLU()
    GlobalMaxPool()
    Dense(10)
    ReLU()
    Dense(3)
  }

  @Test("Ten successive losses of gradient descent are PyTorch's on the same weights")
  func agreesWithPyTorch() throws {
    let url = try #require(Bundle.module.url(forResource: "Golden/descent", withExtension: "json"))
    let golden = try JSONDecoder().decode(DescentGolden.self, from: Data(contentsOf: url))
    for expected in golden.cases {
      let network = Network(Plan(Self.layers, length: golden.length), seed: 1)
      for parameter in network.plan.parameters {
        guard let values = expected.weights[parameter.path] else { continue }
        network.setValues(values, of: parameter)
      }
      network.weightsDidChange()
      let state = [FloatBuffer(count: network.weights.count)]
      let losses = golden.x.withUnsafeBufferPointer { x in
        golden.labels.withUnsafeBufferPointer { labels in
          (1...expected.losses.count).map { step in
            network.train(
              Batch(Array(0..<golden.rows)[...], of: x, labels: labels),
              loss: SoftmaxCrossEntropy(),
              optimizer: SGD(momentum: 0.9, nesterov: expected.nesterov), state: state, step: step,
              learningRate: golden.rate,
              clipping: expected.clip.map { .globalNorm(limit: $0) } ?? .none
            ).lossSum / Double(golden.rows)
          }
        }
      }
      for (loss, reference) in zip(losses, expected.losses) {
        #expect(abs(loss - reference) < 1e-5 * reference)
      }
      #expect(expected.losses[9] < expected.losses[0])
    }
  }

  /// What a few steps leave: weights, and their average.
  private func train(
    _ optimizer: some Optimizer, _ clipping: GradientClipping, threads: Int = 1,
    kernels: Kernels = .current, frozen: [String] = [], steps: Int = 4
  ) -> (network: Network, average: WeightAverage) {
    let rows = 70
    let network = Network(
      Plan(Self.layers, length: 23, frozen: frozen), seed: 1, threads: threads, kernels: kernels)
    let average = WeightAverage(for: network.plan, momentum: 0.9)
    let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: network.weights.count) }
    let inputs = noise(rows * 23, "rows")
    let labels = (0..<rows).map { UInt8($0 % 3) }
    let loss = ClassWeighted(SoftmaxFocal(gamma: 2, smoothing: 0.1), weights: [1, 2, 0.5])
    inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        for step in 1...steps {
          _ = network.train(
            Batch(Array(0..<rows)[...], of: inputs, labels: labels), loss: loss,
            optimizer: optimizer, state: state, step: step, learningRate: 1e-2,
            clipping: clipping)
          average.update(from: network, step: step)
        }
      }
    }
    return (network, average)
  }

  private func bytes(_ result: (network: Network, average: WeightAverage)) -> [UInt32] {
    let trained = result.network.weights.array
    result.average.exchange(with: result.network)
    return (trained + result.network.weights.array).map(\.bitPattern)
  }

  @Test(
    "The same bytes for any number of threads and every instruction set",
    arguments: [GradientClipping.none, .globalNorm(limit: 0.01), .value(limit: 0.001)])
  func sameBytes(_ clipping: GradientClipping) {
    let optimizers: [any Optimizer] = [
      Adam(), AdamW(), SGD(momentum: 0.9), SGD(momentum: 0.9, nesterov: true), SGD(),
    ]
    for optimizer in optimizers {
      let expected = bytes(train(optimizer, clipping))
      for threads in [2, 4] {
        #expect(bytes(train(optimizer, clipping, threads: threads)) == expected)
      }
      for kernels in availableKernels {
        #expect(bytes(train(optimizer, clipping, kernels: kernels)) == expected)
      }
    }
  }

  @Test("Averaged weights go into the network and out again, statistics stay")
  func exchange() throws {
    let (network, average) = train(Adam(), .none)
    let trained = network.weights.array
    average.exchange(with: network)
    let parameters = network.plan.parameters
    for parameter in parameters {
      let values = network.values(of: parameter)
      let isSame =
        parameter.range.map { trained[$0] }
        == parameter.range.map {
          network.weights.array[$0]
        }
      #expect(isSame == !parameter.isTrained, "\(parameter.path)")
      #expect(values.allSatisfy { $0.isFinite })
    }
    average.exchange(with: network)
    #expect(network.weights.array == trained)
    let (first, firstAverage) = train(Adam(), .none, steps: 1)
    let once = first.weights.array
    firstAverage.exchange(with: first)
    #expect(first.weights.array == once)
  }

  @Test(
    "Frozen parameters stay as they are and the others learn",
    arguments: [
      ["conv1"], ["conv1", "norm1", "conv2"], ["conv2"], ["conv2.kernel", "dense1"], ["norm1"],
    ])
  func freezing(_ frozen: [String]) {
    for optimizer: any Optimizer in [Adam(), AdamW(weightDecay: 0.1), SGD(momentum: 0.9)] {
      for clipping: GradientClipping in [.none, .globalNorm(limit: 0.01)] {
        let fresh = Network(Plan(Self.layers, length: 23), seed: 1)
        let (network, _) = train(optimizer, clipping, frozen: frozen)
        for parameter in network.plan.parameters {
          let isFrozen = ParameterSelection.contains(frozen, parameter.path)
          let isStatistic = parameter.path.hasSuffix("mean") || parameter.path.hasSuffix("variance")
          let isSame = network.values(of: parameter) == fresh.values(of: parameter)
          #expect(isSame == isFrozen, "\(parameter.path)")
          #expect(parameter.isTrained == !(isFrozen || isStatistic))
        }
      }
    }
  }

  @Test("Where nothing before a layer is trained, no gradient is computed there")
  func skippedGradients() {
    let plan = Plan(Self.layers, length: 23, frozen: ["conv1", "norm1", "conv2"])
    let needing = plan.operations.filter {
      plan.storages[$0.operation.output.storage].needsGradient
    }
    #expect(
      needing.flatMap(\.operation.parameters).map(\.path).allSatisfy { $0.hasPrefix("dense") })
    #expect(plan.meetings.isEmpty && plan.frozenRanges.isEmpty)
    #expect(plan.trainedParameterCount == 8 * 10 + 10 + 10 * 3 + 3)
    // In the middle: kernel and bias; the moving statistics are never trained either.
    let middle = Plan(Self.layers, length: 23, frozen: ["conv2"])
    #expect(middle.frozenRanges.map(\.count).sorted() == [6, 6, 8, 3 * 6 * 8])
  }

  @Test("A frozen batch normalisation is a line of its stored statistics, forward and backward")
  func frozenNormalization() throws {
    for kernels in availableKernels {
      let pass = LayerPass(
        Sequential {
          Conv1D(5, kernel: 1)
          BatchNorm()
          ReLU()
        }, rows: 4, length: 6, channels: 3, kernels: kernels, frozen: ["norm1"])
      #expect(pass.plan.meetings.isEmpty)
      let (scale, offset) = (pass.weights["norm1.scale"] ?? [], pass.weights["norm1.offset"] ?? [])
      let (mean, variance) = (
        pass.weights["norm1.mean"] ?? [], pass.weights["norm1.variance"] ?? []
      )
      let kernel = try #require(pass.weights["conv1.kernel"])
      let bias = try #require(pass.weights["conv1.bias"])
      var expected: [Double] = []
      var gradient = [Double](repeating: 0, count: pass.x.count)
      for sample in 0..<4 * 6 {
        for c in 0..<5 {
          let factor = Double(scale[c]) / (Double(variance[c]) + 1e-3).squareRoot()
          let sum = (0..<3).reduce(Double(bias[c])) {
            $0 + Double(pass.x[sample * 3 + $1]) * Double(kernel[$1 * 5 + c])
          }
          let value = (sum - Double(mean[c])) * factor + Double(offset[c])
          expected.append(max(0, value))
          guard value > 0 else { continue }
          for i in 0..<3 {
            gradient[sample * 3 + i] +=
              Double(pass.outputGradient[sample * 5 + c]) * factor * Double(kernel[i * 5 + c])
          }
        }
      }
      #expect(relativeDifference(pass.y, expected) < 1e-5)
      #expect(relativeDifference(pass.inputGradient, gradient) < 1e-5)
    }
  }
}
