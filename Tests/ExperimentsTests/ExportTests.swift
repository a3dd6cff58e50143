import Foundation
import Tensors
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Packed predictions and exported runs")
struct ExportTests {
  private func packed(_ probabilities: [Float], classCount: Int) throws -> PackedPredictions {
    let labels = [Int](repeating: 0, count: probabilities.count / classCount)
    let bytes = PredictionsFile.encode(
      labels: labels, probabilities: probabilities, classCount: classCount)
    return PackedPredictions(
      try PredictionsFile(NPZFile(bytes, path: "test.npz"), path: "test.npz"))
  }

  @Test("Sixteen bits keep a probability to a thousandth of itself and of its complement")
  func precision() throws {
    var random = Philox(seed: 1, purpose: "probabilities").stream()
    for _ in 0..<500 {
      let odds = random.nextUniform(in: -15...15)
      let p = Elementary.sigmoid(odds)
      let kept = try packed([Float(1 - p), Float(p)], classCount: 2).probabilities
      #expect(abs(Double(kept[1]) - p) <= 1e-3 * p)
      #expect(abs(Double(kept[0]) - (1 - p)) <= 1e-3 * (1 - p) + 1e-7)
    }
  }

  @Test("Certain answers stay certain, equal ones equal, and every row sums to 1")
  func extremes() throws {
    let kept = try packed([0, 1, 0, 0.5, 0.5, 0, 0.25, 0.25, 0.5], classCount: 3).probabilities
    #expect(kept[1] == 1 && kept[0] < 1e-13 && kept[0] == kept[2])
    #expect(kept[3] == kept[4] && kept[6] == kept[7] && kept[8] > kept[7])
    for row in 0..<3 {
      #expect(abs(kept[row * 3..<row * 3 + 3].reduce(0, +) - 1) < 1e-6)
    }
  }

  @Test("Packed predictions survive writing and reading; damage is an error, never a crash")
  func file() throws {
    var random = Philox(seed: 2, purpose: "probabilities").stream()
    let probabilities = (0..<3000).flatMap { _ -> [Float] in
      let raw = (0..<5).map { _ in random.nextUniform() }
      return raw.map { Float($0 / raw.reduce(0, +)) }
    }
    let whole = try packed(probabilities, classCount: 5)
    let bytes = whole.encode()
    #expect(try PackedPredictions(bytes, path: "x") == whole)
    #expect(bytes.count < 3000 * 12)
    #expect(try whole.hash == packed(probabilities, classCount: 5).hash)
    for _ in 0..<300 {
      var changed = bytes
      changed[random.nextIndex(below: bytes.count)] = UInt8(truncatingIfNeeded: random.nextWord())
      _ = try? PackedPredictions(changed, path: "x")
      _ = try? PackedPredictions(
        Array(bytes.prefix(random.nextIndex(below: bytes.count))), path: "x")
    }
  }

  private struct Setting {
    let folder: TemporaryFolder
    let store: RunStore
    let exported: RunStore
    let record: RunRecord

    init(_ variants: [String]) throws {
      folder = try TemporaryFolder()
      store = RunStore(root: "\(folder.path)/store")
      exported = RunStore(root: "\(folder.path)/results")
      record = try StudyRunner(
        study: Self.study(variants), store: store, data: [smallData, smallBinaryData], workers: 2
      ).run(events: { _ in })
      let counts = try store.export(record, to: exported)
      #expect(counts.open == 0 && counts.written == record.cells.count)
    }

    static func study(_ variants: [String]) -> Study {
      Study(
        title: "Small", name: "small", tasks: [smallData.id, smallBinaryData.id],
        variants: variants, maximumEpochs: 1, isDemonstration: true)
    }
  }

