public import Datasets
public import Documents
public import Plotting

/// What can go wrong between stored results and the finished report.
public enum ReportError: Error, Sendable, Equatable {
  /// A figure could not be drawn.
  case drawing(figure: String, PlottingError)
  /// The predictions of a cell do not fit its task.
  case inconsistentPredictions(task: String, cell: String, problem: String)
  /// What is stored about the data of a task contradicts itself.
  case inconsistentData(task: String, problem: String)
  /// The document contradicts itself.
  case inconsistentDocument(DocumentError)
  /// A file of the report could not be drawn.
  case undrawableReport(DocumentError)
  /// There is no figure or table of that name.
  case unknownPiece(kind: String, String, known: [String])
  /// There is nothing for a figure or table to show, and why, as a clause.
  case emptyPiece(kind: String, String, reason: String)
  /// LaTeX cannot include figures from their folder.
  case unusableFiguresFolder(path: String, fromReport: String)
  /// A folder could not be made or listed, or a file not be removed.
  case cannotWrite(path: String, problem: String)
  /// A file could not be written.
  case file(DatasetsError)
}

extension ReportError: CustomStringConvertible {
  /// The message for a reader: what happened and what to do.
  public var description: String {
    switch self {
    case .drawing(let figure, let error):
      "figure \(figure): \(error)"
    case .inconsistentPredictions(let task, let cell, let problem):
      "task \(task), cell \(cell): \(problem); "
        + "remove the cell from the store and train it again"
    case .inconsistentData(let task, let problem):
      "task \(task), stored summary of the data: \(problem); run the study anew"
    case .inconsistentDocument(let error), .undrawableReport(let error):
      "report: \(error)"
    case .unknownPiece(let kind, let name, let known):
      "\"\(name)\" is no \(kind); use one of \(known.joined(separator: ", "))"
    case .emptyPiece(let kind, let name, let reason):
      "there is no \(kind) \(name) of these results: \(reason); choose other tasks or variants"
    case .unusableFiguresFolder(let path, let fromReport):
      "\(path): LaTeX cannot include pictures from \"\(fromReport)\", the path from the report to "
        + "the figures; choose folders with letters a to z, digits, '-', '_' and '.' only"
    case .file(let error): error.description
    case .cannotWrite(let path, let problem):
      "\(path): \(problem); make room or choose another folder, then render again"
    }
  }
}
