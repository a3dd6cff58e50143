import Tensors

/// What happens while a study runs, in the order it happens; sent from the workers' threads.
public enum RunEvent: Sendable {
  /// The cells to train, longest first, and how many are done already.
  case planned(open: [PlannedCell], done: Int, workers: Int)
  /// Another process holds the store; this one waits.
  case waiting(store: String)
  /// The data of a task is looked at for copies and near copies, once for all runs.
  case auditing(task: String)
  /// The files of a finished cell were not those written; it is trained again.
  case discarded(CellName)
  /// A run of the same name with another study or other data keeps its results under a new name.
  case renamed(String, to: String)
  /// What a training was to go on from is damaged, or of another program: it begins anew.
  case restarted(CellName)
  /// A worker began a cell.
  case started(CellName)
  /// Something that the study asks for cannot be trained: a whole sentence.
  case noted(String)
  /// A training went on.
  case progressed(CellName, TrainingProgress)
  /// A cell is in the store.
  case finished(CellName, CellTiming, CellScore)
  /// A cell could not be finished; the others go on.
  case failed(CellName, message: String)
}

/// A cell that waits for its turn.
public struct PlannedCell: Sendable, Hashable {
  /// The cell.
  public let name: CellName
  /// Multiply-adds of one epoch's forward passes: what its time goes with.
  public let epochCost: Int
  /// Epochs at most.
  public let maximumEpochs: Int

  init(_ job: CellJob) {
    name = job.name
    epochCost = job.epochCost
    maximumEpochs = job.maximumEpochs
  }
}

/// What training a cell took: measured, so it stands beside the results and not in them.
public struct CellTiming: Sendable, Codable, Equatable {
  /// Seconds from the first row to the last prediction.
  public let seconds: Double
  /// Epochs trained.
  public let epochs: Int
  /// Rows that were learnt from a second, over all epochs, validation included; `nil` where none
  /// was.
  public let rowsPerSecond: Double?
  /// Threads that worked on it.
  public let threads: Int
  /// The kernels' instruction set.
  public let instructionSet: String

  init(of made: CellFiles, threads: Int) {
    seconds = made.seconds
    epochs = made.epochs
    rowsPerSecond = made.rows > 0 ? Double(made.rows) / made.seconds : nil
    self.threads = threads
    instructionSet = Kernels.current.name
  }
}
