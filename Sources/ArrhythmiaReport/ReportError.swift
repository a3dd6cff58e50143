public import Plotting

/// What can go wrong between stored results and the finished report.
public enum ReportError: Error, Equatable, Sendable {
  /// A figure could not be drawn.
  case drawing(figure: String, PlottingError)
  /// The predictions of a cell do not fit its task.
  case inconsistentPredictions(task: String, cell: String, problem: String)
}

extension ReportError: CustomStringConvertible {
  /// The message for a reader: what happened and what to do.
  public var description: String {
    switch self {
    case .drawing(let figure, let error): "figure \(figure): \(error)"
    case .inconsistentPredictions(let task, let cell, let problem):
      "task \(task), cell \(cell): \(problem); "
        + "check the store with `detectron verify` and train the cell again"
    }
  }
}
