public import Neural

/// One model of the study: a value, a list of layers and the settings it was published with.
///
/// A file in `Variants` is one model; its constants are encoded into the key of each cell.
public protocol ModelVariant: Sendable, Encodable {
  /// The kind of network.
  associatedtype Architecture: Layer

  /// Stable name in kebab-case, for example `vanilla-cnn`.
  var id: String { get }
  /// Title for tables and figures.
  var title: String { get }
  /// The title on a task, for a variant that is another one by task.
  func title(for task: ClassificationTask) -> String
  /// Place in tables; the baseline is 0.
  var rank: Int { get }
  /// Where the architecture comes from, as a reader would cite it.
  var source: String { get }

  /// The layers, from `[N, 187, 1]` to the task's logits, or to what its objective asks for.
  func network(for task: ClassificationTask) -> Architecture
  /// The settings that the variant was published with.
  func recipe(for task: ClassificationTask) -> Recipe
  /// Whether the variant is meant for the task.
  func applies(to task: ClassificationTask) -> Bool
  /// Trained weights that the variant begins with; `nil` where it begins with random ones.
  func origin(for task: ClassificationTask) -> Origin?
  /// The variant as a demonstration on generated signals shows it: the same kind of network, small
  /// enough to train in a minute, and titled so.
  var atDemonstrationSize: any ModelVariant { get }
}

extension ModelVariant {
  /// The same on every task.
  public func title(for task: ClassificationTask) -> String { title }

  /// The common settings of the study.
  public func recipe(for task: ClassificationTask) -> Recipe { Recipe() }

  /// For every task.
  public func applies(to task: ClassificationTask) -> Bool { true }

  /// Random weights.
  public func origin(for task: ClassificationTask) -> Origin? { nil }

  /// As it is.
  public var atDemonstrationSize: any ModelVariant { self }

  /// The layers, laid out for the task's rows; what lies under the frozen paths is not trained.
  public func plan(for task: ClassificationTask, frozen: [String] = []) -> Plan {
    Plan(network(for: task), length: task.rowLength, frozen: frozen)
  }
}

/// The variants of the study, in table order.
public enum ModelCatalogue {
  /// Every variant, by rank and then by name.
  public static let all: [any ModelVariant] = allModelVariants.sorted {
    ($0.rank, $0.id) < ($1.rank, $1.id)
  }

  /// The variant of that name.
  public static func variant(_ id: String) -> (any ModelVariant)? { all.first { $0.id == id } }
}
