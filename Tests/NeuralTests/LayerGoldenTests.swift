import Foundation
import Testing

@testable import Neural

/// `Golden/layers.json`.
private struct LayerGolden: Decodable {
  struct Case: Decodable {
    let name: String
    let length: Int
    let channels: Int
    let x: [Float]
    let y: [Float]
    let dy: [Float]
    let dx: [Float]
    let weights: [[Float]]
    let gradients: [[Float]]
  }

  struct Fourier: Decodable {
    let x: [Float]
    let y: [Double]
  }

  let rows: Int
  let cases: [Case]
  let fourier: Fourier

  static func load() throws -> LayerGolden {
    let url = try #require(Bundle.module.url(forResource: "Golden/layers", withExtension: "json"))
    return try JSONDecoder().decode(LayerGolden.self, from: Data(contentsOf: url))
  }
}

/// The layer that a case of the golden file is about.
enum GoldenLayer: String, CaseIterable, CustomTestStringConvertible {
  case sigmoid, tanh, gelu, prelu, upsampling, dense
  case preluPerChannel = "prelu per channel"
  case layerNorm = "layer normalisation"
  case convTranspose = "transposed convolution"
  case convTransposeStride1 = "transposed convolution, stride 1"
  case convPadded = "convolution, padded"
  case convEven = "convolution, even and without bias"
  case convDilated = "convolution, dilated"
  case maxPoolGlobal = "max pooling, global"
  case averagePoolGlobal = "average pooling, global"
  case maxPoolSame = "max pooling, same"
  case maxPoolOverlapping = "max pooling, overlapping"
  case squeezeExcitation = "squeeze and excitation"
  case batchNorm = "batch normalisation"
  case batchNormRectified = "batch normalisation, rectified"
  case convWide = "convolution, wide"
  case convPeaks = "convolution, peaks"

  var testDescription: String { rawValue }

  var layer: any Layer {
    switch self {
    case .sigmoid: Sigmoid()
    case .tanh: Tanh()
    case .gelu: GELU()
    case .prelu: PReLU()
    case .preluPerChannel: PReLU(perChannel: true)
    case .layerNorm: LayerNorm()
    case .convTranspose:
      ConvTranspose1D(3, kernel: 3, stride: 2, padding: 1, outputPadding: 1)
    case .convTransposeStride1: ConvTranspose1D(1, kernel: 3, padding: 1)
    case .convPadded:
      Conv1D(5, kernel: 3, stride: 2, padding: .explicit(before: 1, after: 1))
    case .convEven: Conv1D(3, kernel: 10, padding: .same, bias: false)
    case .convDilated: Conv1D(5, kernel: 3, dilation: 2)
    case .dense: Dense(5)
    case .maxPoolGlobal: GlobalMaxPool()
    case .averagePoolGlobal: GlobalAveragePool()
    case .maxPoolSame: MaxPool1D(3, stride: 1, padding: .same)
    case .maxPoolOverlapping: MaxPool1D(5, stride: 2)
    case .upsampling: UpSampling1D(2)
    case .squeezeExcitation: SqueezeExcitation(reduction: 2)
    case .batchNorm: BatchNorm()
    case .batchNormRectified:
      Sequential {
        BatchNorm()
        ReLU()
      }
    case .convWide: Conv1D(32, kernel: 3, padding: .same)
    case .convPeaks:
      Sequential {
        Conv1D(9, kernel: 5)
        ReLU()
        GlobalMaxPool()
      }
    }
  }

  /// Whether a plan takes the shorter way that the case is about, where there is one.
  func takesItsWay(_ plan: Plan) -> Bool {
    let operations = plan.operations.map(\.operation)
    return switch self {
    case .convWide:
      operations.contains { ($0 as? Convolution).map { $0.correlation.scratchCount > 0 } ?? false }
    case .convPeaks: operations.contains { $0 is PeakConvolution }
    default: true
    }
  }

  /// Whether the layer does the same in training and after it.
  var isSameAfterTraining: Bool { self != .batchNorm && self != .batchNormRectified }
}

@Suite("Layers beside PyTorch and numpy")
struct LayerGoldenTests {
  @Test("Outputs and every gradient are PyTorch's", arguments: GoldenLayer.allCases)
  func agreesWithPyTorch(_ layer: GoldenLayer) throws {
    let golden = try LayerGolden.load()
    let expected = try #require(golden.cases.first { $0.name == layer.rawValue })
    let plan = plan(layer.layer, expected)
    let network = Network(plan, seed: 0)
    #expect(layer.takesItsWay(plan))
    let parameters = plan.parameters.filter(\.isTrained)
    try #require(parameters.count == expected.weights.count)
    for (parameter, values) in zip(parameters, expected.weights) {
      network.setValues(values, of: parameter)
    }
    network.weightsDidChange()
    let labels = (0..<golden.rows).map { UInt8($0) }
    expected.x.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<golden.rows)[...], of: inputs, labels: labels)
        if layer.isSameAfterTraining {
          #expect(relativeDifference(network.logits(batch), expected.y.double) < 1e-5)
        }
        let probe = LinearProbe(coefficients: expected.dy)
        _ = network.accumulateGradients(batch, loss: probe, step: 1)
        #expect(relativeDifference(probe.outputs, expected.y.double) < 1e-5)
      }
    }
    #expect(relativeDifference(network.inputGradient(), expected.dx.double) < 1e-4)
    for (parameter, values) in zip(parameters, expected.gradients) {
      let gradient = network.gradient(of: parameter, rows: golden.rows)
      #expect(relativeDifference(gradient, values.double) < 1e-4, "\(parameter.path)")
    }
  }

  private func plan(_ layer: some Layer, _ golden: LayerGolden.Case) -> Plan {
    Plan(layer, length: golden.length, channels: golden.channels, differentiableInput: true)
  }

  @Test("The Fourier transform of a beat is numpy's: 94 bins, real and imaginary part")
  func fourier() throws {
    let golden = try LayerGolden.load()
    let pass = LayerPass(
      RealFourierTransform(), rows: golden.rows, length: 187, channels: 1,
      input: golden.fourier.x)
    #expect(pass.plan.output.length == 94 && pass.plan.output.channels == 2)
    #expect(pass.plan.parameters.isEmpty)
    #expect(relativeDifference(pass.y, golden.fourier.y) < 2e-6)
  }
}
