import Foundation
import Statistics
import Testing

@testable import Datasets
@testable import Experiments

@Suite("Answers of models trained elsewhere")
struct ForeignTests {
  private let folder: TemporaryFolder
  private let store: RunStore

  init() throws {
    folder = try TemporaryFolder()
    store = RunStore(root: "\(folder.path)/store")
  }

  private var labels: [Int] { smallData.testRows.map { Int(smallData.labels[$0]) } }

  /// A file of answers that are right in all rows but the first.
  private func file(
    _ name: String = "a.npz", labels: [Int]? = nil, classCount: Int = 5
  ) throws -> String {
    let labels = labels ?? self.labels
    let probabilities = labels.enumerated().flatMap { row, label -> [Float] in
      (0..<classCount).map { ($0 == label) == (row > 0) ? 0.6 : 0.4 / Float(classCount - 1) }
    }.enumerated().map { $0.element }
    let path = "\(folder.path)/\(name)"
    let rows = labels.count
    // Rows sum to 1.
    let scaled = (0..<rows).flatMap { row -> [Float] in
      let values = probabilities[row * classCount..<(row + 1) * classCount]
      let sum = values.reduce(0, +)
      return values.map { $0 / sum }
    }
    try Data(PredictionsFile.encode(labels: labels, probabilities: scaled, classCount: classCount))
      .write(to: URL(filePath: path))
    return path
  }

  private func take(
    _ path: String, name: String = "mine", seed: Int = 1, rows: String? = nil,
    data: Dataset? = smallData, beside: String? = nil
  ) throws -> RunRecord {
    try store.take(
      ForeignPredictions(path: path, name: name, title: "Mine", seed: seed), task: smallData.id,
      rows: rows, data: data, beside: beside)
  }

  private func run() throws -> RunRecord {
    var study = smallStudy
    study.variants = ["vanilla-mlp"]
    study.maximumEpochs = 1
    return try StudyRunner(study: study, store: store, data: [smallData], workers: 1)
      .run(events: { _ in })
  }

  @Test("They stand beside trained ones, seed by seed, and compare with them")
  func beside() throws {
    let trained = try run()
    let path = try file()
    _ = try take(path, data: nil, beside: "small")
    let record = try take(path, seed: 2, data: nil)
    #expect(record.cells.count == trained.cells.count + 2 && record.study.name == "mine")
    let results = try store.results(of: try store.run("mine"))
    let mine = results.tasks[0].cells.filter { $0.variant.id == "mine" }
    #expect(mine.map(\.seed) == [1, 2] && mine[0].labels == labels && mine[0].history.isEmpty)
    #expect(mine[0].settings == nil && results.tasks[0].failures.isEmpty)
    #expect(try store.run("small") == trained)
    #expect(try store.check().problems.isEmpty)
    let entries = try store.trainingEntries(ofRun: "mine")
    #expect(entries.last?.accuracy == 1 - 1 / Double(labels.count))
  }

