import Datasets

/// Reads a run back from the store, checking every file against its manifest.
extension RunStore {
  /// Everything the report is made from.
  public func results(of run: RunRecord) throws(ExperimentsError) -> StudyResults {
    var tasks: [TaskResults] = []
    for entry in run.data {
      let data = try summary(entry.fingerprint)
      var cells: [CellResult] = []
      var failures: [CellFailure] = []
      for cell in run.cells where cell.task == entry.task {
        if let message = cell.failure {
          failures.append(
            CellFailure(variant: cell.variant.id, seed: cell.seed, message: message))
        } else {
          cells.append(try result(of: cell, classCount: data.classes.count))
        }
      }
      tasks.append(TaskResults(data: data, cells: cells, failures: failures))
    }
    return StudyResults(
      runID: run.id, title: run.study.title,
      isDemonstration: run.study.isDemonstration, tasks: tasks, gaps: run.gaps)
  }

  private func result(
    of cell: RunRecord.Cell, classCount: Int
  ) throws(ExperimentsError) -> CellResult {
    let path = "\(cellFolder(cell.key))/\(CellFile.history)"
    guard let history = HistoryFile.decode(try read(CellFile.history, cell: cell.key)) else {
      throw .damagedStore(path: path, problem: "it is no table of epochs")
    }
    // The first epoch of the best validation accuracy is the one whose weights were kept.
    let best = history.reduce(history[0]) {
      $1.validationAccuracy > $0.validationAccuracy ? $1 : $0
    }
    let bytes = try read(CellFile.predictions, cell: cell.key)
    let predictions: PredictionsFile
    do throws(DatasetsError) {
      let path = "\(cellFolder(cell.key))/\(CellFile.predictions)"
      predictions = try PredictionsFile(NPZFile(bytes, path: path), path: path)
    } catch { throw .data(error) }
    guard predictions.classCount == classCount else {
      throw .damagedStore(
        path: "\(cellFolder(cell.key))/\(CellFile.predictions)",
        problem: "it holds \(predictions.classCount) classes, the task has \(classCount)")
    }
    return CellResult(
      key: cell.key, variant: cell.variant, recipe: cell.recipe, seed: cell.seed,
      history: history, bestEpoch: best.epoch, labels: predictions.labels,
      probabilities: predictions.scores.map { Float($0) }, predictionsHash: Hash.sha256(bytes))
  }
}
