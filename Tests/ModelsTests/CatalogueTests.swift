import Neural
import Tensors
import Testing

@testable import Models

private let mitbih = ClassificationTask(id: "mitbih", classCount: 5)
private let binary = ClassificationTask(id: "ptb", classCount: 2)

/// What is known of a published network.
private struct KnownSize: Sendable, CustomTestStringConvertible {
  let id: String
  let parameters: (Int, Int)
  let multiplyAdds: (Int, Int)
  var testDescription: String { id }
}

@Suite("Model catalogue")
struct CatalogueTests {
  private static let sizes = [
    KnownSize(
      id: "baseline", parameters: (254_901, 254_641), multiplyAdds: (4_265_840, 4_265_584)),
    KnownSize(id: "vanilla-mlp", parameters: (49_413, 48_385), multiplyAdds: (49_152, 48_128)),
    KnownSize(
      id: "vanilla-cnn", parameters: (205_877, 18_065), multiplyAdds: (2_065_200, 959_056)),
    KnownSize(
      id: "vanilla-rnn", parameters: (83_205, 103_297), multiplyAdds: (3_153_920, 876_352)),
    KnownSize(
      id: "bilstm", parameters: (232_453, 231_937), multiplyAdds: (24_800_896, 24_800_384)),
    KnownSize(
      id: "resnet", parameters: (2_782_725, 719_329), multiplyAdds: (164_736_464, 42_535_120)),
    KnownSize(id: "kachuee", parameters: (55_013, 54_881), multiplyAdds: (3_555_072, 3_554_944)),
  ]

  @Test("Parameters and multiply-adds are the published ones", arguments: sizes)
  private func size(_ known: KnownSize) throws {
    let variant = try #require(ModelCatalogue.variant(known.id))
    #expect(variant.plan(for: mitbih).parameterCount == known.parameters.0)
    #expect(variant.plan(for: binary).parameterCount == known.parameters.1)
    #expect(variant.plan(for: mitbih).multiplyAdds == known.multiplyAdds.0)
    #expect(variant.plan(for: binary).multiplyAdds == known.multiplyAdds.1)
  }

  @Test("Every variant has its size on record")
  func everySizeIsKnown() {
    #expect(Set(Self.sizes.map(\.id)) == Set(ModelCatalogue.all.map(\.id)))
  }

  @Test("Names are unique, in kebab-case, and the baseline stands first")
  func names() {
    let ids = ModelCatalogue.all.map(\.id)
    #expect(Set(ids).count == ids.count)
    #expect(ids.first == "baseline")
    #expect(ids.allSatisfy { $0.allSatisfy { $0.isLowercase || $0.isNumber || $0 == "-" } })
  }

  @Test("Every variant learns eight beats by heart, with the same bytes twice", arguments: [5, 2])
  func overfits(classes: Int) {
    let task = ClassificationTask(id: "test", classCount: classes)
    for variant in ModelCatalogue.all {
      let first = train(variant, task)
      #expect(first.right == 8, "\(variant.id) knows \(first.right) of 8 beats")
      #expect(first.weights == train(variant, task).weights, "\(variant.id)")
    }
  }

  private func train(
    _ variant: any ModelVariant, _ task: ClassificationTask
  ) -> (right: Int, weights: [Float]) {
    let plan = variant.plan(for: task)
    let network = Network(plan, seed: 1)
    let state = (0..<2).map { _ in FloatBuffer(count: network.weights.count) }
    var random = Philox(seed: 1, purpose: "beats").stream()
    let rows = (0..<8 * 187).map { _ in Float(random.nextUniform()) }
    let labels = (0..<8).map { UInt8($0 % task.classCount) }
    var right = 0
    rows.withUnsafeBufferPointer { rows in
      labels.withUnsafeBufferPointer { labels in
        let batch = Batch(Array(0..<8)[...], of: rows, labels: labels)
        for step in 1...150 {
          let outcome = network.train(
            batch, loss: task.loss, optimizer: Adam(), state: state, step: step,
            learningRate: 1e-3)
          #expect(outcome.lossSum.isFinite)
          right = outcome.rightCount
          if right == 8, outcome.lossSum < 2 { break }
        }
      }
    }
    return (right, network.weights.array)
  }
}
