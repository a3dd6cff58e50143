import Foundation
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Lists, searches and archives of runs")
struct RunListTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private static func entry(_ variant: String, f1: Double?, seeds: Int = 1) -> TrainingEntry {
    TrainingEntry(
      run: "a run", task: "mitbih", variant: variant, recipe: "published", trainingShare: 1,
      seeds: Array(0..<seeds), accuracy: 0.98, f1: f1, auroc: nil, auprc: nil)
  }

  @Test("A condition compares fields; and binds closer than or; undefined fulfils nothing")
  func conditions() throws {
    let entries = [
      Self.entry("resnet", f1: 0.95), Self.entry("baseline", f1: 0.8, seeds: 3),
      Self.entry("ensemble-mean", f1: nil),
    ]
    func found(_ text: String) throws -> [String] {
      let query = try TrainingQuery(text)
      return entries.filter(query.matches).map(\.variant)
    }
    #expect(try found("f1 > .9") == ["resnet"])
    #expect(try found("macro_f1<=.8 and seeds>=3") == ["baseline"])
    #expect(
      try found("variant ~ ensemble or f1 > .9 and task = mitbih") == ["resnet", "ensemble-mean"])
    #expect(try found("run = 'a run' AND variant != \"resnet\"") == ["baseline", "ensemble-mean"])
    #expect(try found("auroc < 2").isEmpty)
  }

  @Test("What is no condition is an error that says why")
  func wrongConditions() {
    for text in [
      "", "f1", "f1 >", "f1 > .9 and", "f1 = high", "colour = red", "f1 ~ 9", "task = 'a", "and",
      "> 1",
      "f1 > > 1", "f1 ! 3",
    ] {
      #expect(throws: ExperimentsError.self, "\(text)") { try TrainingQuery(text) }
    }
  }

  private func run(_ name: String) throws -> RunRecord {
    var study = smallStudy
    study.name = name
    study.variants = ["vanilla-mlp"]
    study.maximumEpochs = 1
    study.tasks = [smallData.id, smallFoldedData.id]
    return try StudyRunner(
      study: study, store: store, data: [smallData, smallFoldedData], workers: 2
    ).run(events: { _ in })
  }

  @Test("Trainings are listed with the metrics of their test rows, those of several folds together")
  func list() throws {
    let record = try run("first")
    let entries = try store.trainingEntries()
    let results = try store.results(of: record).tasks
    #expect(entries.map(\.task) == [smallData.id, smallFoldedData.id])
    for (entry, task) in zip(entries, results) {
      let cell = task.cells[0]
      let right = cell.labels.indices.count { row in
        let width = task.data.classes.count
        let scores = cell.probabilities[row * width..<(row + 1) * width]
        return scores.firstIndex(of: scores.max() ?? 0).map { $0 - row * width } == cell.labels[row]
      }
      #expect(entry.accuracy == Double(right) / Double(cell.labels.count))
    }
    #expect(try store.trainingEntries(ofRun: "first") == entries)
  }

  @Test("A run gets another name, unless there is one of it")
  func names() throws {
    _ = try run("first")
    try store.rename("first", to: "second")
    #expect(try store.runNames() == ["second"])
    _ = try run("first")
    #expect(throws: ExperimentsError.nameIsTaken("second", store: store.root)) {
      try store.rename("first", to: "second")
    }
    #expect(throws: ExperimentsError.self) { try store.rename("none", to: "x") }
  }

  @Test("A run goes into one file and comes out elsewhere with the same results")
  func archive() throws {
    let record = try run("first")
    let bytes = try store.archive(record, scratch: "\(folder.path)/out")
    #expect(try bytes == store.archive(record, scratch: "\(folder.path)/again"))
    let other = RunStore(root: "\(folder.path)/other")
    let taken = try other.take(archive: bytes, from: "a.tar", scratch: "\(folder.path)/in")
    #expect(taken.runs == ["first"] && taken.cells == record.cells.count)
    #expect(try other.results(of: record) == store.results(of: record))
    // One byte of an answer.
    let files = try TarArchive(bytes, path: "a.tar").files
    let damaged = files.map { file in
      guard file.path.hasSuffix("predictions.16bit.npz") else { return file }
      var bytes = file.bytes
      bytes[bytes.count / 2] ^= 1
      return TarArchive.File(path: file.path, bytes: bytes)
    }
    let empty = RunStore(root: "\(folder.path)/empty")
    #expect(throws: ExperimentsError.self) {
      try empty.take(
        archive: try TarArchive(damaged).encode(), from: "b.tar",
        scratch: "\(folder.path)/damaged")
    }
    #expect(!FileManager.default.fileExists(atPath: empty.root))
  }
}
