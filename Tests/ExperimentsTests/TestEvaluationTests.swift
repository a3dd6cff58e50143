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

  @Test("Every training counts once, also after it was removed, and the count goes along")
  func counted() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: "\(folder.path)/store")
    func count(_ record: RunRecord, in store: RunStore) throws -> Int? {
      try store.results(of: record).tasks[0].testEvaluationCount
    }
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
    let exported = RunStore(root: "\(folder.path)/results")
    _ = try store.export(second, to: exported)
    #expect(try count(second, in: exported) == 2)
    let other = RunStore(root: "\(folder.path)/other")
    _ = try run(["vanilla-mlp"], named: "third", in: other)
    _ = try other.take(from: exported)
    #expect(try count(second, in: other) == 2)
  }

  @Test("Where nobody counted, all runs of the store are counted")
  func earlier() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: "\(folder.path)/store")
    let first = try run(["vanilla-mlp"], named: "first", in: store)
    let second = try run(["vanilla-cnn"], named: "second", in: store)
    let fingerprint = second.data[0].fingerprint
    try FileManager.default.removeItem(atPath: "\(store.root)/data/\(fingerprint).tested.json")
    #expect(try store.results(of: first).tasks[0].testEvaluationCount == nil)
    _ = try run(["vanilla-cnn"], named: "second", in: store)
    #expect(try store.results(of: first).tasks[0].testEvaluationCount == 2)
  }
}
