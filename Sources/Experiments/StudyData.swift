public import Datasets

/// The data of a study's tasks, as far as it is at hand.
public struct StudyData: Sendable {
  /// The tasks' data, in study order.
  public let datasets: [Dataset]
  /// What could not be loaded, each a whole sentence for the report.
  public let gaps: [String]

  /// Loads every task of the study.
  ///
  /// Tasks that the folder has nothing, or too little, for become gaps; damaged data is an error, and so is a
  /// folder that has nothing for any task.
  public init(
    for study: Study, directory: DataDirectory?, source: DataSource? = nil
  ) throws(DatasetsError) {
    var datasets: [Dataset] = []
    var gaps: [String] = []
    var missing: DatasetsError?
    for task in study.tasks {
      do throws(DatasetsError) {
        datasets.append(try Self.load(task, directory, source))
      } catch {
        guard let gap = error.gap else { throw error }
        missing = missing ?? error
        gaps.append("The task \(task) was not run: \(gap).")
      }
    }
    if let missing, datasets.isEmpty { throw missing }
    self.datasets = datasets
    self.gaps = gaps
  }

  private static func load(
    _ task: String, _ directory: DataDirectory?, _ source: DataSource?
  ) throws(DatasetsError) -> Dataset {
    if let synthetic = SyntheticDataset.Task(rawValue: task) {
      return SyntheticDataset(synthetic).dataset()
    }
    guard let directory else {
      throw .noData(task: task, directory: "--data", lookedFor: ["a folder of recordings"])
    }
    return try directory.load(task, source: source)
  }
}
