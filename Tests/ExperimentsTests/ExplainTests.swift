import Foundation
import Neural
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Explanations")
struct ExplainTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private func run(_ study: Study, data: [Dataset] = [smallData]) throws -> RunRecord {
    try StudyRunner(study: study, store: store, data: data, workers: 1).run(events: { _ in })
  }

  private var quick: Study {
    var study = smallStudy
    study.variants = ["vanilla-mlp"]
    study.maximumEpochs = 1
    return study
  }

  @Test("A cell says which inputs changed since the last one of its name, with both values")
  func changes() throws {
    let first = try run(quick)
    #expect(try store.explanations(of: "synthetic/vanilla-cnn/1").isEmpty)
    let name = "\(first.cells[0].name)"
    let alone = try store.explanations(of: name)
    #expect(alone.map(\.key) == [first.cells[0].key] && alone[0].reason == nil)
    #expect(alone[0].inputs.values["dataFingerprint"] == smallData.fingerprint)
    var longer = quick
    longer.maximumEpochs = 2
    let planned = try store.explanations(
      of: "synthetic/vanilla-mlp+published, at most 2 epochs/1", in: longer,
      data: [TaskData(smallData)])
    let reason = try #require(planned.first?.reason)
    guard case .changed(let since, let changes) = reason else {
      Issue.record("\(reason)")
      return
    }
    #expect(since == first.cells[0].key && planned[0].isDone == false)
    #expect(changes.map(\.input) == ["recipe.maximumEpochs", "recipe.name"])
    #expect(changes[0].old == "1" && changes[0].new == "2")
    for digits in [8, 10] {
      let short = String(first.cells[0].key.prefix(digits))
      #expect(try store.explanations(of: short).map(\.key) == [first.cells[0].key])
    }
    #expect(try store.explanations(of: String(first.cells[0].key.prefix(7))).isEmpty)
  }

  @Test("A bound on the epochs may be left out of a name where that fits one training only")
  func shortNames() throws {
    let short = "synthetic/vanilla-mlp/1"
    let data = [TaskData(smallData)]
    // Of the study as long as nothing is finished.
    let planned = try store.explanations(of: short, in: quick, data: data)
    #expect(planned.map { "\($0.name.map { "\($0)" } ?? "")" } == [name(epochs: "1 epoch")])
    let first = try run(quick)
    var longer = quick
    longer.maximumEpochs = 2
    // What is finished comes first.
    let found = try store.explanations(of: short, in: longer, data: data)
    #expect(found.map(\.key) == [first.cells[0].key])
    let second = try run(longer)
    let candidates = [name(epochs: "1 epoch"), name(epochs: "2 epochs")]
    #expect(throws: ExperimentsError.ambiguousCell(short, candidates: candidates)) {
      try store.explanations(of: short)
    }
    #expect(try store.explanations(of: candidates[1]).map(\.key) == [second.cells[0].key])
    let outcome = try CellRetraining(
      of: second, data: data, store: store, scratch: RunStore(root: "\(folder.path)/again"),
      threads: 1
    ).run(short, events: { _ in }, isCancelled: { false })
    guard case .compared(let cell, let comparison) = outcome else {
      Issue.record("not compared")
      return
    }
    #expect("\(cell)" == candidates[1] && comparison.differences.isEmpty)
  }

  private func name(epochs: String) -> String {
    "synthetic/vanilla-mlp+published, at most \(epochs)/1"
  }

  @Test("A plan says why a cell is open: never trained, or which input changed")
  func plan() throws {
    let data = [TaskData(smallData)]
    let before = try StudyForecast(quick, data: data, store: store, measures: false)
    #expect(before.cells.map(\.reason) == [.neverMade])
    _ = try run(quick)
    let done = try StudyForecast(quick, data: data, store: store, measures: false)
    #expect(done.cells.map(\.reason) == [nil] && done.cells[0].isDone)
    let other = SyntheticDataset(
      .arrhythmia, seed: 4, trainSubjects: 10, testSubjects: 10, rowsPerSubject: 20
    ).dataset()
    let changed = try StudyForecast(quick, data: [TaskData(other)], store: store, measures: false)
    #expect(changed.cells[0].reason?.summary == "changed: dataFingerprint")
  }

  @Test("A file leads back to its run and to the cells that it names")
  func trace() throws {
    let record = try run(smallStudy)
    let result = try store.results(of: record).tasks[0].cells[1]
    let text = "# run: \(record.id)\n# predictions: \(result.predictionsHash)\n1,2\n"
    let other = RunStore(root: "\(folder.path)/nothing")
    let trace = try #require(try RunTrace(file: Array(text.utf8), in: [other, store]))
    #expect(trace.run.id == record.id && trace.cells.map(\.key) == [result.key])
    #expect(trace.data.map(\.fingerprint) == [smallData.fingerprint])
    #expect(try RunTrace(file: Array("nothing".utf8), in: [store]) == nil)
    let data = "# run: \(record.id)\n# data: \(smallData.fingerprint)\n"
    let rows = try #require(try RunTrace(file: Array(data.utf8), in: [store]))
    #expect(rows.cells.isEmpty && rows.data.map(\.fingerprint) == [smallData.fingerprint])
    #expect(try RunTrace(run: record.study.name, in: store).cells.count == 2)
  }

  @Test("Predictions of several folds lead back to every fold")
  func foldedTrace() throws {
    let record = try run(quick, data: [smallFoldedData])
    let result = try store.results(of: record).tasks[0].cells[0]
    let text = "run: \(record.id); predictions: \(result.predictionsHash)"
    let trace = try #require(try RunTrace(file: Array(text.utf8), in: [store]))
    #expect(trace.cells.map(\.key) == record.cells.map(\.key) && trace.cells.count == 2)
  }

  @Test("The study file that asked for a run is kept with its hash, also where nothing is trained")
  func studyFile() throws {
    let path = "\(folder.path)/study.yml"
    func made() throws -> RunEnvironment {
      RunEnvironment(
        program: "1", commit: nil, sources: "s", compiler: "c", system: "y", processor: "p",
        cores: 2, instructionSet: "portable", drawing: [:], finished: "\(UUID())",
        studyFile: try .init(path: path))
    }
    func run() throws -> RunEnvironment? {
      let made = try made()
      let record = try StudyRunner(
        study: quick, store: store, data: [TaskData(smallData)], workers: 1,
        environment: { made }
      ).run(events: { _ in })
      return store.environment(ofRun: record.id)
    }
    try Data("seeds: [1]\n".utf8).write(to: URL(filePath: path))
    let first = try run()
    #expect(first?.studyFile?.sha256 == Hash.sha256(Array("seeds: [1]\n".utf8)))
    #expect(first?.studyFile?.path == path)
    try Data("# The same.\nseeds: [1]\n".utf8).write(to: URL(filePath: path))
    let second = try run()
    #expect(second?.studyFile != first?.studyFile && second?.finished == first?.finished)
  }

  @Test("A cell made again is the same; a changed weight is found and its tensor named")
  func retraining() throws {
    let record = try run(quick)
    let name = "\(record.cells[0].name)"
    func outcome(_ text: String, _ scratch: String) throws -> CellRetraining.Outcome {
      try CellRetraining(
        of: record, data: [TaskData(smallData)], store: store,
        scratch: RunStore(root: "\(folder.path)/\(scratch)"), threads: 1
      ).run(text, events: { _ in }, isCancelled: { false })
    }
    guard case .compared(_, let same) = try outcome(name, "a") else {
      Issue.record("not compared")
      return
    }
    #expect(same.differences.isEmpty && same.compared.contains("weights"))
    #expect(same.compared.contains("predictions"))
    // As another processor or a broken disk might have left it: a cell whose hashes fit.
    let key = record.cells[0].key
    var files = try store.computedFiles(of: key).map { ($0, try store.read($0, cell: key)) }
    let place = try #require(files.firstIndex { $0.0 == CellFile.weights })
    var tensors = try store.weights(cell: key)
    var values = tensors[1].values
    values[2] += 1
    tensors[1] = NamedTensor(name: tensors[1].name, shape: tensors[1].shape, values: values)
    files[place].1 = SafeTensors.encode(tensors)
    try store.write(files.map { (name: $0.0, bytes: $0.1) }, cell: key)
    guard case .compared(let cell, let changed) = try outcome("\(key.prefix(8).uppercased())", "b")
    else {
      Issue.record("not compared")
      return
    }
    #expect(changed.differences.count == 1 && "\(cell)" == name)
    #expect(changed.differences[0].contains("\(tensors[1].name), from number 2 on"))
    // A broken disk: one bit of the file, whose hash no longer fits.
    let path = "\(store.cellFolder(key))/\(CellFile.weights)"
    var bytes = try store.contents(path)
    bytes[bytes.count - 2] ^= 1
    try Data(bytes).write(to: URL(filePath: path))
    guard case .compared(_, let damaged) = try outcome(name, "c") else {
      Issue.record("not compared")
      return
    }
    #expect(damaged.differences.contains { $0.contains("weights.safetensors is not the file") })
    #expect(damaged.differences.contains { $0.contains("\(tensors[1].name), from number 2 on") })
  }

  @Test("What means several cells to be made again names them, and what means none says so")
  func ambiguousCells() throws {
    var study = quick
    study.tasks = [smallFoldedData.id]
    let record = try run(study, data: [smallFoldedData])
    let retraining = try CellRetraining(
      of: record, data: [TaskData(smallFoldedData)], store: store,
      scratch: RunStore(root: "\(folder.path)/scratch"), threads: 1)
    func retrain(_ text: String) throws {
      _ = try retraining.run(text, events: { _ in }, isCancelled: { false })
    }
    let names = record.cells.map(\.name)
    #expect(names.count == 2)
    let candidates = record.cells.map { "\($0.name) (\($0.key.prefix(8)))" }
    let text = "\(names[0].withoutFold)"
    #expect(throws: ExperimentsError.ambiguousCell(text, candidates: candidates)) {
      try retrain(text)
    }
    // Seven digits are no key, and no name either.
    for text in ["\(record.cells[0].key.prefix(7))", String(repeating: "0", count: 12)] {
      #expect(throws: ExperimentsError.unknownTarget(text, store: store.root)) { try retrain(text) }
    }
  }
}