  @Test("Rows that are not the task's are errors that say what is the matter")
  func checks() throws {
    func problem(
      _ path: String, rows: String? = nil, data: Dataset? = smallData
    ) -> String {
      do {
        _ = try take(path, rows: rows, data: data)
        return "none"
      } catch { return "\(error)" }
    }
    #expect(problem(try file(labels: Array(labels.dropLast()))).contains("rows, the test part"))
    #expect(problem(try file(labels: labels.map { _ in 0 }, classCount: 2)).contains("2 classes"))
    #expect(problem(try file(labels: labels.map { 4 - $0 })).contains("another order"))
    let place = try #require(labels.indices.dropFirst().first { labels[$0] != labels[0] })
    var swapped = labels
    swapped.swapAt(0, place)
    #expect(problem(try file(labels: swapped)).contains("row 0 is of class"))
    #expect(problem(try file(), rows: "abc").contains("hash of the rows"))
    #expect(problem(try file(), rows: DataParts(of: smallData).test) == "none")
    #expect(problem(try file(), rows: smallData.fingerprint) == "none")
    let other = RunStore(root: "\(folder.path)/other")
    #expect(throws: ExperimentsError.self) {
      try other.take(
        ForeignPredictions(path: try file(), name: "mine", title: nil, seed: 1),
        task: smallData.id, rows: nil, data: nil, beside: nil)
    }
    #expect(throws: ExperimentsError.self) {
      try ForeignPredictions(path: try file(), name: "resnet", title: nil, seed: 1)
    }
  }

  @Test("Columns in another order are said to be, in what order they seem to be")
  func columnOrder() throws {
    func order(_ columns: [Int], answer: (Int) -> Int = { $0 }) throws -> [Int]? {
      let scores = labels.flatMap { label -> [Float] in
        columns.map { $0 == answer(label) ? 0.6 : 0.1 }
      }
      let path = "\(folder.path)/order.npz"
      try Data(PredictionsFile.encode(labels: labels, probabilities: scores, classCount: 5))
        .write(to: URL(filePath: path))
      return try PredictionsFile(path: path).likelierOrder
    }
    #expect(try order([0, 1, 2, 3, 4]) == nil)
    #expect(try order([1, 2, 0, 3, 4]) == [1, 2, 0, 3, 4])
    // A model that always says the same is a bad one, and no more.
    #expect(try order([0, 1, 2, 3, 4]) { _ in 3 } == nil)
  }

  @Test("A run that is not the model's is left alone, and so is one of other rows")
  func otherRuns() throws {
    _ = try run()
    #expect(throws: ExperimentsError.self) { try take(try file(), name: "small") }
    let rows = SyntheticDataset(
      .arrhythmia, seed: 4, trainSubjects: 10, testSubjects: 10, rowsPerSubject: 20
    ).dataset()
    let labels = rows.testRows.map { Int(rows.labels[$0]) }
    let path = try file("b.npz", labels: labels)
    #expect(throws: ExperimentsError.self) { try take(path, data: rows, beside: "small") }
    #expect(try take(path, data: rows).cells.count == 1)
  }

  @Test("Answers and epochs go out as files that read back as they were")
  func files() throws {
    let record = try run()
    let result = try store.results(of: record).tasks[0].cells[0]
    let csv = try RunFiles(record, in: store, as: .csv)
    #expect(csv.files.map(\.path).last == "scores.csv" && csv.files.count == 3)
    try csv.write(into: "\(folder.path)/csv")
    let answers = try PredictionsFile(path: "\(folder.path)/csv/\(csv.files[0].path)")
    #expect(answers.labels == result.labels)
    #expect(answers.scores.map(Float.init) == result.probabilities)
    #expect(answers.subjects == (try store.summary(smallData.fingerprint)).testSubjects)
    let npz = try RunFiles(record, in: store, as: .npz).files
    let packed = try PredictionsFile(NPZFile(npz[0].bytes, path: "x"), path: "x")
    #expect(packed.labels == result.labels && packed.scores.map(Float.init) == result.probabilities)
    #expect(packed.subjects == answers.subjects)
  }

  @Test("Folders for MLflow and TensorBoard have their layout and their sums")
  func trackers() throws {
    let record = try run()
    let mlflow = try RunFiles(record, in: store, as: .mlflow).files
    let id = record.cells[0].key.prefix(32)
    #expect(mlflow.map(\.path).contains("1/\(id)/metrics/test_accuracy"))
    #expect(mlflow.map(\.path).contains("1/\(id)/meta.yaml"))
    let events = try RunFiles(record, in: store, as: .tensorboard).files
    #expect(events.count == 1)
    // The first record: the version, of 15 bytes with its field.
    #expect(events[0].bytes.prefix(8) == [15, 0, 0, 0, 0, 0, 0, 0])
    #expect(String(decoding: events[0].bytes[14..<27], as: UTF8.self) == "brain.Event:2")
    #expect(mlflow.map(\.path).contains("1/\(id)/artifacts/answers.npz"))
    // The sum of "123456789" of RFC 3720's polynomial.
    #expect(CyclicRedundancyCheck.castagnoli(Array("123456789".utf8)) == 0xE306_9283)
  }

  /// A Python that has tensorboard and mlflow (mlflow-skinny is enough); the test is skipped without.
  private static let python = ProcessInfo.processInfo.environment["DETECTRON_TRACKERS"]

  @Test(
    "MLflow and TensorBoard read the scores that were written",
    .enabled(if: python != nil, "DETECTRON_TRACKERS names no Python with both: make test-trackers"))
  func realTrackers() throws {
    let record = try run()
    let cell = record.cells[0]
    try RunFiles(record, in: store, as: .mlflow).write(into: "\(folder.path)/mlflow")
    let events = try RunFiles(record, in: store, as: .tensorboard)
    try events.write(into: "\(folder.path)/events")
    let place = URL(filePath: "\(folder.path)/events/\(events.files[0].path)")
      .deletingLastPathComponent().path
    let script = """
      import os
      os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
      import mlflow
      from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
      events = EventAccumulator("\(place)")
      events.Reload()
      client = mlflow.MlflowClient(tracking_uri="file:\(folder.path)/mlflow")
      run = client.get_run("\(cell.key.prefix(32))")
      history = client.get_metric_history(run.info.run_id, "validation_loss")
      print(run.data.metrics["test_accuracy"], run.data.params["variant"], len(history),
            events.Scalars("test/accuracy")[0].value, len(events.Scalars("validation_loss")))
      """
    let process = Process()
    process.executableURL = URL(filePath: try #require(Self.python))
    process.arguments = ["-c", script]
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let text = String(
      decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    let words = text.split(whereSeparator: \.isWhitespace)
    let accuracy = try #require(try store.storedMetrics(of: cell)[.summary(.accuracy)])
    try #require(words.count == 5, "\(text)")
    #expect(Double(words[0]) == accuracy && words[1] == "vanilla-mlp" && words[2] == words[4])
    #expect(Double(words[3]).map { abs($0 - accuracy) < 1e-6 } == true)
  }
}
