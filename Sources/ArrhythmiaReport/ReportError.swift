public import Documents

/// What can go wrong between stored results and the finished report.
public enum ReportError: Error, Sendable, Equatable {
  /// The predictions of a cell do not fit its task.
  case inconsistentPredictions(task: String, cell: String, problem: String)
  /// The document contradicts itself.
  case inconsistentDocument(DocumentError)
  /// A file could not be written or removed.
  case cannotWrite(path: String, problem: String)
}

extension ReportError: CustomStringConvertible {
  /// The message for a reader: what happened and what to do.
  public var description: String {
    switch self {
    case .inconsistentPredictions(let task, let cell, let problem):
      "task \(task), cell \(cell): \(problem); "
        + "check the store with `detectron verify` and train the cell again"
    case .inconsistentDocument(let error):
      "report: \(error)"
    case .cannotWrite(let path, let problem):
      "\(path): \(problem); make room or choose another folder, then render again"
    }
  }
}
