import Datasets
import Experiments

/// The folder of the figures on disk.
struct FigureFolder {
  private let folder: OutputFolder

  init(path: String) {
    folder = OutputFolder(path: path)
  }

  /// Writes every file of the figures, each whole or not at all, then removes those that an earlier
  /// report drew for the same tasks and this one does not have.
  func write(_ files: [RenderedFigure.File], of results: StudyResults) throws(ReportError) {
    try folder.create()
    try folder.write(files.map { ($0.name, $0.bytes) })
    try removeStale(keeping: Set(files.map(\.name)), tasks: results.tasks.map(\.data.id))
  }

  private func removeStale(keeping kept: Set<String>, tasks: [String]) throws(ReportError) {
    for name in try stale(keeping: kept, tasks: tasks) { try folder.remove(name) }
  }

  /// Files that an earlier report drew for the same tasks and this one does not have.
  func stale(keeping kept: Set<String>, tasks: [String]) throws(ReportError) -> [String] {
    let ours = tasks.flatMap { task in allFigures.map { "\(task)-\($0.id)" } }
    return try folder.names(ifThere: true).filter { name in
      let stem = name.prefix { $0 != "." }
      return !kept.contains(name) && ours.contains { Self.isSheet(stem, of: $0) }
    }
  }

  /// Whether a name without suffix is that of a figure or of a further sheet of it, as in
  /// `mitbih-roc-2`.
  static func isSheet(_ stem: some StringProtocol, of figure: String) -> Bool {
    stem == figure
      || stem.hasPrefix("\(figure)-") && Int(stem.dropFirst(figure.count + 1)) != nil
  }
}
