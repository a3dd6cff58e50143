import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Data that a store remembers")
struct DataMemoryTests {
  private let source = TaskSource(task: "synthetic-binary", directory: nil, source: nil)

  @Test("What was read once is known the next time, as long as files and program are the same")
  func remembers() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    let first = try source.data(store: store)
    let memory = try #require(first.memory)
    try store.create()
    try store.prepare()
    try store.remember(memory)
    let second = try source.data(store: store)
    #expect(second.memory == nil && second.facts == first.facts)
    #expect(try DatasetFacts(second.rows()) == first.facts)
    #expect(store.remembered(memory.place, stamp: "other files") == nil)
    let other = TaskSource(task: "synthetic", directory: nil, source: nil)
    #expect(DataMemory.place(of: other) != memory.place)
  }

  @Test("Rows that are no longer those of the plan are an error, not another result")
  func changed() throws {
    let facts = DatasetFacts(smallBinaryData)
    let data = TaskData(facts: facts, files: nil) { () throws(DatasetsError) in smallData }
    #expect(throws: ExperimentsError.changedData(task: facts.id)) { try data.rows() }
  }

  @Test("Rows are read once, and not at all by a run that trains nothing")
  func lazily() throws {
    let folder = try TemporaryFolder()
    let store = RunStore(root: folder.path)
    var study = smallStudy
    (study.variants, study.maximumEpochs) = (["vanilla-mlp"], 1)
    _ = try StudyRunner(study: study, store: store, data: [smallData], workers: 1)
      .run(events: { _ in })
    let unread = TaskData(facts: DatasetFacts(smallData), files: nil) {
      () throws(DatasetsError) in throw .unknownTask("nobody may read", known: [])
    }
    let log = EventLog()
    let record = try StudyRunner(study: study, store: store, data: [unread], workers: 1)
      .run(events: log.take)
    #expect(record.failureCount == 0 && log.started.isEmpty)
  }
}
