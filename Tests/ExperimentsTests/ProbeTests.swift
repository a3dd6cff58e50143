import Foundation
import Statistics
import Testing

@testable import Datasets
@testable import Experiments

@Suite("What is found out about finished cells")
struct ProbeTests {
  /// A run in a store of its own, looked at once.
  private struct Setting {
    let folder: TemporaryFolder
    let store: RunStore
    let record: RunRecord
    let study: Study
    let data: [Dataset]

    init(_ variants: [String], data: [Dataset] = [smallData], workers: Int = 2) throws {
      folder = try TemporaryFolder()
      store = RunStore(root: "\(folder.path)/store")
      study = Study(
        title: "Small", name: "small", tasks: data.map(\.id), variants: variants, maximumEpochs: 1,
        isDemonstration: true)
      self.data = data
      record = try StudyRunner(study: study, store: store, data: data, workers: 2)
        .run(events: { _ in })
      try probe(workers: workers)
    }

    /// Looks at the cells; returns how many of them there was something to find out about.
    @discardableResult
    func probe(in other: RunStore? = nil, workers: Int = 1) throws -> Int {
      var count = 0
      try ProbeRunner(
        study: study, store: other ?? store, data: data.map { TaskData($0) }, workers: workers
      ).run(began: { count = $0 })
      return count
    }

    func file(_ kind: ProbeKind, _ place: Int = 0) throws -> Data {
      let path = store.findingPath(kind, cell: record.cells[place].key)
      return try #require(FileManager.default.contents(atPath: path))
    }
  }

  @Test("Without noise a network answers as it did when it was trained")
  func clean() throws {
    let setting = try Setting(["vanilla-mlp", "ensemble-mean", "vanilla-cnn"])
    let results = try setting.store.results(of: setting.record).tasks[0]
    for cell in results.cells where cell.ensemble == nil {
      let file = try #require(cell.findings.robustness)
      #expect(file.rowCount == cell.labels.count && file.levels.count == 18)
      let predictions = try Predictions(
        labels: cell.labels, probabilities: cell.probabilities, classCount: 5)
      #expect(file.clean == predictions.metrics().confusion.counts)
      #expect(file.levels.allSatisfy { $0.counts.reduce(0, +) == file.rowCount })
    }
    // A network of one epoch may have one answer only, but not both.
    let levels = results.cells.compactMap(\.findings.robustness).map(\.levels)
    #expect(levels.contains { Set($0.map(\.counts)).count > 1 })
    // An ensemble has no weights of its own that could be traced back to samples.
    let ensemble = try #require(results.cells.first { $0.ensemble != nil })
    #expect(ensemble.findings.explanations == nil && ensemble.findings.mistakes != nil)
  }

  @Test("Ensembles join what their members say of disturbed rows as they join all their answers")
  func ensembles() throws {
    let methods = ["ensemble-mean", "ensemble-vote", "ensemble-logistic"]
    let setting = try Setting(["vanilla-mlp", "vanilla-cnn", "baseline"] + methods)
    let results = try setting.store.results(of: setting.record).tasks[0]
    let ensembles = results.cells.filter { $0.ensemble != nil }
    #expect(ensembles.map(\.variant.id) == methods)
    for cell in ensembles {
      let file = try #require(cell.findings.robustness)
      let predictions = try Predictions(
        labels: cell.labels, probabilities: cell.probabilities, classCount: 5)
      #expect(file.clean == predictions.metrics().confusion.counts)
      #expect(file.levels.allSatisfy { $0.counts.reduce(0, +) == cell.labels.count })
    }
    // The finding of an ensemble is made again from its members, whose own stay.
    let place = try #require(setting.record.cells.firstIndex { $0.kind == .ensemble })
    let before = try setting.file(.robustness, place)
    try FileManager.default.removeItem(
      atPath: setting.store.findingPath(.robustness, cell: setting.record.cells[place].key))
    #expect(try setting.probe() == 1)
    #expect(try setting.file(.robustness, place) == before)
  }

