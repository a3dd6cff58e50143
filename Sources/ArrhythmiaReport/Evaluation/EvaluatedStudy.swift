public import Experiments

/// A study's results, evaluated once: what tables, figures and sentences are all made from.
public struct EvaluatedStudy: Sendable {
  /// The results.
  public let results: StudyResults
  /// The tasks, in study order.
  public let tasks: [EvaluatedTask]
  /// How many draws intervals and bands are made from.
  public let draws: BootstrapDraws
  /// The figures that were drawn of it, in the order of the report.
  var figures: [FigureReference] = []
  /// The figures that there is nothing for.
  var omittedFigures: [OmittedFigure] = []

  /// Whether all rows of all tasks were generated.
  public var isSynthetic: Bool { !tasks.isEmpty && tasks.allSatisfy(\.isSynthetic) }

  /// Evaluates every cell.
  ///
  /// - Parameters:
  ///   - draws: How many draws intervals and bands are made from.
  ///   - workers: How many draws are evaluated at once; the result does not depend on it.
  /// - Throws: `ReportError` where predictions do not fit their data.
  /// - Complexity: O(cells × draws × rows × classes).
  public init(
    _ results: StudyResults, draws: BootstrapDraws = .init(), workers: Int = 1
  ) throws(ReportError) {
    var tasks: [EvaluatedTask] = []
    for task in results.tasks {
      tasks.append(try EvaluatedTask(task, of: results, draws: draws, workers: workers))
    }
    self.results = results
    self.draws = draws
    self.tasks = tasks
  }
}
