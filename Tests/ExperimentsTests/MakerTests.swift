import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Who made the cells")
struct MakerTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private var quick: Study {
    var study = smallStudy
    (study.variants, study.maximumEpochs) = (["vanilla-mlp"], 1)
    return study
  }

  private func environment(on processor: String) -> RunEnvironment {
    RunEnvironment(
      program: "1", commit: nil, sources: "s", compiler: "c", system: "y", processor: processor,
      cores: 2, instructionSet: "portable", drawing: ["cairo": "1"], finished: processor)
  }

  private func run(
    _ study: Study, in store: RunStore? = nil, on processor: String
  ) throws -> RunRecord {
    let made = environment(on: processor)
    return try StudyRunner(
      study: study, store: store ?? self.store, data: [TaskData(smallData)], workers: 1,
      environment: { made }
    ).run(events: { _ in })
  }

  /// Processors and how many cells they made; `?` where nobody knows.
  private func makers(of run: RunRecord, in store: RunStore? = nil) throws -> [String] {
    try (store ?? self.store).makers(of: run.cells.map(\.key), in: run).map {
      "\($0.maker?.processor ?? "?") \($0.cellCount)"
    }
  }

  private func removeMakers(in store: RunStore) throws {
    for key in try store.finishedCells() {
      try FileManager.default.removeItem(atPath: "\(store.cellFolder(key))/\(CellFile.maker)")
    }
  }

  @Test("Whoever trained a cell stands with it, whatever run it is found by")
  func otherRuns() throws {
    let record = try run(quick, on: "one")
    #expect(try makers(of: record) == ["one 1"])
    var other = quick
    (other.name, other.title, other.figures) = ("other", "Other", ["roc"])
    let found = try run(other, on: "two")
    #expect(found.id != record.id)
    #expect(try makers(of: found) == ["one 1"])
    // It says what it was asked for with, and does not claim to have made anything.
    let asked = try #require(store.environment(ofRun: found.id))
    #expect(asked.processor == "two" && asked.madeCells == 0)
    #expect(try run(quick, on: "two") == record)
    #expect(store.environment(ofRun: record.id)?.processor == "one")
    other.seeds.append(77)
    let grown = try run(other, on: "two")
    #expect(try makers(of: grown) == ["one 1", "two 1"])
    #expect(store.environment(ofRun: grown.id)?.madeCells == 1)
    #expect(try RunTrace(run: "other", in: store).makers.map(\.cellCount) == [1, 1])
    #expect(try store.explanations(of: record.cells[0].key)[0].maker?.processor == "one")
  }

  @Test("What a killed run did not write any more, the next one does; its cells had their makers")
  func killed() throws {
    let record = try run(quick, on: "one")
    try FileManager.default.removeItem(atPath: "\(store.root)/environments/\(record.id).json")
    #expect(try makers(of: record) == ["one 1"])
    _ = try run(quick, on: "two")
    #expect(try makers(of: record) == ["one 1"])
    #expect(store.environment(ofRun: record.id)?.madeCells == 0)
    // What it was asked for with is there before the first cell is.
    let log = EventLog()
    var other = quick
    other.seeds = [5]
    let made = environment(on: "three")
    #expect(throws: CancellationError.self) {
      try StudyRunner(
        study: other, store: store, data: [TaskData(smallData)], workers: 1, environment: { made }
      ).run(isCancelled: { !log.started.isEmpty }, events: log.take)
    }
    #expect(try store.environment(ofRun: store.run("small").id)?.processor == "three")
  }

  @Test("Makers go along with exports and imports, and no result depends on them")
  func exports() throws {
    let record = try run(quick, on: "one")
    let other = RunStore(root: "\(folder.path)/other")
    #expect(try run(quick, in: other, on: "two") == record)
    #expect(try store.fingerprint(of: record) == other.fingerprint(of: record))
    let results = RunStore(root: "\(folder.path)/results")
    _ = try store.export(record, to: results)
    #expect(results.environment(ofRun: record.id) == store.environment(ofRun: record.id))
    #expect(try makers(of: record, in: results) == ["one 1"] && results.check().problems.isEmpty)
    let taken = RunStore(root: "\(folder.path)/taken")
    _ = try taken.take(from: results)
    #expect(try makers(of: record, in: taken) == ["one 1"] && taken.check().problems.isEmpty)
    let archive = try store.archive(record, scratch: "\(folder.path)/a")
    let unpacked = RunStore(root: "\(folder.path)/unpacked")
    _ = try unpacked.take(archive: archive, from: "x.tar", scratch: "\(folder.path)/b")
    #expect(try makers(of: record, in: unpacked) == ["one 1"])
  }

  @Test("Of stores of earlier programs, the run's environment says who made its cells")
  func earlier() throws {
    let record = try run(quick, on: "one")
    try removeMakers(in: store)
    #expect(try makers(of: record) == ["one 1"] && store.check().problems.isEmpty)
    var found = quick
    found.name = "found"
    #expect(try makers(of: run(found, on: "two")) == ["? 1"])
    let results = RunStore(root: "\(folder.path)/results")
    _ = try store.export(record, to: results)
    #expect(try makers(of: record, in: results) == ["one 1"])
  }
}
