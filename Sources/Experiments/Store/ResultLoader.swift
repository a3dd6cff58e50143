public import Datasets
import Models

/// Reads a run back from the store, checking every file against its manifest.
extension RunStore {
  /// Everything the report is made from; cells that are not finished are failures that say so.
  public func results(of run: RunRecord) throws(ExperimentsError) -> StudyResults {
    var tasks: [TaskResults] = []
    for entry in run.data {
      let data = try summary(entry.fingerprint)
      let cells = run.cells.filter { $0.task == entry.task }
      var results = try TaskLoader(store: self, data: data).results(of: cells)
      results.audit = try audit(entry.fingerprint)
      tasks.append(results)
    }
    return StudyResults(
      runID: run.id, title: run.study.title,
      isDemonstration: run.study.isDemonstration, tasks: tasks, gaps: run.gaps,
      figures: run.study.figures, study: run.study)
  }

  /// The results of some trainings of a task, each with all of its folds.
  public func results(
    of groups: [TrainingGroup], on data: DatasetSummary
  ) throws(ExperimentsError) -> TaskResults {
    try TaskLoader(store: self, data: data).results(of: groups.flatMap(\.cells))
  }
}

/// Reads the cells of one task.
private struct TaskLoader {
  let store: RunStore
  let data: DatasetSummary

  /// Folds of one training belong together: they become one result, or one failure.
  func results(of cells: [RunRecord.Cell]) throws(ExperimentsError) -> TaskResults {
    var loaded = TaskResults(data: data, cells: [], failures: [])
    for group in groups(of: cells) {
      let first = group[0]
      if let failure = failure(of: group) {
        loaded.failures.append(failure)
      } else {
        switch first.kind {
        case .autoencoder: loaded.reconstructions.append(try reconstruction(of: group))
        case .classifier, .ensemble, .imported:
          let result = try self.result(of: group)
          if first.trainingShare < 1 {
            loaded.partialCells.append(result)
          } else {
            loaded.cells.append(result)
          }
        }
      }
    }
    return loaded
  }

  /// The folds of each training, in the order of its first one.
  private func groups(of cells: [RunRecord.Cell]) -> [[RunRecord.Cell]] {
    cells.reduce(into: []) { groups, cell in
      let place = groups.firstIndex { group in
        let first = group[0]
        return first.variant.id == cell.variant.id && first.recipe == cell.recipe
          && first.seed == cell.seed && first.trainingShare == cell.trainingShare
      }
      if let place { groups[place].append(cell) } else { groups.append([cell]) }
    }
  }

  private func failure(of group: [RunRecord.Cell]) -> CellFailure? {
    let share = group[0].trainingShare
    for cell in group {
      let fold = cell.fold.map { "fold \($0 + 1): " } ?? ""
      let part = share < 1 ? "with \(Int((share * 100).rounded())) % of the training rows: " : ""
      let message =
        cell.failure ?? (store.contains(cell.key) ? nil : "it has not been trained yet")
      if let message {
        return CellFailure(
          variant: cell.variant.id, seed: cell.seed, message: part + fold + message)
      }
    }
    return nil
  }

  private func result(of group: [RunRecord.Cell]) throws(ExperimentsError) -> CellResult {
    let first = group[0]
    var labels: [Int] = []
    var probabilities: [Float] = []
    var hashes: [String] = []
    var validation: [ValidationAnswers] = []
    for cell in group {
      let predictions = try store.answers(.test, cell: cell.key)
      guard predictions.classCount == data.classes.count else {
        throw .damagedStore(
          path: store.cellFolder(cell.key),
          problem:
            "it holds \(predictions.classCount) classes, the task has \(data.classes.count)")
      }
      labels += predictions.labels
      probabilities += predictions.probabilities
      hashes.append(predictions.hash)
      if let answers = try self.validation(of: cell, testCount: predictions.labels.count) {
        validation.append(answers)
      }
    }
    let ensemble: EnsembleFile? =
      first.kind == .ensemble ? try store.decoded(CellFile.ensemble, cell: first.key) : nil
    let isTrained = first.kind == .classifier
    let (history, kept) = isTrained ? try self.history(of: first) : ([], 0)
    return CellResult(
      key: first.key, variant: ensemble.map(first.variant.sized) ?? first.variant,
      recipe: first.recipe, seed: first.seed, history: history, bestEpoch: kept, labels: labels,
      probabilities: probabilities,
      predictionsHash: hashes.count == 1
        ? hashes[0] : Hash.sha256(Array(hashes.joined(separator: "\n").utf8)),
      foldCount: group.count, trainingShare: first.trainingShare, ensemble: ensemble,
      validationAccuracy: isTrained ? try validationAccuracy(of: group) : nil,
      settings: isTrained ? settings(of: first) : nil,
      validation: validation.count == group.count ? validation : [],
      findings: try findings(of: group))
  }

