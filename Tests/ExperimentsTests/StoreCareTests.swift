import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Looking after a store")
struct StoreCareTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private func run(_ variants: [String], name: String = "small") throws -> RunRecord {
    var study = smallStudy
    (study.variants, study.name, study.maximumEpochs) = (variants, name, 1)
    return try StudyRunner(study: study, store: store, data: [smallData], workers: 1)
      .run(events: { _ in })
  }

  private func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: "\(store.root)/\(path)")
  }

  @Test("A whole store has no problem; each damaged file is one")
  func check() throws {
    let record = try run(["vanilla-mlp", "vanilla-cnn"])
    #expect(try store.check().problems.isEmpty && store.check().cells == 2)
    let key = record.cells[0].key
    let name = record.study.name
    let damages: [(path: String, bytes: Data?)] = [
      ("cells/\(key)/weights.safetensors", Data("x".utf8)), ("cells/\(key)/history.csv", nil),
      ("cells/\(key)/manifest.json", Data("{}".utf8)), ("cells/\(key)/extra", Data()),
      ("runs/\(name).json", Data("[]".utf8)), ("checkpoints/abc", Data("x".utf8)),
      ("data/\(smallData.fingerprint).json", nil),
    ]
    for (path, bytes) in damages {
      let url = URL(filePath: "\(store.root)/\(path)")
      let before = try? Data(contentsOf: url)
      if let bytes { try bytes.write(to: url) } else { try FileManager.default.removeItem(at: url) }
      let problems = try store.check().problems
      #expect(problems.contains { $0.path == url.path }, "\(path): \(problems)")
      if let before {
        try before.write(to: url)
      } else {
        try FileManager.default.removeItem(at: url)
      }
    }
    #expect(try store.check().problems.isEmpty)
  }

  @Test("What no run refers to is found, and only that is removed")
  func collects() throws {
    let first = try run(["vanilla-mlp"], name: "one")
    let second = try run(["vanilla-mlp", "vanilla-cnn"], name: "two")
    #expect(try store.unused().isEmpty)
    try store.removeRun("two")
    let lost = try #require(second.cells.map(\.key).first { $0 != first.cells[0].key })
    let unused = try store.unused()
    #expect(Set(unused.map(\.path)) == ["cells/\(lost)", "logs/\(lost).log"])
    #expect(unused.allSatisfy { $0.bytes > 0 } && exists("cells/\(lost)"))
    #expect(try store.removeUnused(waits: false).count == unused.count)
    #expect(!exists("cells/\(lost)") && exists("cells/\(first.cells[0].key)"))
    #expect(try store.unused().isEmpty && store.check().problems.isEmpty)
    let lock = try StoreLock(root: store.root) { false }
    #expect(throws: ExperimentsError.storeIsLocked(path: store.root)) {
      try store.removeUnused(waits: false)
    }
    #expect(store.isInUse)
    withExtendedLifetime(lock) {}
  }

  @Test("A damaged record of a run is named, and nothing that it may refer to is removed")
  func damagedRecord() throws {
    let first = try run(["vanilla-mlp"], name: "one")
    _ = try run(["vanilla-mlp", "vanilla-cnn"], name: "two")
    let path = "\(store.root)/runs/two.json"
    let whole = try Data(contentsOf: URL(filePath: path))
    let text = String(decoding: whole, as: UTF8.self)
    let key = try #require(first.cells.first?.key)
    let damages = [
      Data(whole.prefix(whole.count / 2)), Data("garbage".utf8), Data(),
      // Another key in a record that can be read.
      Data(text.replacing(key, with: String(repeating: "0", count: 64)).utf8),
    ]
    for bytes in damages {
      try bytes.write(to: URL(filePath: path))
      let (whole, damaged) = try store.readableRuns()
      #expect(whole.map(\.name) == ["one"] && damaged == [path])
      #expect(try store.unused().isEmpty && store.removeUnused(waits: false).isEmpty)
      #expect(try store.runEntries().map(\.name) == ["one"] && store.cellEntries().count == 2)
      #expect(try store.check().problems.contains { $0.path == path })
      #expect(try store.trainingEntries().allSatisfy { $0.run == "one" })
    }
    // A run of the same name does not take the damaged record's place.
    let again = try run(["vanilla-mlp"], name: "two")
    #expect(try store.run("two").id == again.id)
    let kept = try store.readableRuns().damaged
    #expect(kept.count == 1 && kept[0].contains("/two-damaged-"))
    #expect(try store.unused().isEmpty)
    try FileManager.default.removeItem(atPath: kept[0])
    #expect(try store.unused().contains { $0.path.hasPrefix("cells/") })
  }

  @Test("Runs and cells are listed with their sizes")
  func lists() throws {
    let record = try run(["vanilla-mlp", "vanilla-cnn"])
    let runs = try store.runEntries()
    #expect(runs.map(\.name) == ["small"] && runs[0].finishedCount == 2 && runs[0].bytes > 10_000)
    let cells = try store.cellEntries()
    #expect(cells.map(\.key) == record.cells.map(\.key).sorted())
    #expect(cells.allSatisfy { $0.runs == ["small"] && $0.bytes > 1000 })
    #expect(record.cells.allSatisfy { store.state(of: $0) == .finished })
  }

  @Test("Temporary files of killed processes are swept away, those of living ones are not")
  func leftovers() throws {
    try store.create()
    try store.prepare()
    let dead = "\(store.root)/runs/.a.json.1.0.partial"
    #expect(FileManager.default.createFile(atPath: dead, contents: Data("x".utf8)))
    var living = try AtomicFile(path: "\(store.root)/runs/b.json")
    try living.write([1])
    try store.prepare()
    #expect(!FileManager.default.fileExists(atPath: dead))
    try living.commit()
    #expect(exists("runs/b.json"))
  }

  @Test("Each cell has a log from before its training on")
  func logs() throws {
    let record = try StudyRunner(study: smallStudy, store: store, data: [smallData], workers: 1)
      .run(events: { _ in })
    let texts = try record.cells.map {
      try String(contentsOfFile: "\(store.root)/logs/\($0.key).log", encoding: .utf8)
    }
    #expect(texts.allSatisfy { $0.contains(" started\n") && $0.contains(" epoch 1: ") })
    #expect(texts.allSatisfy { $0.contains(" finished: ") })
    #expect(store.state(of: record.cells[1]) == .finished)
  }
}

@Suite("Cells that were checked before")
struct CheckedCellsTests {
  @Test("An untouched cell is compared once; a touched one again, and is made anew if damaged")
  func checkedOnce() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    var study = smallStudy
    (study.variants, study.maximumEpochs) = (["vanilla-mlp"], 1)
    let runner = StudyRunner(study: study, store: store, data: [smallData], workers: 1)
    let key = try runner.run(events: { _ in }).cells[0].key
    _ = try runner.run(events: { _ in })
    var checked = store.checkedCells()
    let before = checked
    #expect(checked != CheckedCells())
    #expect(try !store.discardIfDamaged(key, &checked) && checked == before)
    let path = "\(store.cellFolder(key))/weights.safetensors"
    let bytes = try Data(contentsOf: URL(filePath: path))
    try bytes.write(to: URL(filePath: path))
    #expect(try !store.discardIfDamaged(key, &checked) && checked != before)
    try bytes.dropLast().write(to: URL(filePath: path))
    #expect(try store.discardIfDamaged(key, &checked) && !store.contains(key))
  }
}
