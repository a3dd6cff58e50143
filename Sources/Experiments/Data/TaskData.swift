public import Datasets
import Synchronization

/// The data of a task: what planning needs at once, its rows when a training asks for them.
public final class TaskData: Sendable {
  /// The facts.
  public let facts: DatasetFacts
  private let load: @Sendable () throws(DatasetsError) -> Dataset
  private let loaded: Mutex<Dataset?>

  /// The files that the rows come from; `nil` where they are generated or given.
  let files: DataFiles?
  /// What a store may remember; `nil` where it does already.
  let memory: DataMemory?

  /// Data that is in memory.
  public convenience init(_ data: Dataset) { self.init(data, files: nil, memory: nil) }

  init(_ data: Dataset, files: DataFiles?, memory: DataMemory?) {
    facts = DatasetFacts(data)
    load = { () throws(DatasetsError) in data }
    loaded = Mutex(data)
    self.files = files
    self.memory = memory
  }

  /// Data that is known and not read yet.
  init(
    facts: DatasetFacts, files: DataFiles?,
    load: @escaping @Sendable () throws(DatasetsError) -> Dataset
  ) {
    self.facts = facts
    self.load = load
    loaded = Mutex(nil)
    self.files = files
    memory = nil
  }

  /// Whether the rows are in memory.
  var isRead: Bool { loaded.withLock { $0 != nil } }

  /// The rows; read by the first that asks, while others wait.
  ///
  /// - Throws: `DatasetsError` of the reader, and `ExperimentsError.changedData` where the rows are
  ///   no longer those that were planned with.
  public func rows() throws -> Dataset {
    try loaded.withLock { loaded in
      if let loaded { return loaded }
      let data = try load()
      guard DatasetFacts(data) == facts else { throw ExperimentsError.changedData(task: facts.id) }
      loaded = data
      return data
    }
  }
}
