import Foundation
import Testing

@testable import Neural

/// `Golden/recurrent.json`.
private struct RecurrentGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let x: [Float]
    let y: [Float]
    let dy: [Float]
    let dx: [Float]
    /// Kernel, recurrent kernel and bias of each walk.
    let weights: [[Float]]
    let gradients: [[Float]]
  }

  let rows: Int
  let length: Int
  let channels: Int
  let units: Int
  let cases: [Case]
}

/// The layer that a case of the golden file is about.
enum GoldenRecurrence: String, CaseIterable, CustomTestStringConvertible {
  case rnn, lstm, gru
  case lastRNN = "rnn, last state"
  case lastGRU = "gru, last state"
  case lastLSTMBothWays = "lstm, both ways, last states"
  case gruBothWays = "gru, both ways"

  var testDescription: String { rawValue }

  func layer(units: Int) -> any Layer {
    switch self {
    case .rnn: SimpleRNN(units, returnsSequences: true)
    case .lstm: LSTM(units, returnsSequences: true)
    case .gru: GRU(units, returnsSequences: true)
    case .lastRNN: SimpleRNN(units)
    case .lastGRU: GRU(units)
    case .lastLSTMBothWays: Bidirectional(LSTM(units))
    case .gruBothWays: Bidirectional(GRU(units, returnsSequences: true))
    }
  }
}

@Suite("Recurrent layers beside PyTorch")
struct RecurrentGoldenTests {
  @Test("Outputs and every gradient are PyTorch's", arguments: GoldenRecurrence.allCases)
  func agreesWithPyTorch(_ given: GoldenRecurrence) throws {
    let url = try #require(
      Bundle.module.url(forResource: "Golden/recurrent", withExtension: "json"))
    let golden = try JSONDecoder().decode(RecurrentGolden.self, from: Data(contentsOf: url))
    let expected = try #require(golden.cases.first { $0.name == given.rawValue })
    let plan = plan(given.layer(units: golden.units), golden)
    let network = Network(plan, seed: 0)
    try #require(plan.parameters.count == expected.weights.count)
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
    for (parameter, values) in zip(plan.parameters, expected.gradients) {
      let gradient = network.gradient(of: parameter, rows: golden.rows)
      #expect(relativeDifference(gradient, values.double) < 1e-4, "\(parameter.path)")
    }
  }

  private func plan(_ layer: some Layer, _ golden: RecurrentGolden) -> Plan {
    Plan(layer, length: golden.length, channels: golden.channels, differentiableInput: true)
  }
}
