import Datasets
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
    } catch {
      throw .unusablePredictions(
        path: path, problem: "\(error.fact); a run holds probabilities, which sum to 1 in every row"
      )
    }
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
    if let order = file.likelierOrder {
      throw wrong(
        "its columns of scores seem to be in another order: taken as those of "
          + "\(order.map { data.classes[$0].symbol }.joined(separator: ", ")) they are right far more "
          + "often than as those of \(symbols); bring them into this order")
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
        task: data.id, classCount: file.classCount,
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
