import Datasets
import Experiments
import Foundation

/// The folder of the figures on disk.
struct FigureFolder {
  /// The folder.
  let path: String

  /// Writes every file of the figures, each whole or not at all, then removes those that an earlier
  /// report drew for the same tasks and this one does not have.
  func write(_ figures: [RenderedFigure], of results: StudyResults) throws(ReportError) {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    } catch {
      throw .cannotWrite(path: path, problem: error.localizedDescription)
    }
    let files = figures.flatMap(\.files)
    for file in files {
      let target = "\(path)/\(file.name)"
      do throws(DatasetsError) {
        try AtomicFile.write(file.bytes, to: target)
      } catch {
        throw .cannotWrite(path: target, problem: "\(error)")
      }
    }
    try removeStale(keeping: Set(files.map(\.name)), tasks: results.tasks.map(\.data.id))
  }

  private func removeStale(keeping names: Set<String>, tasks: [String]) throws(ReportError) {
    let ours = tasks.flatMap { task in allFigures.map { "\(task)-\($0.id)" } }
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: path).sorted() {
        let stem = name.prefix { $0 != "." }
        let isOurs = ours.contains { stem == $0 || isContinuation(stem, of: $0) }
        guard isOurs, !names.contains(name) else { continue }
        try FileManager.default.removeItem(atPath: "\(path)/\(name)")
      }
    } catch {
      throw .cannotWrite(path: path, problem: error.localizedDescription)
    }
  }

  /// Whether a name is that of a further sheet of a figure, as in `mitbih-roc-2`.
  private func isContinuation(_ stem: Substring, of figure: String) -> Bool {
    stem.hasPrefix("\(figure)-") && Int(stem.dropFirst(figure.count + 1)) != nil
  }
}
