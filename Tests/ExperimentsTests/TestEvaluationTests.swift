import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Looks at test rows")
struct TestEvaluationTests {
  private func run(_ variants: [String], named name: String, in store: RunStore) throws -> RunRecord
  {
    let study = Study(
      title: "Small", name: name, tasks: [smallFoldedData.id], variants: variants, maximumEpochs: 1,
      isDemonstration: true)
    return try StudyRunner(study: study, store: store, data: [smallFoldedData], workers: 2)
      .run(events: { _ in })
  }

  /// What a store says of the data of a run.
  private func count(_ record: RunRecord, in store: RunStore) throws -> Int? {
    let fingerprint = record.data[0].fingerprint
    let entry = try #require(try store.dataEntries().first { $0.fingerprint == fingerprint })
    #expect(entry.task == record.data[0].task && entry.runs.contains(record.study.name))
    return entry.testEvaluationCount
  }

  /// All files below a folder that are computed, by path.
  private func files(_ store: RunStore) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.subpathsOfDirectory(atPath: store.root) {
      files[name] = FileManager.default.contents(atPath: "\(store.root)/\(name)")
    }
    return files
  }

  @Test("Every training counts once, also after it was removed")
  func counted() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: "\(folder.path)/store")
    // Two folds are one training; an autoencoder answers no classes.
    let first = try run(["vanilla-mlp", "autoencoder"], named: "first", in: store)
    #expect(try count(first, in: store) == 1)
    _ = try run(["vanilla-mlp", "autoencoder"], named: "first", in: store)
    #expect(try count(first, in: store) == 1)
    let second = try run(["vanilla-cnn"], named: "second", in: store)
    #expect(try count(second, in: store) == 2)
    try store.removeRun("first")
    _ = try store.removeUnused(waits: false)
    #expect(try count(second, in: store) == 2)
    // Also where no run refers to the data any more.
    try store.removeRun("second")
    _ = try store.removeUnused(waits: false)
    #expect(try count(run(["vanilla-cnn"], named: "second", in: store), in: store) == 2)
    // What is taken in was evaluated too.
    let exported = RunStore(root: "\(folder.path)/results")
    _ = try store.export(second, to: exported)
    let other = RunStore(root: "\(folder.path)/other")
    _ = try run(["vanilla-mlp"], named: "third", in: other)
    _ = try other.take(from: exported)
    #expect(try count(second, in: other) == 2)
  }

  @Test(
    "Stores with another history export the same bytes, also over an export of an earlier program")
  func history() throws {
    let folder = try TemporaryFolder()
    let stores = ["young", "old"].map { RunStore(root: "\(folder.path)/\($0)") }
    for variant in ["vanilla-cnn", "baseline"] {
      _ = try run([variant], named: variant, in: stores[1])
    }
    let records = try stores.map { try run(["vanilla-mlp"], named: "same", in: $0) }
    #expect(try zip(records, stores).map { try count($0, in: $1) } == [1, 3])
    #expect(try stores[0].results(of: records[0]) == stores[1].results(of: records[1]))
    #expect(
      try stores[0].fingerprint(of: records[0]) == stores[1].fingerprint(of: records[1]))
    let exports = ["a", "b"].map { RunStore(root: "\(folder.path)/\($0)") }
    let earlier = exports[1].path(.testEvaluations, records[1].data[0].fingerprint)
    _ = try stores[1].export(records[1], to: exports[1])
    try Data("{\"trainings\":[\"a\",\"b\"]}".utf8).write(to: URL(filePath: earlier))
    // An export of an earlier program brings its count along.
    let taking = RunStore(root: "\(folder.path)/taking")
    _ = try taking.take(from: exports[1])
    #expect(try count(records[1], in: taking) == 3)
    let removed = try stores[1].exportPreview(records[1], to: exports[1]).removed
    #expect(removed.count == 1 && earlier.hasSuffix(removed[0]))
    for (store, (record, target)) in zip(stores, zip(records, exports)) {
      _ = try store.export(record, to: target)
    }
    let files = try exports.map(files)
    #expect(files[0] == files[1] && files[0].count > 5)
    #expect(!files[0].keys.contains { $0.hasSuffix("tested.json") })
  }

  @Test("Where nobody counted, all runs of the store are counted")
  func earlier() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: "\(folder.path)/store")
    let first = try run(["vanilla-mlp"], named: "first", in: store)
    let second = try run(["vanilla-cnn"], named: "second", in: store)
    let fingerprint = second.data[0].fingerprint
    try FileManager.default.removeItem(atPath: "\(store.root)/data/\(fingerprint).tested.json")
    #expect(try count(first, in: store) == nil)
    _ = try run(["vanilla-cnn"], named: "second", in: store)
    #expect(try count(first, in: store) == 2)
  }
}