  /// What was found out about all folds, joined.
  private func findings(of group: [RunRecord.Cell]) throws(ExperimentsError) -> CellFindings {
    var mistakes: [MistakesFile] = []
    var robustness: [RobustnessFile] = []
    var explanations: [ExplanationFile] = []
    for cell in group {
      if let file: MistakesFile = try store.finding(.mistakes, cell: cell.key) {
        mistakes.append(file)
      }
      if let file: RobustnessFile = try store.finding(.robustness, cell: cell.key) {
        robustness.append(file)
      }
      if let file: ExplanationFile = try store.finding(.explanations, cell: cell.key) {
        explanations.append(file)
      }
    }
    return CellFindings(
      mistakes: mistakes.count == group.count ? MistakesFile(joining: mistakes) : nil,
      robustness: robustness.count == group.count ? RobustnessFile(joining: robustness) : nil,
      explanations: explanations.count == group.count
        ? ExplanationFile(joining: explanations) : nil)
  }

  /// The answers to validation rows; `nil` where they were not kept, and for trainings with fewer
  /// rows, of which nobody asks.
  private func validation(
    of cell: RunRecord.Cell, testCount: Int
  ) throws(ExperimentsError) -> ValidationAnswers? {
    let files = try store.computedFiles(of: cell.key)
    let part = CellFile.Answers.validation
    guard cell.trainingShare == 1, files.contains(part.full) || files.contains(part.packed) else {
      return nil
    }
    let answers = try store.answers(part, cell: cell.key)
    return ValidationAnswers(
      labels: answers.labels, probabilities: answers.probabilities, testCount: testCount)
  }

  /// The part of a cell's description that says how it was trained.
  private struct Described: Decodable {
    let recipe: Recipe
  }

  /// How a cell was trained; `nil` where its recipe has other fields than those of this program.
  private func settings(of cell: RunRecord.Cell) -> TrainingSettings? {
    let described: Described? = try? store.decoded(CellFile.description, cell: cell.key)
    return described.map { TrainingSettings($0.recipe) }
  }

  /// Mean over the folds of what the kept weights had right on validation rows.
  private func validationAccuracy(of group: [RunRecord.Cell]) throws(ExperimentsError) -> Double? {
    var sum = 0.0
    for cell in group {
      let (epochs, kept) = try history(of: cell)
      guard let value = epochs.first(where: { $0.epoch == kept })?.validationAccuracy else {
        return nil
      }
      sum += value
    }
    return sum / Double(group.count)
  }

  private func history(
    of cell: RunRecord.Cell
  ) throws(ExperimentsError) -> (history: [EpochRecord], kept: Int) {
    guard let epochs = HistoryFile.decode(try store.read(CellFile.history, cell: cell.key)) else {
      throw .damagedStore(
        path: "\(store.cellFolder(cell.key))/\(CellFile.history)",
        problem: "it is no table of epochs")
    }
    return epochs
  }

  private func reconstruction(
    of group: [RunRecord.Cell]
  ) throws(ExperimentsError) -> ReconstructionResult {
    let cell = group[0]
    var files: [ReconstructionFile] = []
    for fold in group {
      files.append(try store.decoded(CellFile.reconstruction, cell: fold.key))
    }
    let (history, kept) = try history(of: cell)
    return ReconstructionResult(
      key: cell.key, variant: cell.variant, recipe: cell.recipe, seed: cell.seed,
      history: history, bestEpoch: kept,
      reconstruction: files.count == 1 ? files[0] : ReconstructionFile(joining: files),
      settings: settings(of: cell))
  }
}

extension VariantFacts {
  /// With the size that the ensemble turned out to have.
  fileprivate func sized(as ensemble: EnsembleFile) -> VariantFacts {
    VariantFacts(
      id: id, title: title, source: source, parameters: ensemble.parameters,
      multiplyAdds: ensemble.multiplyAdds)
  }
}
