public import Datasets
import Models

/// What planning needs to know of a task's data, without its rows.
public struct DatasetFacts: Sendable, Codable, Equatable {
  /// Stable name of the task.
  public let id: String
  /// Classes to tell apart.
  public let classCount: Int
  /// Numbers in a row.
  public let rowWidth: Int
  /// SHA-256 over rows, labels and splits.
  public let fingerprint: String
  /// Path of every random draw among the rows.
  public let drawPath: String
  /// Training rows of each fold, those for validation among them.
  public let trainCounts: [Int]
  /// A value cannot hold another of its own type, an array of them can.
  private let contextForm: [DatasetFacts]

  /// The facts of a data set.
  public init(_ data: Dataset) {
    id = data.id
    classCount = data.classes.count
    rowWidth = data.rowWidth
    fingerprint = data.fingerprint
    drawPath = data.drawPath
    trainCounts = data.folds.map(\.train.count)
    contextForm = data.inContext.map { [DatasetFacts($0)] } ?? []
  }

  /// What a network has to tell apart.
  var task: ClassificationTask {
    ClassificationTask(id: id, classCount: classCount, rowLength: rowWidth)
  }

  /// Whether there are several folds.
  var isFolded: Bool { trainCounts.count > 1 }

  /// The rows as a variant is fed them; `nil` where the data has no such rows.
  func fed(to variant: any ModelVariant) -> DatasetFacts? {
    variant is any ContextualVariant ? contextForm.first : self
  }
}

extension Dataset {
  /// The rows as a variant is fed them; `nil` where the data has no such rows.
  func fed(to variant: any ModelVariant) -> Dataset? {
    variant is any ContextualVariant ? inContext : self
  }
}
