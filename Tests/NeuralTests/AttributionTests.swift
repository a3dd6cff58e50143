import Foundation
import Testing

@testable import Neural

/// `Golden/attribution.json`.
private struct AttributionGolden: Decodable {
  struct Weight: Decodable {
    let name: String
    let shape: [Int]
    let values: [Float]
  }

  let name: String
  let weights: [Weight]
  let row: [Float]
  let output: Int
  let outputs: [Double]
  let gradients: [Double]
  let activation: [Double]

  static func load() throws -> [AttributionGolden] {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/attribution", withExtension: "json"))
    return try JSONDecoder().decode([AttributionGolden].self, from: Data(contentsOf: url))
  }

  /// The network of the case, with dropout that must not take part.
  var layers: Sequential {
    Sequential {
      if name == "peaks" {
        Conv1D(3, kernel: 5)
        ReLU()
        MaxPool1D(2)
        Dropout(0.5)
        Conv1D(4, kernel: 3)
        ReLU()
        GlobalMaxPool()
      } else {
        Conv1D(4, kernel: 3, padding: .same)
        BatchNorm()
        ReLU()
        Dropout(0.5)
        MaxPool1D(2)
        Flatten()
      }
      Dense(3)
    }
  }

  func network() throws -> AttributedNetwork {
    let network = AttributedNetwork(layers, length: row.count, seed: 1)
    try network.load(
      weights.map { NamedTensor(name: $0.name, shape: $0.shape, values: $0.values) })
    return network
  }

  var outputWeights: [Float] { outputs.indices.map { $0 == output ? 1 : 0 } }
}

@Suite("Attribution")
struct AttributionTests {
  private func isClose(_ values: [Double], _ expected: [Double]) -> Bool {
    let largest = expected.reduce(0) { max($0, $1.magnitude) }
    return values.count == expected.count
      && zip(values, expected).allSatisfy { ($0 - $1).magnitude <= 1e-5 * largest }
  }

  @Test("Outputs, gradients of the row and Grad-CAM are those of PyTorch")
  func golden() throws {
    for golden in try AttributionGolden.load() {
      let network = try golden.network()
      #expect(network.hasFeatureMap)
      // More rows than a window holds, which must not see each other.
      let rows = (0..<20).flatMap { _ in golden.row }
      let outputs = network.outputs(rows).map(Double.init)
      let gradients = network.inputGradients(rows, of: golden.outputWeights).map(Double.init)
      let maps = try #require(network.classActivation(rows, of: golden.outputWeights))
      for row in 0..<20 {
        #expect(isClose(Array(outputs[row * 3..<(row + 1) * 3]), golden.outputs), "\(golden.name)")
        #expect(isClose(Array(gradients[row * 24..<(row + 1) * 24]), golden.gradients))
        #expect(isClose(maps[row], golden.activation), "\(golden.name)")
      }
    }
  }

  @Test("Layers are named in order, and what is not loaded keeps the weights of the seed")
  func layers() throws {
    let golden = try AttributionGolden.load()[0]
    let network = try golden.network()
    #expect(network.layers == ["conv1", "conv2", "dense1"])
    let tensors = golden.weights.map {
      NamedTensor(name: $0.name, shape: $0.shape, values: $0.values)
    }
    let partly = AttributedNetwork(golden.layers, length: 24, seed: 1)
    let before = partly.outputs(golden.row)
    try partly.load(tensors, .except(["dense1"]))
    #expect(partly.outputs(golden.row) != before)
    #expect(partly.outputs(golden.row) != network.outputs(golden.row))
  }

  @Test("Features behind a layer that mixes samples are no map of the row")
  func maps() {
    let dense = AttributedNetwork(
      Sequential {
        Flatten()
        Dense(8)
        ReLU()
        Dense(2)
      }, length: 24, seed: 1)
    #expect(
      !dense.hasFeatureMap
        && dense.classActivation([Float](repeating: 1, count: 24), of: [1, 0]) == nil)
    let spectrum = AttributedNetwork(
      Sequential {
        RealFourierTransform()
        Conv1D(4, kernel: 3)
        ReLU()
        GlobalMaxPool()
        Dense(2)
      }, length: 24, seed: 1)
    #expect(!spectrum.hasFeatureMap)
    let recurrent = Plan(
      Sequential {
        Conv1D(4, kernel: 3, dilation: 2)
        ReLU()
        MaxPool1D(2)
        LSTM(3, returnsSequences: true)
        Dense(5)
        Flatten()
        Dense(2)
      }, length: 24)
    let map = FeatureMap(of: recurrent)
    #expect(map?.length == 20 && map?.axis == TimeAxis(first: 2, step: 1))
  }

  @Test("The mark of the padding has no gradient, and the beat before it has")
  func padding() {
    let network = AttributedNetwork(
      Sequential {
        MaskPadding(marker: -1)
        Conv1D(3, kernel: 3)
        Tanh()
        Flatten()
        Dense(1)
      }, length: 16, seed: 4)
    let row = (0..<16).map { $0 < 10 ? Float($0 % 4 + 1) / 8 : 0 }
    let gradients = network.inputGradients(row, of: [1])
    #expect(gradients[..<10].allSatisfy { $0 != 0 } && gradients[10...].allSatisfy { $0 == 0 })
    for sample in [0, 4, 9] {
      var (more, less) = (row, row)
      more[sample] += 0x1p-7
      less[sample] -= 0x1p-7
      let outputs = network.outputs(more + less)
      #expect((outputs[0] - outputs[1] - gradients[sample] * 0x1p-6).magnitude < 2e-5)
    }
  }
}
