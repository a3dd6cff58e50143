import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Memory of trainings")
struct MemorySchedulingTests {
  private func jobs() throws -> [CellJob] {
    let study = Study(
      title: "Memory", name: "memory", tasks: [smallData.id],
      variants: ["baseline", "vanilla-mlp", "vanilla-cnn"], maximumEpochs: 1)
    return try StudyPlan(study, data: [TaskData(smallData)]).jobs
  }

  @Test("A cell waits until the memory that it takes is free, and smaller ones go before it")
  func waits() throws {
    let jobs = try jobs()
    let inOrder = jobs.sorted { $0.epochCost > $1.epochCost }
    let needs = Dictionary(uniqueKeysWithValues: zip(inOrder.map(\.key), [60, 50, 40]))
    let queue = JobQueue(jobs, needs: needs, memory: 100)
    let first = try #require(queue.next())
    let second = try #require(queue.next())
    #expect([first.key, second.key] == [inOrder[0].key, inOrder[2].key])
    _ = queue.end(first, .finished)
    #expect(queue.next()?.key == inOrder[1].key)
  }

  @Test("A cell that takes more than there is runs alone")
  func alone() throws {
    let jobs = try jobs()
    let queue = JobQueue(
      jobs, needs: Dictionary(uniqueKeysWithValues: jobs.map { ($0.key, 200) }), memory: 100)
    for _ in jobs {
      let job = try #require(queue.next())
      _ = queue.end(job, .finished)
    }
    #expect(queue.next() == nil)
  }

  @Test("A run with too little memory says so and gives the same cells")
  func sameCells() throws {
    let folders = [try TemporaryFolder(), try TemporaryFolder()]
    let log = EventLog()
    let runs = try zip(folders, [1, nil]).map { folder, memory in
      try StudyRunner(
        study: smallStudy, store: RunStore(root: folder.path), data: [TaskData(smallData)],
        workers: 2, memory: memory
      ).run(events: log.take)
    }
    #expect(runs[0] == runs[1] && runs[0].failureCount == 0)
    #expect(log.notes.filter { $0.contains("MB of memory") }.count == runs[0].cells.count)
  }

  @Test("More threads, a longer batch and averaged weights take more memory, never less")
  func grows() throws {
    for job in try jobs() {
      let bytes = (1...4).map { job.work.memoryBytes(threads: $0) }
      #expect(bytes == bytes.sorted() && bytes[0] > 0)
      #expect(bytes[0] > 4 * job.facts.parameters * 4)
    }
  }

  @Test("What is free is the least of the machine's and of all control groups' around the process")
  func available() throws {
    let folder = try TemporaryFolder()
    let memory = AvailableMemory(root: folder.path)
    func write(_ text: String, _ path: String) throws {
      let url = URL(filePath: folder.path + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
    #expect(memory.bytes == nil)
    try write("MemTotal:  9000 kB\nMemAvailable:    4000 kB\n", "/proc/meminfo")
    #expect(memory.bytes == 4_096_000)
    try write("0::/jobs/one\n", "/proc/self/cgroup")
    try write("max\n", "/sys/fs/cgroup/jobs/one/memory.max")
    try write("7\n", "/sys/fs/cgroup/jobs/one/memory.current")
    #expect(memory.bytes == 4_096_000)
    try write("3000000\n", "/sys/fs/cgroup/jobs/memory.max")
    try write("1000000\n", "/sys/fs/cgroup/jobs/memory.current")
    try write("anon 1\ninactive_file 400000\n", "/sys/fs/cgroup/jobs/memory.stat")
    #expect(memory.bytes == 2_400_000)
    try write("garbage", "/proc/meminfo")
    try write("5000000\n", "/sys/fs/cgroup/jobs/memory.current")
    #expect(memory.bytes == 0)
  }
}
