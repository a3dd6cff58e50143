import Foundation

@testable import Datasets
@testable import Experiments

/// A folder that is removed with the value.
final class TemporaryFolder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())").path
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Generated beats, few enough to train in a moment.
let smallData = SyntheticDataset(
  .arrhythmia, seed: 3, trainSubjects: 10, testSubjects: 10, rowsPerSubject: 20
).dataset()

/// The same for two classes.
let smallBinaryData = SyntheticDataset(
  .infarction, seed: 3, trainSubjects: 10, testSubjects: 10, rowsPerSubject: 10
).dataset()

/// The same rows in two folds, each with validation rows of its own.
let smallFoldedData: Dataset = {
  let rows = Array(0..<smallBinaryData.count)
  let halves = [rows.filter { $0 % 2 == 0 }, rows.filter { $0 % 2 == 1 }]
  return Dataset(
    id: smallBinaryData.id, title: smallBinaryData.title, classes: smallBinaryData.classes,
    rows: smallBinaryData.rows, labels: smallBinaryData.labels, origins: smallBinaryData.origins,
    folds: [0, 1].map { fold in
      Split(
        train: halves[1 - fold], test: halves[fold], validation: Array(halves[1 - fold].prefix(20)))
    }, protocolLabel: "two folds", source: .synthetic, strips: [])
}()

/// A study of two quick variants.
let smallStudy = Study(
  title: "Small", name: "small", tasks: [smallData.id], variants: ["vanilla-mlp", "vanilla-cnn"],
  seeds: [1], maximumEpochs: 2)

/// Collects events from the workers' threads.
final class EventLog: @unchecked Sendable {
  private let lock = NSLock()
  private var events: [RunEvent] = []

  func take(_ event: RunEvent) { lock.withLock { events.append(event) } }

  var started: [CellName] {
    lock.withLock {
      events.compactMap { if case .started(let name) = $0 { name } else { nil } }
    }
  }

  var notes: [String] {
    lock.withLock {
      events.compactMap { if case .noted(let text) = $0 { text } else { nil } }
    }
  }

  var restarted: [CellName] {
    lock.withLock {
      events.compactMap { if case .restarted(let name) = $0 { name } else { nil } }
    }
  }

  var audited: [String] {
    lock.withLock {
      events.compactMap { if case .auditing(let task) = $0 { task } else { nil } }
    }
  }

  var failed: [CellName] {
    lock.withLock {
      events.compactMap { if case .failed(let name, _) = $0 { name } else { nil } }
    }
  }
}

extension TaskData {
  /// Data whose rows are gone since they were planned with, so that trainings on it fail.
  static func gone(_ data: Dataset) -> TaskData {
    TaskData(facts: DatasetFacts(data), files: nil) { () throws(DatasetsError) in
      throw .unknownTask(data.id, known: [])
    }
  }
}

/// Tests give data that is in memory.
extension StudyRunner {
  init(study: Study, store: RunStore, data: [Dataset], gaps: [String] = [], workers: Int) {
    self.init(
      study: study, store: store, data: data.map { TaskData($0) }, gaps: gaps, workers: workers)
  }
}

extension StudyPlan {
  init(_ study: Study, data: [Dataset]) throws {
    try self.init(study, data: data.map { TaskData($0) })
  }
}

extension StudyForecast {
  init(_ study: Study, data: [Dataset], store: RunStore) throws {
    try self.init(study, data: data.map { TaskData($0) }, store: store)
  }
}
