import Foundation
import Testing

@testable import Neural

/// `Golden/recurrent.json`.
private struct RecurrentGolden: Decodable {
  struct Weights: Decodable {
    let kernel: [Float]
    let recurrent: [Float]
    let bias: [Float]

    var inOrder: [[Float]] { [kernel, recurrent, bias] }
  }

  struct Case: Decodable {
    let cell: String
    let x: [Float]
    let y: [Float]
    let dy: [Float]
    let dx: [Float]
    let weights: Weights
    let gradients: Weights
  }

  let rows: Int
  let length: Int
  let channels: Int
  let units: Int
  let cases: [Case]
}

@Suite("Recurrent layers beside PyTorch")
struct RecurrentGoldenTests {
  @Test("Outputs and every gradient are PyTorch's", arguments: ["rnn", "lstm", "gru"])
  func agreesWithPyTorch(_ cell: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/recurrent", withExtension: "json"))
    let golden = try JSONDecoder().decode(RecurrentGolden.self, from: Data(contentsOf: url))
    let expected = try #require(golden.cases.first { $0.cell == cell })
    let plan =
      switch cell {
      case "rnn": plan(SimpleRNN(golden.units, returnsSequences: true), golden)
      case "lstm": plan(LSTM(golden.units, returnsSequences: true), golden)
      default: plan(GRU(golden.units, returnsSequences: true), golden)
      }
    let network = Network(plan, seed: 0)
    for (parameter, values) in zip(plan.parameters, expected.weights.inOrder) {
      network.setValues(values, of: parameter)
    }
    network.weightsDidChange()
    let labels = (0..<golden.rows).map { UInt8($0) }
    expected.x.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<golden.rows)[...], of: inputs, labels: labels)
        #expect(relativeDifference(network.logits(batch), expected.y.double) < 1e-5)
        _ = network.accumulateGradients(
          batch, loss: LinearProbe(coefficients: expected.dy), step: 1)
      }
    }
    #expect(relativeDifference(network.inputGradient(), expected.dx.double) < 1e-4)
    for (parameter, values) in zip(plan.parameters, expected.gradients.inOrder) {
      let gradient = network.gradient(of: parameter, rows: golden.rows)
      #expect(relativeDifference(gradient, values.double) < 1e-4, "\(parameter.path)")
    }
  }

  private func plan(_ layer: some Layer, _ golden: RecurrentGolden) -> Plan {
    Plan(layer, length: golden.length, channels: golden.channels, differentiableInput: true)
  }
}
