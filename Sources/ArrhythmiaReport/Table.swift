public import Documents
internal import Plotting

/// A table of the report, made once for each task. A file in `Tables/` holds the type of its name;
/// the report lists them by itself.
public protocol Table: Sendable {
  /// Stable name; that of a task's table is `<id>-<task>`.
  var id: String { get }
  /// Which section it stands in.
  var placement: Placement { get }
  /// Its place among the tables of that section: lower ranks first.
  var rank: Int { get }

  /// The table of a task; `nil` where it has nothing to show.
  func table(for task: EvaluatedTask) -> Document.Table?
}

extension Table {
  /// The name of a task's table.
  func name(for task: EvaluatedTask) -> Identifier { Identifier("\(id)-\(task.id)") }

  /// The stored results that a task's table can show in its section.
  func sources(for task: EvaluatedTask) -> [Provenance.Source] {
    switch placement {
    case .data, .audit: task.dataSources
    case .reconstruction: task.dataSources + task.autoencoderSources
    case .transfer: task.dataSources + task.sources(of: task.variants + task.partialVariants)
    case .methods, .cost, .reproducibility: task.allSources
    case .results, .interPatient, .ensembles, .calibration, .mistakes, .robustness, .explanations:
      task.dataSources + task.sources(of: task.variants)
    }
  }
}

/// The sections that tables and figures stand in.
public enum Placement: String, Sendable {
  /// What the rows are.
  case data
  /// What leaks from one side of the split to the other.
  case audit
  /// How the networks were trained.
  case methods
  /// What came out.
  case results
  /// What came out where people are kept apart.
  case interPatient
  /// What joining networks came to.
  case ensembles
  /// What weights from another task are worth.
  case transfer
  /// How well rows are given back.
  case reconstruction
  /// What the probabilities are worth.
  case calibration
  /// Which answers are wrong, and how sure of them a network is.
  case mistakes
  /// What is left of the scores where recordings are disturbed.
  case robustness
  /// Which samples of a beat an answer rests on.
  case explanations
  /// What the networks cost.
  case cost
  /// What leads from a number to its predictions.
  case reproducibility
}
