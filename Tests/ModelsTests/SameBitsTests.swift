import Tensors
import Testing

@testable import Models
@testable import Neural

/// A variant at a size that is trained in a moment.
private struct SmallVariant {
  let plan: Plan
  let task: ClassificationTask
  let recipe: Recipe

  init(_ id: String) throws {
    var variant = try #require(ModelCatalogue.variant(id))
    if var network = variant as? ResNet {
      network.units = [2, 2]
      variant = network
    }
    // Rows as long as the layers need; a variant that is not named gets the study's rows.
    let lengths = [
      "baseline": 80, "vanilla-mlp": 24, "vanilla-cnn": 64, "vanilla-rnn": 24, "bilstm": 24,
      "resnet": 24, "kachuee": 136,
    ]
    task = ClassificationTask(id: "test", classCount: 5, rowLength: lengths[id] ?? 187)
    plan = variant.plan(for: task)
    recipe = variant.recipe(for: task)
  }

  /// The weights after three epochs of two steps.
  func train(batchSize: Int, threads: Int = 1, kernels: Kernels = .current) throws -> [UInt32] {
    let network = Network(plan, seed: 1, batchSize: batchSize, threads: threads, kernels: kernels)
    let optimizer = recipe.optimizer
    let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: network.weights.count) }
    var random = Philox(seed: 1, purpose: "beats").stream()
    let count = 2 * batchSize
    let inputs = (0..<count).flatMap { row in
      // Rows end with zeros, as those of the study do.
      (0..<task.rowLength).map { sample in
        sample < task.rowLength - row % 5 ? Float(random.nextUniform()) : 0
      }
    }
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
    let variant = try SmallVariant(id)
    let expected = try variant.train(batchSize: 5)
    for set in InstructionSet.allCases {
      guard let kernels = set.kernels else { continue }
      #expect(try variant.train(batchSize: 5, kernels: kernels) == expected, "\(set)")
    }
  }

  @Test("Weights do not depend on the number of threads, and are the same twice", arguments: ids)
  func threads(id: String) throws {
    let variant = try SmallVariant(id)
    // As many rows as make four shards.
    let batchSize = 3 * variant.plan.microBatch + 1
    let expected = try variant.train(batchSize: batchSize)
    for threads in [1, 2, 4] {
      #expect(try variant.train(batchSize: batchSize, threads: threads) == expected, "\(threads)")
    }
  }
}
