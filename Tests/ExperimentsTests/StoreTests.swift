import Foundation
import Models
import Tensors
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Store and runs")
struct StoreTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private func run(
    _ study: Study = smallStudy, in store: RunStore? = nil, workers: Int = 1,
    log: EventLog = EventLog()
  ) throws -> RunRecord {
    try StudyRunner(study: study, store: store ?? self.store, data: [smallData], workers: workers)
      .run(events: log.take)
  }

  /// All computed files of a store, by path.
  private func computedFiles(_ root: String) throws -> [String: Data] {
    let paths = try FileManager.default.subpathsOfDirectory(atPath: root)
    let measured = ["timing.json", "maker.json", "lock", ".log"]
    let computed = paths.filter { path in
      !measured.contains(where: path.hasSuffix) && !path.hasPrefix("data/known/")
    }
    return Dictionary(
      uniqueKeysWithValues: computed.compactMap { path in
        FileManager.default.contents(atPath: "\(root)/\(path)").map { (path, $0) }
      })
  }

  @Test("A run trains every cell once and the next one trains nothing")
  func trainsOnce() throws {
    let log = EventLog()
    let first = try run(log: log)
    #expect(log.started.count == 2 && first.failureCount == 0)
    let again = EventLog()
    #expect(try run(log: again) == first)
    #expect(again.started.isEmpty)
  }

  @Test("Stores are the same bytes for one worker or two, measured times apart")
  func workers() throws {
    let other = RunStore(root: "\(folder.path)/other")
    _ = try run(workers: 1)
    _ = try run(in: other, workers: 2)
    let files = try computedFiles(store.root)
    #expect(files.count > 10)
    #expect(try computedFiles(other.root) == files)
  }

  @Test("Results read back are those that were computed")
  func results() throws {
    let record = try run()
    let results = try store.results(of: store.run("small"))
    #expect(results.runID == record.id)
    let cell = try #require(results.tasks.first?.cells.first)
    #expect(cell.labels == smallData.split.test.map { Int(smallData.labels[$0]) })
    #expect(cell.history.count == 2 && (1...2).contains(cell.bestEpoch))
    for row in 0..<cell.labels.count {
      let sum = cell.probabilities[row * 5..<row * 5 + 5].reduce(0, +)
      #expect(abs(sum - 1) < 1e-5)
    }
  }

  @Test("A changed file of a cell is found and named")
  func damage() throws {
    let record = try run()
    let path = "\(store.folder(of: record.cells[0]))/predictions.npz"
    var bytes = try #require(FileManager.default.contents(atPath: path))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(filePath: path))
    #expect(
      throws: ExperimentsError.damagedStore(path: path, problem: "the bytes are not those written")
    ) { try store.results(of: record) }
  }

  @Test("A damaged cell is trained again by the next run, to the same bytes")
  func retrainsDamaged() throws {
    let record = try run()
    let files = try computedFiles(store.root)
    let path = "\(store.folder(of: record.cells[0]))/predictions.npz"
    let bytes = try #require(FileManager.default.contents(atPath: path))
    try bytes.prefix(bytes.count / 2).write(to: URL(filePath: path))
    let log = EventLog()
    _ = try run(log: log)
    #expect(log.started.count == 1)
    #expect(try computedFiles(store.root) == files)
  }

  @Test("A run of other settings does not replace one of the same name")
  func keepsOtherRuns() throws {
    let first = try run()
    var study = smallStudy
    study.seeds = [2]
    let second = try run(study)
    #expect(try store.run("small") == second)
    #expect(try store.run("small-\(first.id.prefix(8))") == first)
    #expect(try store.runNames().count == 2)
  }

  @Test("A study that cuts trainings short says so, in the recipe's name and in its gaps")
  func cutShort() throws {
    let record = try run()
    #expect(record.cells.allSatisfy { $0.recipe == "published, at most 2 epochs" })
    #expect(record.gaps.contains { $0.contains("2 epochs") })
  }

  @Test("What a killed process left half-written is swept away")
  func sweeps() throws {
    let partial = "\(store.root)/cells/abc.partial"
    try FileManager.default.createDirectory(atPath: partial, withIntermediateDirectories: true)
    _ = try run()
    #expect(!FileManager.default.fileExists(atPath: partial))
  }

  @Test("A cell that fails is recorded with its message, and the others go on")
  func failure() throws {
    var study = smallStudy
    (study.tasks, study.variants) = ([smallData.id, smallBinaryData.id], ["vanilla-mlp"])
    func run(_ data: [TaskData], _ log: EventLog = EventLog()) throws -> RunRecord {
      try StudyRunner(study: study, store: store, data: data, workers: 1).run(events: log.take)
    }
    // What is known of data need not be read again.
    study.seeds = [2]
    _ = try run([TaskData(smallData), TaskData(smallBinaryData)])
    study.seeds = [1]
    let log = EventLog()
    let record = try run([.gone(smallData), TaskData(smallBinaryData)], log)
    #expect(record.failureCount == 1 && log.failed == [record.cells[0].name])
    let results = try store.results(of: record)
    #expect(results.tasks.map(\.cells.count) == [0, 1])
    #expect(results.tasks[0].failures.first?.message.contains(smallData.id) == true)
    let text = try String(
      contentsOfFile: "\(store.root)/logs/\(record.cells[0].key).log", encoding: .utf8)
    #expect(text.contains(" started\n") && text.contains(" failed: "))
    #expect(try run([TaskData(smallData), TaskData(smallBinaryData)]).failureCount == 0)
  }

  @Test("A cancelled run keeps what is finished and the same call goes on")
  func cancelled() throws {
    let log = EventLog()
    let runner = StudyRunner(study: smallStudy, store: store, data: [smallData], workers: 1)
    #expect(throws: CancellationError.self) {
      try runner.run(isCancelled: { log.started.count == 2 }, events: log.take)
    }
    let next = EventLog()
    _ = try run(log: next)
    #expect(next.started.count == 1)
  }

  @Test("A store that another process holds is not written to")
  func locked() throws {
    try FileManager.default.createDirectory(atPath: store.root, withIntermediateDirectories: true)
    let lock = try StoreLock(root: store.root) { false }
    let runner = StudyRunner(study: smallStudy, store: store, data: [smallData], workers: 1)
    #expect(throws: ExperimentsError.storeIsLocked(path: store.root)) {
      try runner.run(waits: false, events: { _ in })
    }
    withExtendedLifetime(lock) {}
    #expect(!FileManager.default.fileExists(atPath: "\(store.root)/cells"))
  }

  @Test("An unknown run or variant is an error that names the known ones")
  func unknown() throws {
    #expect(throws: ExperimentsError.unknownRun("x", known: [], store: store.root)) {
      try store.run("x")
    }
    var study = smallStudy
    study.variants = ["vanilla-cn"]
    #expect(throws: ExperimentsError.self) { _ = try study.selection() }
  }

  @Test("A history survives writing and reading, and damage is noticed")
  func history() throws {
    let history = [
      EpochRecord(
        epoch: 1, learningRate: 1e-3, trainLoss: 0.1 + 0.2, trainAccuracy: 1.0 / 3,
        validationLoss: .leastNonzeroMagnitude, validationAccuracy: 1),
      EpochRecord(
        epoch: 2, learningRate: 1e-3, trainLoss: 0.2, trainAccuracy: nil, validationLoss: 0.1,
        validationAccuracy: nil),
    ]
    let bytes = HistoryFile.encode(history, kept: 2)
    #expect(HistoryFile.decode(bytes)?.history == history)
    #expect(HistoryFile.decode(bytes)?.kept == 2)
    var random = Philox(seed: 2, purpose: "fuzz").stream()
    for length in 0..<bytes.count - 1 {
      if let read = HistoryFile.decode(Array(bytes.prefix(length))) {
        #expect(read.history.count == 2)
      }
      var changed = bytes
      changed[length] = UInt8(truncatingIfNeeded: random.nextWord())
      if let read = HistoryFile.decode(changed) { #expect(!read.history.isEmpty) }
    }
    #expect(HistoryFile.decode([]) == nil)
  }
}
