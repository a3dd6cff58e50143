public import Datasets
import Foundation
import Models
import Statistics

/// Answers of a model that was trained elsewhere, on the test rows of a task.
public struct ForeignPredictions: Sendable {
  /// Where the file is.
  public let path: String
  /// Stable name of the model.
  public let name: String
  /// Title for tables.
  public let title: String
  /// The seed that it was trained with.
  public let seed: Int
  private let file: PredictionsFile

  /// Reads a file, see `PredictionsFile`.
  ///
  /// - Throws: `ExperimentsError` where the file is none, its numbers are no probabilities, or the
  ///   name is that of a model of the program.
  public init(
    path: String, name: String, title: String?, seed: Int
  ) throws(ExperimentsError) {
    guard ModelCatalogue.variant(name) == nil, EnsembleMethod(rawValue: name) == nil else {
      throw .unusablePredictions(
        path: path, problem: "\"\(name)\" is a model of the program; give yours another name")
    }
    do {
      file = try PredictionsFile(path: path)
    } catch { throw .data(error) }
    do throws(StatisticsError) {
      _ = try Predictions(
        labels: file.labels, probabilities: file.scores, classCount: file.classCount)
    } catch { throw .unusablePredictions(path: path, problem: "\(error)") }
    self.path = path
    self.name = name
    self.title = title ?? name
    self.seed = seed
  }

  /// Checks that the rows are those of a task's test part, in their order.
  ///
  /// - Parameters:
  ///   - labels: The class of each test row.
  ///   - rows: What the user says the rows' hash is: that of the test rows, or of all of the data;
  ///     `nil` where nothing is said, so that only the labels are held against each other.
  func check(
    against labels: [Int], of data: DatasetSummary, parts: DataParts?, rows: String?
  ) throws(ExperimentsError) {
    func wrong(_ problem: String) -> ExperimentsError {
      .unusablePredictions(path: path, problem: problem)
    }
    let symbols = data.classes.map(\.symbol).joined(separator: ", ")
    guard file.classCount == data.classes.count else {
      throw wrong(
        "it has scores of \(file.classCount) classes, \(data.id) has \(data.classes.count); give a "
          + "column for each of \(symbols)")
    }
    guard file.labels.count == labels.count else {
      throw wrong(
        "it has \(file.labels.count) rows, the test part of \(data.id) has \(labels.count); give "
          + "one row for each, in the order of 'detectron data export'")
    }
    if let place = labels.indices.first(where: { labels[$0] != file.labels[$0] }) {
      throw wrong(
        Self.isRenumbered(file.labels, labels)
          ? "its classes are numbered in another order; use 0, 1, … for \(symbols)"
          : "row \(place) is of class \(file.labels[place]), that of \(data.id) of "
            + "\(labels[place]); bring the rows into the order of 'detectron data export'")
    }
    if let rows, rows != data.fingerprint, rows != parts?.test {
      throw wrong(
        "the hash of the rows is not that of \(data.id), \(data.fingerprint); predict its own rows")
    }
  }

  /// Whether one list is the other with its numbers exchanged one for one.
  private static func isRenumbered(_ one: [Int], _ other: [Int]) -> Bool {
    let pairs = Set(zip(one, other).map { [$0, $1] })
    return pairs.count == Set(one).count && pairs.count == Set(other).count
  }

  private struct Description: Encodable {
    struct Recipe: Encodable {
      let name: String
    }

    let task: String
    let classCount: Int
    let protocolLabel: String
    let dataFingerprint: String
    let fold: Int
    let trainingShare: Double
    let variant: String
    let recipe: Recipe
    let seed: Int
    let answers: String
  }

  /// The files of the cell that holds the answers, by their names, and its key.
  func cell(
    of data: DatasetSummary
  ) throws -> (key: String, files: [(name: String, bytes: [UInt8])]) {
    let packed = PackedPredictions(file)
    let description = try CanonicalJSON.encode(
      Description(
        task: data.id, classCount: file.classCount, protocolLabel: data.protocolLabel,
        dataFingerprint: data.fingerprint, fold: 0, trainingShare: 1, variant: name,
        recipe: .init(name: RunRecord.importedRecipe), seed: seed, answers: packed.hash))
    return (
      Hash.sha256(description),
      [
        (CellFile.description, description), (CellFile.packedPredictions, packed.encode()),
        (CellFile.metrics, try packed.metrics()),
      ]
    )
  }
}

extension RunRecord {
  /// The recipe of what was trained elsewhere, which is not known.
  static let importedRecipe = "imported"
}

