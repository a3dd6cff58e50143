import Foundation

@testable import ArrhythmiaReport
@testable import Datasets
@testable import Experiments

/// Invented results as a run in a store, without any training.
struct StoredStudy {
  /// A folder that is removed with the value.
  final class Folder: Sendable {
    let path: String

    init() throws {
      path = FileManager.default.temporaryDirectory.appending(path: "detectron-\(UUID())").path
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
  }

  private struct Description: Encodable {
    struct Recipe: Encodable {
      let name: String
      let learningRate: Double
    }

    let task: String
    let variant: String
    let seed: Int
    let fold: Int
    let trainingShare: Double
    let recipe: Recipe
    let dataFingerprint: String
    let numericVersion: String
  }

  /// Writes results into a store of a folder.
  static func side(
    _ label: String, _ results: StudyResults, in folder: Folder, learningRate: Double = 0.001
  ) throws -> RunSide {
    let store = RunStore(root: "\(folder.path)/\(label)")
    try store.create()
    try store.prepare()
    var cells: [RunRecord.Cell] = []
    for task in results.tasks {
      try store.write(task.data)
      for cell in task.cells + task.partialCells {
        let description = try CanonicalJSON.encode(
          Description(
            task: task.data.id, variant: cell.variant.id, seed: cell.seed, fold: 0,
            trainingShare: cell.trainingShare,
            recipe: .init(name: cell.recipe, learningRate: learningRate),
            dataFingerprint: task.data.fingerprint, numericVersion: "1"))
        let packed = PackedPredictions(
          labels: cell.labels, probabilities: cell.probabilities.map(Double.init),
          classCount: task.data.classes.count)
        let key = Hash.sha256(description)
        try store.write(
          [
            (CellFile.description, description),
            (CellFile.history, HistoryFile.encode(cell.history, kept: cell.bestEpoch)),
            (CellFile.packedPredictions, packed.encode()),
            (CellFile.metrics, try packed.metrics()),
          ], cell: key)
        cells.append(
          RunRecord.Cell(
            kind: .classifier, key: key, task: task.data.id, variant: cell.variant,
            recipe: cell.recipe, seed: cell.seed, fold: nil, trainingShare: cell.trainingShare))
      }
    }
    let record = try RunRecord(
      study: Study(
        title: results.title, name: label, tasks: results.tasks.map(\.data.id),
        isDemonstration: results.isDemonstration),
      data: results.tasks.map { .init(task: $0.data.id, fingerprint: $0.data.fingerprint) },
      cells: cells, gaps: [])
    _ = try store.write(record)
    return try RunSide(label, record, in: store)
  }
}
