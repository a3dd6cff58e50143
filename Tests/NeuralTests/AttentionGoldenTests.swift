import Foundation
import Testing

@testable import Neural

/// `Golden/attention.json`.
private struct AttentionGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let channels: Int
    let heads: Int
    let width: Int
    let x: [Float]
    let y: [Float]
    let dy: [Float]
    let dx: [Float]
    /// In the order in which the layers declare them.
    let weights: [[Float]]
    let gradients: [[Float]]
  }

  let rows: Int
  let length: Int
  /// Channels between the dense layers of the encoder block.
  let hidden: Int
  let cases: [Case]
}

@Suite("Attention beside PyTorch")
struct AttentionGoldenTests {
  @Test("Outputs and every gradient are PyTorch's", arguments: ["layer", "functional", "encoder"])
  func agreesWithPyTorch(_ name: String) throws {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/attention", withExtension: "json"))
    let golden = try JSONDecoder().decode(AttentionGolden.self, from: Data(contentsOf: url))
    let expected = try #require(golden.cases.first { $0.name == name })
    let layer = Sequential {
      if name == "encoder" {
        TransformerEncoder(
          heads: expected.heads, keyWidth: expected.width, hidden: golden.hidden)
      } else {
        MultiHeadAttention(heads: expected.heads, keyWidth: expected.width)
      }
    }
    let plan = Plan(
      layer, length: golden.length, channels: expected.channels, differentiableInput: true)
    #expect(plan.parameters.count == expected.weights.count)
    let network = Network(plan, seed: 0)
    for (parameter, values) in zip(plan.parameters, expected.weights) {
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
    // A key's bias moves all scores of a query alike: its gradient is zero but for rounding, so
    // that a bias is compared as a whole.
    for (parameter, values) in zip(plan.parameters, expected.gradients) {
      let gradient = network.gradient(of: parameter, rows: golden.rows)
      #expect(relativeDifference(gradient, values.double) < 1e-4, "\(parameter.path)")
    }
  }
}