  @Test("The surest mistakes of each class are found, with row and record")
  func mistakes() throws {
    let setting = try Setting(["vanilla-mlp"])
    let cell = try setting.store.results(of: setting.record).tasks[0].cells[0]
    let file = try #require(cell.findings.mistakes)
    let test = smallData.folds[0].test
    let answers = cell.labels.indices.map { row -> (answer: Int, probability: Float) in
      let values = cell.probabilities[row * 5..<(row + 1) * 5]
      return (values.placeOfLargest, values.max() ?? 0)
    }
    for label in 0..<5 {
      let wrong = cell.labels.indices.filter { row in
        cell.labels[row] == label && answers[row].answer != label
      }
      #expect(file.counts[label] == wrong.count)
      let kept = file.mistakes.filter { $0.label == label }
      #expect(kept.count == min(3, wrong.count))
      let sorted = wrong.map { Double(answers[$0].probability) }.sorted(by: >)
      #expect(kept.map(\.probability) == Array(sorted.prefix(3)))
      for mistake in kept {
        let row = try #require(
          test.first { smallData.row($0).elementsEqual(mistake.row.samples) })
        #expect(smallData.origins?[row].record == mistake.record)
        #expect(smallData.origins?[row].sample == mistake.sample)
        #expect(smallData.unpaddedLength(of: row) == mistake.length)
      }
    }
    #expect(!file.mistakes.isEmpty)
  }

  @Test("Findings are made once, and are the same bytes for any number of workers")
  func once() throws {
    let setting = try Setting(["vanilla-mlp", "vanilla-cnn"], workers: 1)
    #expect(try setting.probe() == 0)
    let again = try Setting(["vanilla-mlp", "vanilla-cnn"], workers: 3)
    for kind in ProbeKind.allCases {
      for place in 0..<2 {
        #expect(try setting.file(kind, place) == again.file(kind, place))
      }
    }
    let path = setting.store.findingPath(.robustness, cell: setting.record.cells[0].key)
    let text = try String(contentsOfFile: path, encoding: .utf8)
    try text.replacing(NumericVersion.probes, with: "an older one")
      .write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try setting.probe() == 1)
    #expect(try String(contentsOfFile: path, encoding: .utf8) == text)
  }

  @Test("Folds are one finding; autoencoders have none")
  func folds() throws {
    let setting = try Setting(["vanilla-mlp", "autoencoder"], data: [smallFoldedData])
    let results = try setting.store.results(of: setting.record).tasks[0]
    let cell = results.cells[0]
    #expect(cell.foldCount == 2 && cell.findings.robustness?.rowCount == cell.labels.count)
    let predictions = try Predictions(
      labels: cell.labels, probabilities: cell.probabilities, classCount: 2)
    #expect(cell.findings.robustness?.clean == predictions.metrics().confusion.counts)
    let wrong = zip(predictions.labels, predictions.predicted).count { $0 != $1 }
    #expect(cell.findings.mistakes?.counts.reduce(0, +) == wrong)
    // Two rows a class in each of two folds are as many as in one.
    let explanations = try #require(cell.findings.explanations)
    #expect(explanations.rowCount == 2 * 2 * ExplanationFile.rowsPerClass(folds: 2))
    #expect(ExplanationFile.rowsPerClass(folds: 2) == 2)
    #expect(explanations.examples.map(\.label) == [0, 1])
    let autoencoder = try #require(setting.record.cells.first { $0.kind == .autoencoder })
    let path = setting.store.findingPath(.mistakes, cell: autoencoder.key)
    #expect(!FileManager.default.fileExists(atPath: path))
  }

  @Test("Findings go along with exports and imports, and count as a part of the results")
  func exported() throws {
    let setting = try Setting(["vanilla-mlp"])
    let exported = RunStore(root: "\(setting.folder.path)/results")
    _ = try setting.store.export(setting.record, to: exported)
    let results = try setting.store.results(of: setting.record)
    #expect(try exported.results(of: setting.record) == results)
    #expect(results.tasks[0].cells[0].findings.robustness != nil)
    let other = RunStore(root: "\(setting.folder.path)/other")
    _ = try other.take(from: exported)
    #expect(try other.results(of: setting.record) == results)
    // Without weights nothing can be asked again, and nothing has to be.
    #expect(try setting.probe(in: other) == 0)
    let before = try setting.store.fingerprint(of: setting.record)
    let path = setting.store.findingPath(.mistakes, cell: setting.record.cells[0].key)
    try FileManager.default.removeItem(atPath: path)
    #expect(try setting.store.fingerprint(of: setting.record) != before)
    #expect(
      try setting.store.results(of: setting.record).tasks[0].cells[0].findings.mistakes == nil)
  }

  @Test("A changed finding is an error that names it, and the next run finds it out again")
  func damaged() throws {
    let setting = try Setting(["vanilla-mlp"])
    let before = try setting.store.results(of: setting.record)
    for kind in ProbeKind.allCases {
      let path = setting.store.findingPath(kind, cell: setting.record.cells[0].key)
      let whole = try setting.file(kind)
      var bytes = whole
      let digit = try #require(
        bytes.indices.last { (UInt8(ascii: "1")...UInt8(ascii: "8")).contains(bytes[$0]) })
      bytes[digit] += 1
      try bytes.write(to: URL(filePath: path))
      #expect(throws: ExperimentsError.damagedFinding(path: path)) {
        _ = try setting.store.results(of: setting.record)
      }
      #expect(try setting.store.check().problems.map(\.path) == [path])
      let log = EventLog()
      _ = try StudyRunner(
        study: setting.study, store: setting.store, data: setting.data, workers: 1
      ).run(events: log.take)
      #expect(log.started.isEmpty && log.notes.contains { $0.contains(path) })
      #expect(try setting.probe() == 1)
      #expect(try setting.file(kind) == whole)
    }
    let after = try setting.store.results(of: setting.record)
    #expect(after.tasks[0].cells[0].findings == before.tasks[0].cells[0].findings)
    #expect(try setting.probe() == 0)
  }

  @Test("A finding that nobody needs is removed")
  func unused() throws {
    let setting = try Setting(["vanilla-mlp"])
    try setting.store.removeRun("small")
    let removed = try setting.store.removeUnused(waits: false).map(\.path)
    #expect(removed.filter { $0.hasPrefix("findings/") }.count == 3)
  }

  @Test("A look that is cancelled leaves what was found")
  func cancelled() throws {
    let setting = try Setting(["vanilla-mlp"])
    let path = setting.store.findingPath(.robustness, cell: setting.record.cells[0].key)
    try FileManager.default.removeItem(atPath: path)
    #expect(throws: CancellationError.self) {
      try ProbeRunner(
        study: setting.study, store: setting.store, data: setting.data.map { TaskData($0) },
        workers: 1
      ).run(isCancelled: { true })
    }
    #expect(try setting.file(.mistakes).isEmpty == false)
    #expect(try setting.probe() == 1)
  }
}
