import Foundation
import Tensors
import Testing

@testable import Models
@testable import Neural

/// `Golden/resnet.json`.
private struct ResNetGolden: Decodable {
  struct Tensor: Decodable {
    let path: String
    /// Every so-many-th number is written.
    let step: Int
    /// The gradient in float64.
    let values: [Double]
    /// How far PyTorch's own float32 is from it, over the largest number.
    let distance: Double
  }

  struct Draw: Decodable {
    let seed: Int
    let loss: Double
    let tensors: [Tensor]
  }

  let rows: Int
  let draws: [Draw]

  static func load() throws -> ResNetGolden {
    let url = Bundle.module.url(forResource: "Golden/resnet", withExtension: "json")
    return try JSONDecoder().decode(
      ResNetGolden.self, from: Data(contentsOf: try #require(url)))
  }
}

@Suite("The deep residual network beside PyTorch")
struct ResNetGoldenTests {
  /// Numbers from −1 to below 1 that depend on the path only, as `resnet.py` draws them.
  private func numbers(_ path: String, count: Int, seed: Int) -> [Float] {
    Initializer.uniform(limit: 1).values(shape: [count], seed: seed, path: path)
  }

  /// Kernels as they start, and what starts as all the same changed a little.
  private func network(seed: Int, rows: Int) throws -> Network {
    let variant = try #require(ModelCatalogue.variant("resnet"))
    let plan = variant.plan(for: ClassificationTask(id: "ptb", classCount: 2))
    let network = Network(plan, seed: seed, batchSize: rows)
    for parameter in plan.parameters where !parameter.path.hasSuffix("kernel") {
      let noise = numbers(parameter.path, count: parameter.count, seed: seed)
      let isScale = parameter.path.hasSuffix("scale")
      network.setValues(noise.map { isScale ? 0.25 * $0 + 1 : 0.1 * $0 }, of: parameter)
    }
    network.weightsDidChange()
    return network
  }

  /// The network's gradients on rows that end with padding.
  private func accumulateGradients(_ network: Network, seed: Int, rows: Int) -> BatchOutcome {
    let length = network.plan.input.count
    var inputs = numbers("rows", count: rows * length, seed: seed).map(abs)
    for row in 0..<rows {
      for sample in length - 10 * row..<length { inputs[row * length + sample] = 0 }
    }
    let labels = (0..<rows).map { UInt8($0 % 2) }
    return inputs.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        network.accumulateGradients(
          Batch(Array(0..<rows)[...], of: inputs, labels: labels), loss: SigmoidCrossEntropy(),
          step: 1)
      }
    }
  }

  /// The largest difference, over the largest of the expected numbers.
  private func distance(_ gradient: [Float], _ tensor: ResNetGolden.Tensor) -> Double {
    let sampled = stride(from: 0, to: gradient.count, by: tensor.step).map { gradient[$0] }
    guard sampled.count == tensor.values.count else { return .infinity }
    // `max` would pass over what is not a number.
    guard sampled.allSatisfy(\.isFinite) else { return .infinity }
    let difference = zip(sampled, tensor.values).map { abs(Double($0) - $1) }.max() ?? 0
    return difference / (tensor.values.map(abs).max() ?? 0)
  }

  private func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }

  @Test("At depth 101 gradients are at most three times as far from float64 as PyTorch's float32")
  func gradients() throws {
    let golden = try ResNetGolden.load()
    let distances = try golden.draws.map { draw in
      let network = try network(seed: draw.seed, rows: golden.rows)
      let outcome = accumulateGradients(network, seed: draw.seed, rows: golden.rows)
      #expect(abs(outcome.lossSum / Double(golden.rows) - draw.loss) < 1e-5 * draw.loss)
      return try draw.tensors.map { tensor in
        let parameter = try #require(
          network.plan.parameters.first { $0.path == tensor.path }, "\(tensor.path)")
        return distance(network.gradient(of: parameter, rows: golden.rows), tensor)
      }
    }
    // One rectifier that a rounding turns over moves a gradient by percents: a single draw is
    // chance, the median over eleven is not.
    for (index, tensor) in golden.draws[0].tensors.enumerated() {
      let ours = median(distances.map { $0[index] })
      let pyTorch = median(golden.draws.map { $0.tensors[index].distance })
      #expect(ours <= 3 * pyTorch, "\(tensor.path)")
    }
  }
}
