import Tensors
import Testing

@testable import Neural

@Suite("Memory")
struct MemoryTests {
  private static let plain = Plan(
    Sequential {
      Conv1D(8, kernel: 5)
      ReLU()
      GlobalMaxPool()
      Dense(3)
    }, length: 29)
  private static let meeting = Plan(
    Sequential {
      Conv1D(8, kernel: 5)
      BatchNorm()
      ReLU()
      GlobalAveragePool()
      Dense(3)
    }, length: 29)

  private func allocated(_ network: Network) -> Int {
    let buffers = [network.weights.count, network.derived.count] + network.gradients.map(\.count)
    return (buffers + network.shards.map(\.arenaCount)).reduce(0) {
      $0 + FloatBuffer.byteCount($1)
    }
  }

  @Test("What a plan says of its network's memory is what the network allocates")
  func planned() {
    for (threads, batchSize) in [(1, 16), (2, 70), (4, 256)] {
      for plan in [Self.plain, Self.meeting] {
        let network = Network(plan, seed: 1, batchSize: batchSize, threads: threads)
        #expect(
          plan.memoryBytes(batchSize: batchSize, threads: threads, stateCount: 0)
            == allocated(network))
      }
    }
  }

  @Test("Only networks whose shards meet hold more for a larger batch")
  func batchSizes() {
    func bytes(_ plan: Plan, _ rows: Int) -> Int {
      plan.memoryBytes(batchSize: rows, stateCount: 0)
    }
    #expect(bytes(Self.plain, 4096) == bytes(Self.plain, 16))
    #expect(bytes(Self.meeting, 4096) > bytes(Self.meeting, 16))
  }

  @Test("An optimizer's state is as large as the weights, each time")
  func state() {
    func bytes(_ count: Int) -> Int { Self.plain.memoryBytes(stateCount: count) }
    #expect(bytes(2) - bytes(1) == FloatBuffer.byteCount(Self.plain.weightCount))
  }
}
