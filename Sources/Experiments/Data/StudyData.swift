public import Datasets
import Foundation

/// The data of a study's tasks, as far as it is at hand.
public struct StudyData: Sendable {
  /// The tasks' data, in study order.
  public let tasks: [TaskData]
  /// What could not be loaded, each a whole sentence for the report.
  public let gaps: [String]

  /// Finds every task of the study. What the store knows from an earlier run is not read again as
  /// long as the files are as they were.
  ///
  /// Tasks that the folder has nothing, or too little, for become gaps; damaged data is an error,
  /// and so is a folder that has nothing for any task.
  public init(
    for study: Study, directory: DataDirectory?, source: DataSource? = nil, store: RunStore? = nil
  ) throws(DatasetsError) {
    var tasks: [TaskData] = []
    var gaps: [String] = []
    var missing: DatasetsError?
    for task in study.tasks {
      do throws(DatasetsError) {
        tasks.append(
          try TaskSource(task: task, directory: directory, source: source).data(store: store))
      } catch {
        guard let gap = error.gap else { throw error }
        missing = missing ?? error
        gaps.append("The task \(task) was not run: \(gap).")
      }
    }
    if let missing, tasks.isEmpty { throw missing }
    self.tasks = tasks
    self.gaps = gaps
  }
}

/// Where the rows of a task come from.
struct TaskSource: Sendable {
  let task: String
  let directory: DataDirectory?
  let source: DataSource?

  /// The task's data: its facts as the store remembers them, or from its rows.
  func data(store: RunStore?) throws(DatasetsError) -> TaskData {
    let files = try files()
    let stamp = files?.stamp ?? "generated"
    if let facts = store?.remembered(DataMemory.place(of: self), stamp: stamp) {
      return TaskData(facts: facts, files: files) { () throws(DatasetsError) in try load() }
    }
    let rows = try load()
    // Files that change while they are read, or may still change unnoticed, are not remembered.
    let isSettled =
      try self.files()?.stamp == files?.stamp
      && (files.map { Date.now.timeIntervalSince1970 - Double($0.lastChange) > 2 } ?? true)
    return TaskData(
      rows, files: files,
      memory: isSettled
        ? DataMemory(place: DataMemory.place(of: self), stamp: stamp, facts: DatasetFacts(rows))
        : nil)
  }

  /// The files that it could be loaded from; `nil` for what is generated.
  private func files() throws(DatasetsError) -> DataFiles? {
    guard SyntheticDataset.Task(rawValue: task) == nil else { return nil }
    return try directory?.files(of: task)
  }

  private func load() throws(DatasetsError) -> Dataset {
    if let synthetic = SyntheticDataset.Task(rawValue: task) {
      return SyntheticDataset(synthetic).dataset()
    }
    guard let directory else {
      throw .noData(task: task, directory: "--data", lookedFor: ["a folder of recordings"])
    }
    return try directory.load(task, source: source)
  }
}