  @Test("An exported run gives the same results as the store, and holds no weights")
  func export() throws {
    let setting = try Setting(["vanilla-mlp", "vanilla-cnn", "autoencoder", "ensemble-mean"])
    let run = try setting.exported.run("small")
    #expect(run == setting.record)
    let results = try setting.exported.results(of: run)
    #expect(results == (try setting.store.results(of: setting.record)))
    for cell in run.cells { #expect(!setting.exported.hasWeights(cell.key)) }
  }

  @Test("An imported run is not trained again, except for weights that another cell begins with")
  func imported() throws {
    let setting = try Setting(["vanilla-mlp", "baseline", "ensemble-mean"])
    let store = RunStore(root: "\(setting.folder.path)/other")
    let taken = try store.take(from: setting.exported)
    #expect(taken.runs == ["small"] && taken.cells == 6)
    #expect(try store.take(from: setting.exported).cells == 0)
    let data = [smallData, smallBinaryData]
    let log = EventLog()
    _ = try StudyRunner(
      study: Setting.study(["vanilla-mlp", "baseline", "ensemble-mean"]), store: store, data: data,
      workers: 1
    ).run(events: log.take)
    #expect(log.started.isEmpty)
    let wider = try StudyRunner(
      study: Setting.study(["vanilla-mlp", "baseline", "transfer-frozen"]), store: store,
      data: data, workers: 1
    ).run(events: log.take)
    #expect(log.started.map(\.variant) == ["baseline", "transfer-frozen"])
    let again = try store.results(of: wider).tasks[0].cells.first { $0.variant.id == "baseline" }
    let before = try setting.store.results(of: setting.record).tasks[0].cells.first {
      $0.variant.id == "baseline"
    }
    #expect(again?.predictionsHash == before?.predictionsHash)
  }

  @Test("An ensemble of imported members is the ensemble of trained ones, bit for bit")
  func importedMembers() throws {
    let setting = try Setting(["vanilla-mlp", "vanilla-cnn"])
    let imported = RunStore(root: "\(setting.folder.path)/other")
    _ = try imported.take(from: setting.exported)
    let study = Setting.study(["vanilla-mlp", "vanilla-cnn", "ensemble-logistic"])
    let results = try [setting.store, imported].map { store in
      let record = try StudyRunner(
        study: study, store: store, data: [smallData, smallBinaryData], workers: 1
      ).run(events: { _ in })
      return try store.results(of: record)
    }
    #expect(results[0] == results[1])
  }

  @Test("An export replaces an earlier one and leaves nothing of it")
  func replaces() throws {
    let setting = try Setting(["vanilla-mlp", "vanilla-cnn"])
    var smaller = Setting.study(["vanilla-mlp"])
    smaller.name = "smaller"
    let record = try StudyRunner(
      study: smaller, store: setting.store, data: [smallData, smallBinaryData], workers: 1
    ).run(events: { _ in })
    _ = try setting.store.export(record, to: setting.exported)
    #expect(try setting.exported.runNames() == ["smaller"])
    #expect(try setting.exported.finishedCells() == record.cells.map(\.key).sorted())
  }

  @Test("A damaged export is refused with its file named")
  func damaged() throws {
    let setting = try Setting(["vanilla-mlp"])
    let path = "\(setting.exported.folder(of: setting.record.cells[0]))/metrics.json"
    try Data("{}".utf8).write(to: URL(filePath: path))
    let store = RunStore(root: "\(setting.folder.path)/other")
    #expect(
      throws: ExperimentsError.damagedStore(path: path, problem: "the bytes are not those written")
    ) { try store.take(from: setting.exported) }
    #expect(throws: ExperimentsError.self) {
      try store.take(from: RunStore(root: "\(setting.folder.path)/nothing"))
    }
  }

  @Test("A store that is worked with is never taken for an export")
  func refuses() throws {
    let setting = try Setting(["vanilla-mlp"])
    let cells = try setting.store.finishedCells()
    for target in [setting.store, RunStore(root: "\(setting.store.root)/../store")] {
      #expect(throws: ExperimentsError.self) {
        try setting.store.export(setting.record, to: target)
      }
    }
    // An export may be exported again, but not into a store with weights.
    #expect(throws: ExperimentsError.self) {
      try setting.exported.export(setting.record, to: setting.store)
    }
    #expect(try setting.store.finishedCells() == cells)
  }

  @Test("The metrics beside exported answers are those of these answers")
  func metrics() throws {
    let setting = try Setting(["vanilla-mlp"])
    for cell in setting.record.cells {
      let answers = try setting.exported.answers(.test, cell: cell.key)
      #expect(try setting.exported.read("metrics.json", cell: cell.key) == answers.metrics())
    }
  }
}
