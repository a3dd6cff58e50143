import Neural
import Testing

@testable import Models

@Suite("Memory of a training")
struct MemoryTests {
  private let task = ClassificationTask(id: "mitbih", classCount: 5)

  /// Bytes beside the data, with Adam's two numbers a weight.
  private func bytes(_ id: String, batchSize: Int) throws -> Int {
    let variant = try #require(ModelCatalogue.variant(id))
    return variant.plan(for: task).memoryBytes(batchSize: batchSize, stateCount: 2)
  }

  @Test("The baseline trains on batches of 256 rows in 64 MB")
  func baseline() throws {
    let bytes = try bytes("baseline", batchSize: 256)
    #expect(bytes <= 64_000_000)
  }

  @Test("The residual network of 398 layers trains on batches of 128 rows in 2 GB")
  func residual() throws {
    let bytes = try bytes("resnet", batchSize: 128)
    #expect(bytes <= 2_000_000_000)
  }
}