extension RunStore {
  /// Takes in the answers of a model that was trained elsewhere: as a run of the model's name, with
  /// what that run holds already, or else with the cells of another run beside it.
  ///
  /// - Parameters:
  ///   - task: The task's name.
  ///   - rows: Hash that the user gives for the rows, to be compared.
  ///   - data: The task's data where it is at hand; else the rows' labels are taken from a finished
  ///     training of the store.
  ///   - other: Name of a run whose cells the new run has too.
  /// - Returns: The run.
  /// - Throws: `ExperimentsError.unusablePredictions` where they do not fit the task.
  public func take(
    _ predictions: ForeignPredictions, task: String, rows: String?, data: Dataset?,
    beside other: String?
  ) throws -> RunRecord {
    try create()
    let lock = try StoreLock(root: root) { true }
    defer { withExtendedLifetime(lock) {} }
    try prepare()
    if let data {
      if !hasSummary(data.fingerprint) { try write(DatasetSummary(of: data)) }
      if parts(data.fingerprint) == nil {
        try write(DataParts(of: data), of: data.fingerprint)
      }
    }
    let names = try runNames()
    let base = names.contains(predictions.name) ? predictions.name : other
    let known = try base.map { [try run($0)] } ?? names.map { try run($0) }
    let fingerprint = try fingerprint(of: task, data, known, predictions)
    let summary = try summary(fingerprint)
    let labels =
      try data.map { data in data.testRows.map { Int(data.labels[$0]) } }
      ?? self.labels(of: task, fingerprint, in: names.map { try run($0) })
    guard let labels else {
      throw ExperimentsError.unusablePredictions(
        path: predictions.path,
        problem: "the store has no training of \(task) to check the order of rows with; "
          + "name the data with --data")
    }
    try predictions.check(
      against: labels, of: summary, parts: parts(fingerprint), rows: rows)
    let cell = try predictions.cell(of: summary)
    if !contains(cell.key) { try write(cell.files, cell: cell.key) }
    let record = try record(
      predictions, cell.key, task, fingerprint, base: base.map { try run($0) })
    _ = try write(record)
    return record
  }

  /// The data that a task has in the given data set or in some runs.
  private func fingerprint(
    of task: String, _ data: Dataset?, _ runs: [RunRecord], _ predictions: ForeignPredictions
  ) throws(ExperimentsError) -> String {
    if let data { return data.fingerprint }
    let found = Set(runs.flatMap(\.data).filter { $0.task == task }.map(\.fingerprint))
    guard found.count == 1, let only = found.first else {
      throw .unusablePredictions(
        path: predictions.path,
        problem: found.isEmpty
          ? "no run of the store has the task \(task); name the data with --data"
          : "the runs of the store have different data of \(task); name one with --beside")
    }
    return only
  }

  /// The labels of a task's test rows, from a finished training; `nil` where there is none.
  private func labels(
    of task: String, _ fingerprint: String, in runs: [RunRecord]
  ) throws -> [Int]? {
    for run in runs where run.data.contains(where: { $0.fingerprint == fingerprint }) {
      let side = try RunSide(run.study.name, run, in: self)
      for group in side.groups(of: task) where group.kind != .autoencoder {
        guard let seed = group.seeds.first else { continue }
        return try group.cells.filter { $0.seed == seed }.flatMap {
          try answers(.test, cell: $0.key).labels
        }
      }
    }
    return nil
  }

  private func record(
    _ predictions: ForeignPredictions, _ key: String, _ task: String, _ fingerprint: String,
    base: RunRecord?
  ) throws -> RunRecord {
    let facts = VariantFacts(
      id: predictions.name, title: predictions.title, source: "trained elsewhere", parameters: 0,
      multiplyAdds: 0)
    let cell = RunRecord.Cell(
      kind: .imported, key: key, task: task, variant: facts, recipe: RunRecord.importedRecipe,
      seed: predictions.seed, fold: nil, trainingShare: 1)
    var study =
      base?.study ?? Study(title: "Predictions of \(predictions.title)", name: "", tasks: [])
    study.name = predictions.name
    if !study.tasks.contains(task) { study.tasks.append(task) }
    let kept = (base?.cells ?? []).filter {
      !($0.task == task && $0.variant.id == facts.id && $0.seed == predictions.seed)
    }
    let known = base?.data ?? []
    let data =
      known.contains { $0.task == task }
      ? known
      : known + [
        .init(task: task, fingerprint: fingerprint)
      ]
    return try RunRecord(study: study, data: data, cells: kept + [cell], gaps: base?.gaps ?? [])
  }
}
