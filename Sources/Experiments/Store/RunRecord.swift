/// A study, resolved into the cells that answer it.
public struct RunRecord: Sendable, Codable, Equatable {
  /// What a cell holds.
  public enum Kind: String, Sendable, Codable {
    /// A trained network that tells classes apart.
    case classifier
    /// A trained network that gives rows back.
    case autoencoder
    /// Several classifiers' answers, joined.
    case ensemble
    /// Answers of a model that was trained elsewhere.
    case imported
  }

  /// One cell of the run.
  public struct Cell: Sendable, Codable, Equatable {
    /// What it holds.
    public let kind: Kind
    /// Key of the cell in the store.
    public let key: String
    /// The task's name.
    public let task: String
    /// The variant.
    public let variant: VariantFacts
    /// The recipe's name.
    public let recipe: String
    /// The seed.
    public let seed: Int
    /// Which of the task's splits, counted from 0; `nil` where there is one only.
    public let fold: Int?
    /// How many of the training rows are used, 0…1.
    public let trainingShare: Double
    /// Why it did not finish, or `nil`.
    public var failure: String?

    /// What a person calls it.
    public var name: CellName {
      CellName(
        task: task, variant: variant.id, recipe: recipe, seed: seed, fold: fold,
        trainingShare: trainingShare)
    }
  }

  /// The data of a task.
  public struct Data: Sendable, Codable, Equatable {
    /// The task's name.
    public let task: String
    /// SHA-256 over rows, labels and split.
    public let fingerprint: String
  }

  /// SHA-256 over the study and the keys of its cells.
  public let id: String
  /// The study.
  public let study: Study
  /// The data of each task, in study order.
  public let data: [Data]
  /// The cells, in study order.
  public let cells: [Cell]
  /// What the study asks for and the run does not hold, each a whole sentence.
  public let gaps: [String]

  init(study: Study, data: [Data], cells: [Cell], gaps: [String]) throws {
    self.study = study
    self.data = data
    self.cells = cells
    self.gaps = gaps
    id = try Self.id(study, cells)
  }

  private static func id(_ study: Study, _ cells: [Cell]) throws -> String {
    let keys = cells.map(\.key).joined(separator: "\n")
    return Hash.sha256(try CanonicalJSON.encode(study) + Array(keys.utf8))
  }

  /// Whether the id is that of the study and the cells.
  var hasOwnID: Bool { (try? Self.id(study, cells)) == id }

  /// Whether the other run asks the same of the same data.
  func isSameStudy(as other: RunRecord) -> Bool { study == other.study && data == other.data }

  /// Cells that did not finish.
  public var failureCount: Int { cells.count { $0.failure != nil } }
}
