import Tensors
import Testing

@testable import Models
@testable import Neural

extension SmallVariant {
  /// The weights after three epochs of two steps.
  func train(batchSize: Int, threads: Int = 1, kernels: Kernels = .current) throws -> [UInt32] {
    let network = Network(plan, seed: 1, batchSize: batchSize, threads: threads, kernels: kernels)
    let optimizer = recipe.optimizer
    let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: network.weights.count) }
    var random = Philox(seed: 1, purpose: "beats").stream()
    let count = 2 * batchSize
    let inputs = rows(count, &random)
    let labels = (0..<count).map { UInt8($0 % task.classCount) }
    let loss = try recipe.trainingLoss(
      for: task, rowsPerClass: (0..<5).map { label in labels.count { $0 == label } })
    var order: [Int] = []
    for step in 0..<6 {
      if step % 2 == 0 { order = random.shuffled(Array(0..<count)) }
      inputs.withUnsafeBufferPointer { inputs in
        labels.withUnsafeBufferPointer { labels in
          let rows = order[step % 2 * batchSize..<(step % 2 + 1) * batchSize]
          _ = network.train(
            Batch(rows, of: inputs, labels: labels), loss: loss, optimizer: optimizer,
            state: state, step: step + 1, learningRate: Float(recipe.learningRate),
            clipping: recipe.clipping)
        }
      }
    }
    let weights = network.weights.array
    let isFinite = weights.allSatisfy { $0.isFinite }
    #expect(isFinite)
    return weights.map(\.bitPattern)
  }
}

@Suite("The same bits for every architecture")
struct SameBitsTests {
  private static let ids = ModelCatalogue.all.map(\.id)

  @Test("Weights do not depend on the instruction set", arguments: ids)
  func instructionSets(id: String) throws {
    let variant = try SmallVariant(id, classCount: 5)
    let expected = try variant.train(batchSize: 5)
    for set in InstructionSet.allCases {
      guard let kernels = set.kernels else { continue }
      #expect(try variant.train(batchSize: 5, kernels: kernels) == expected, "\(set)")
    }
  }

  @Test("Weights do not depend on the number of threads, and are the same twice", arguments: ids)
  func threads(id: String) throws {
    let variant = try SmallVariant(id, classCount: 5)
    // As many rows as make four shards.
    let batchSize = 3 * variant.plan.microBatch + 1
    let expected = try variant.train(batchSize: batchSize)
    for threads in [1, 2, 4] {
      #expect(try variant.train(batchSize: batchSize, threads: threads) == expected, "\(threads)")
    }
  }
}
