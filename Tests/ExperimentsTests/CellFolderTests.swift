import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Cells that are whole, damaged or somebody else's")
struct CellFolderTests {
  private let folder: TemporaryFolder
  private let store: RunStore
  private let study: Study

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
    var study = smallStudy
    (study.variants, study.maximumEpochs, study.seeds) = (["vanilla-mlp"], 1, [1, 2])
    self.study = study
  }

  private func run(_ log: EventLog = EventLog()) throws -> RunRecord {
    try StudyRunner(study: study, store: store, data: [smallData], workers: 1)
      .run(events: log.take)
  }

  private func reasons() throws -> [OpenReason?] {
    try StudyForecast(study, data: [smallData], store: store).cells.map(\.reason)
  }

  /// The hashes of all cells.
  private func hashes() throws -> [[String: String]] {
    try store.finishedCells().map { try store.manifest(of: $0).files }
  }

  @Test("A cell's folder that lacks anything, or is none, is damaged and made again")
  func parts() throws {
    let record = try run()
    let (key, expected) = (record.cells[0].key, try hashes())
    let place = store.cellFolder(key)
    let results = RunStore(root: "\(folder.path)/results")
    _ = try store.export(record, to: results)
    let damages: [(String, () throws -> Void)] = [
      ("no manifest", { try FileManager.default.removeItem(atPath: "\(place)/manifest.json") }),
      (
        "no history", { try FileManager.default.removeItem(atPath: "\(place)/history.csv") }
      ),
      (
        "nothing in it",
        {
          try FileManager.default.removeItem(atPath: place)
          try FileManager.default.createDirectory(
            atPath: place, withIntermediateDirectories: false)
        }
      ),
      (
        "a file",
        {
          try FileManager.default.removeItem(atPath: place)
          try Data().write(to: URL(filePath: place))
        }
      ),
    ]
    for (name, damage) in damages {
      try damage()
      #expect(try reasons() == [.damaged, nil], "\(name)")
      #expect(try store.check().problems.count == 1, "\(name)")
      let log = EventLog()
      #expect(try run(log) == record && log.started == [record.cells[0].name], "\(name)")
      #expect(try hashes() == expected && store.check().problems.isEmpty, "\(name)")
      // Taking the results in heals it too, and setting it aside makes room.
      try damage()
      #expect(try store.importPreview(from: results).cells == [key], "\(name)")
      #expect(try store.take(from: results).cells == 1 && store.check().problems.isEmpty, "\(name)")
      try damage()
      #expect(try store.setAsideDamaged(waits: false).count == 1, "\(name)")
      #expect(try reasons() == [.neverMade, nil], "\(name)")
      #expect(try run() == record && hashes() == expected, "\(name)")
    }
  }

  @Test("A cell under the key of another is damaged for whoever reads it")
  func exchanged() throws {
    let record = try run()
    let expected = try hashes()
    let places = record.cells.map { store.cellFolder($0.key) }
    func exchange(in folders: [String]) throws {
      let files = FileManager.default
      try files.moveItem(atPath: folders[0], toPath: "\(folder.path)/moved")
      try files.moveItem(atPath: folders[1], toPath: folders[0])
      try files.moveItem(atPath: "\(folder.path)/moved", toPath: folders[1])
    }
    let results = RunStore(root: "\(folder.path)/results")
    _ = try store.export(record, to: results)
    try exchange(in: places)
    #expect(throws: ExperimentsError.self) { try store.results(of: record) }
    #expect(throws: ExperimentsError.self) { try store.weights(cell: record.cells[0].key) }
    #expect(throws: ExperimentsError.self) { try store.storedMetrics(of: record.cells[1]) }
    #expect(try reasons() == [.damaged, .damaged])
    #expect(try store.check().problems.count == 2)
    let log = EventLog()
    #expect(try run(log) == record && log.started.count == 2)
    #expect(try hashes() == expected)
    // Nor is it taken in.
    try exchange(in: record.cells.map { results.cellFolder($0.key) })
    let other = RunStore(root: "\(folder.path)/other")
    #expect(throws: ExperimentsError.self) { try other.importPreview(from: results) }
    #expect(throws: ExperimentsError.self) { try other.take(from: results) }
    #expect(try other.finishedCells().isEmpty)
  }

  @Test("A cell that is replaced or removed is under its name whole, or not at all")
  func removal() throws {
    let key = try run().cells[0].key
    let files = try store.computedFiles(of: key).map { ($0, try store.read($0, cell: key)) }
    try store.write(files.map { (name: $0.0, bytes: $0.1) }, cell: key)
    #expect(try store.isIntact(key) && store.timing(of: key) == nil)
    // As a kill in the middle leaves it.
    let old = "\(store.cellFolder(key)).old.partial"
    try FileManager.default.moveItem(atPath: store.cellFolder(key), toPath: old)
    try FileManager.default.removeItem(atPath: "\(old)/manifest.json")
    #expect(!store.contains(key))
    #expect(try store.finishedCells().count == 1 && store.check().problems.isEmpty)
    try store.write(files.map { (name: $0.0, bytes: $0.1) }, cell: key)
    try store.prepare()
    #expect(!FileManager.default.fileExists(atPath: old))
    #expect(try store.isIntact(key))
    try store.discard(key)
    #expect(try store.finishedCells().count == 1)
  }
}
