import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("What a store does about damage")
struct StoreHealingTests {
  private let folder: TemporaryFolder
  private let store: RunStore
  private let study: Study

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
    var study = smallStudy
    (study.variants, study.maximumEpochs) = (["vanilla-mlp"], 2)
    self.study = study
  }

  private func run(
    in other: RunStore? = nil, _ log: EventLog = EventLog(),
    isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws -> RunRecord {
    try StudyRunner(
      study: study, store: other ?? store, data: [TaskData(smallData)], workers: 1
    ).run(isCancelled: isCancelled, events: log.take)
  }

  private func key() throws -> String {
    try #require(try StudyPlan(study, data: [smallData]).jobs.first).key
  }

  /// Puts a folder where a file was: reading it is an error of the system, not other bytes.
  private func makeUnreadable(_ path: String) throws {
    if FileManager.default.fileExists(atPath: path) {
      try FileManager.default.moveItem(atPath: path, toPath: "\(folder.path)/moved")
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  private func makeReadable(_ path: String) throws {
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: "\(folder.path)/moved", toPath: path)
  }

  private func change(_ path: String, at place: Int? = nil) throws {
    var bytes = try store.contents(path)
    bytes[place ?? bytes.count / 2] ^= 1
    try Data(bytes).write(to: URL(filePath: path))
  }

  private func isUnreadable(_ error: ExperimentsError?, _ path: String) -> Bool {
    if case .file(path, "read", _) = error { return true }
    return false
  }

  @Test("A file that cannot be read ends the run with its path, and nothing is removed")
  func unreadable() throws {
    let record = try run()
    let key = record.cells[0].key
    for path in [
      "\(store.cellFolder(key))/predictions.npz", "\(store.cellFolder(key))/manifest.json",
      store.path(.summary, smallData.fingerprint), store.path(.audit, smallData.fingerprint),
      store.path(.parts, smallData.fingerprint), store.findingPath(.mistakes, cell: key),
      "\(store.root)/runs/small.json",
    ] {
      if path.contains("/findings/") { try Data("{}".utf8).write(to: URL(filePath: path)) }
      let before = try FileManager.default.subpathsOfDirectory(atPath: store.root).sorted()
      try makeUnreadable(path)
      let log = EventLog()
      let error = #expect(throws: ExperimentsError.self) { try run(log) }
      #expect(isUnreadable(error, path), "\(path)")
      #expect(log.started.isEmpty)
      #expect(try FileManager.default.subpathsOfDirectory(atPath: store.root).sorted() == before)
      let problems = try store.check().problems
      #expect(problems.contains { $0.path == path && $0.problem.contains("cannot be read") })
      #expect(try !store.setAsideDamaged(waits: false).contains { path.hasSuffix($0.path) })
      try makeReadable(path)
      if path.contains("/findings/") { try FileManager.default.removeItem(atPath: path) }
    }
    let log = EventLog()
    #expect(try run(log) == record && log.started.isEmpty && store.check().problems.isEmpty)
  }

  @Test("A checkpoint that cannot be read is not thrown away; a damaged one is, with a word")
  func checkpoints() throws {
    let other = RunStore(root: "\(folder.path)/other")
    let undisturbed = try run(in: other)
    let path = store.checkpointPath(try key())
    func interrupt() throws {
      let log = EventLog()
      #expect(throws: CancellationError.self) {
        try run(log, isCancelled: { !log.started.isEmpty })
      }
    }
    try interrupt()
    try makeUnreadable(path)
    let error = #expect(throws: ExperimentsError.self) { try run() }
    #expect(isUnreadable(error, path))
    try makeReadable(path)
    for place in [3, 66, 100, 200, nil] {
      try change(path, at: place)
      #expect(try store.check().problems.map(\.path) == [path])
      #expect(store.state(of: undisturbed.cells[0]) == .open)
      let log = EventLog()
      // Gone on with far enough for the next checkpoint only.
      #expect(throws: CancellationError.self) {
        try run(log, isCancelled: { !log.started.isEmpty })
      }
      #expect(log.restarted.count == 1, "\(String(describing: place))")
      #expect(try store.check().problems.isEmpty)
    }
    // One that is whole, and of no use to this training.
    let file = try #require(try store.checkpoint(key()))
    var senseless = file.checkpoint
    senseless.rows = -5
    try store.keep(senseless, seconds: 1, cell: key())
    let log = EventLog()
    _ = try run(log)
    #expect(log.restarted.count == 1)
    let text = try String(contentsOfFile: "\(store.root)/logs/\(key()).log", encoding: .utf8)
    #expect(text.contains("begins anew"))
    #expect(
      try store.manifest(of: key()).files == other.manifest(of: undisturbed.cells[0].key).files)
  }

  @Test(
    "A finding that cannot be made again is kept and named, and taken in again with its results")
  func lostFindings() throws {
    let record = try run()
    let key = record.cells[0].key
    try ProbeRunner(study: study, store: store, data: [TaskData(smallData)], workers: 1).run()
    let results = RunStore(root: "\(folder.path)/results")
    _ = try store.export(record, to: results)
    let taken = RunStore(root: "\(folder.path)/taken")
    _ = try taken.take(from: results)
    _ = try run(in: taken)
    for kind in ProbeKind.allCases {
      let path = taken.findingPath(kind, cell: key)
      let whole = try taken.contents(path)
      try change(path)
      let log = EventLog()
      if kind == .mistakes {
        // Made from rows and answers, which are there.
        _ = try run(in: taken, log)
        #expect(
          log.notes.contains { $0.contains(path) }
            && !FileManager.default.isReadableFile(atPath: path))
      } else {
        #expect(throws: ExperimentsError.lostFinding(path: path)) { try run(in: taken, log) }
        #expect(try taken.contents(path) != whole)
      }
      _ = try taken.take(from: results)
      #expect(try taken.contents(path) == whole)
      _ = try run(in: taken)
      // With weights it is made again.
      try change(store.findingPath(kind, cell: key))
      _ = try run()
      try ProbeRunner(study: study, store: store, data: [TaskData(smallData)], workers: 1).run()
      #expect(try store.contents(store.findingPath(kind, cell: key)) == whole)
    }
  }

  @Test("What no run makes again is set aside, and the store is whole after that")
  func setsAside() throws {
    let record = try run()
    let key = record.cells[0].key
    let timing = "\(store.cellFolder(key))/timing.json"
    let kept = "\(store.root)/runs/small-damaged-01234567.json"
    try change(timing)
    try Data("{".utf8).write(to: URL(filePath: kept))
    try Data("x".utf8).write(to: URL(filePath: store.checkpointPath("abc")))
    let problems = try store.check().problems
    #expect(Set(problems.map(\.path)) == [timing, kept, store.checkpointPath("abc")])
    #expect(
      problems.filter { $0.path != store.checkpointPath("abc") }
        .allSatisfy { $0.problem.contains("gc --damaged") })
    let preview = try store.setAsideDamaged(waits: false, isDryRun: true)
    #expect(try store.check().problems == problems && preview.count == 3)
    let bytes = try store.contents(kept)
    let moved = try store.setAsideDamaged(waits: false)
    #expect(moved.map(\.path) == preview.map(\.path))
    #expect(try store.check().problems.isEmpty && store.unused().isEmpty)
    #expect(try store.contents("\(store.root)/damaged/runs-small-damaged-01234567.json") == bytes)
    // Another of the same name does not replace it; a cell goes as a whole.
    try Data("[".utf8).write(to: URL(filePath: kept))
    try change("\(store.cellFolder(key))/history.csv")
    try change("\(store.cellFolder(key))/predictions.npz")
    let more = try store.setAsideDamaged(waits: false).map(\.place)
    #expect(more == ["damaged/cells-\(key)", "damaged/runs-small-damaged-01234567.json-2"])
    #expect(try store.contents("\(store.root)/damaged/runs-small-damaged-01234567.json") == bytes)
    #expect(try run() == record && store.check().problems.isEmpty)
    #expect(try store.setAsideDamaged(waits: false).isEmpty)
  }

  @Test("A damaged data set is named where data sets are listed, and the others are listed")
  func dataSets() throws {
    var both = study
    both.tasks.append(smallBinaryData.id)
    _ = try StudyRunner(
      study: both, store: store, data: [smallData, smallBinaryData], workers: 1
    ).run(events: { _ in })
    let path = store.path(.summary, smallData.fingerprint)
    try change(path)
    let entries = try store.dataEntries()
    #expect(entries.map(\.task) == [smallData.id, smallBinaryData.id])
    #expect(entries[0].testCount == nil && entries[0].problem?.contains(path) == true)
    #expect(entries[1].problem == nil && entries[1].testCount == 100)
    #expect(entries.allSatisfy { $0.runs == ["small"] && $0.testEvaluationCount == 1 })
  }
}
