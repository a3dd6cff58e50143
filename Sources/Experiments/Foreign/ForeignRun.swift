public import Datasets

extension RunStore {
  /// Takes in the answers of a model that was trained elsewhere: as a run of the model's name, with
  /// what that run holds already, or else with the cells of another run beside it.
  ///
  /// - Parameters:
  ///   - task: The task's name.
  ///   - rows: Hash that the user gives for the rows, to be compared.
  ///   - data: The task's data where it is at hand; else the rows' labels are taken from a finished
  ///     training of the store.
  ///   - other: Name of a run whose cells the new run has too.
  ///   - writes: Whether anything is written; else it is only checked.
  /// - Returns: The run.
  /// - Throws: `ExperimentsError.unusablePredictions` where they do not fit the task.
  public func take(
    _ predictions: ForeignPredictions, task: String, rows: String?, data: Dataset?,
    beside other: String?, writes: Bool = true
  ) throws -> RunRecord {
    guard writes else { return try checked(predictions, task, rows, data, beside: other).record }
    try create()
    let lock = try StoreLock(forMomentAt: root)
    defer { withExtendedLifetime(lock) {} }
    try prepare()
    let (record, cell) = try checked(predictions, task, rows, data, beside: other)
    if let data {
      _ = try discardDamagedData(data.fingerprint)
      if !has(.summary, data.fingerprint) { try write(DatasetSummary(of: data)) }
      if parts(data.fingerprint) == nil {
        try write(DataParts(of: data), of: data.fingerprint)
      }
    }
    if try !isWhole(cell.key, checkedCells()) { try write(cell.files, cell: cell.key) }
    _ = try write(record)
    return record
  }

  /// The run that predictions become and their cell, once they are known to fit; writes nothing.
  private func checked(
    _ predictions: ForeignPredictions, _ task: String, _ rows: String?, _ data: Dataset?,
    beside other: String?
  ) throws -> (
    record: RunRecord, cell: (key: String, files: [(name: String, bytes: [UInt8])])
  ) {
    let names = try runNames()
    let runs = try readableRuns().whole.map(\.run)
    if names.contains(predictions.name) {
      let isOwn = try run(predictions.name).cells.contains {
        $0.kind == .imported && $0.variant.id == predictions.name
      }
      guard isOwn else { throw ExperimentsError.nameIsTaken(predictions.name, store: root) }
    }
    let base = names.contains(predictions.name) ? predictions.name : other
    let baseRun = try base.map { try run($0) }
    // A task that is new to the run is one of another run of the store.
    let hasTask = baseRun?.data.contains { $0.task == task } ?? false
    let known = baseRun.flatMap { hasTask ? [$0] : nil } ?? runs
    let fingerprint = try fingerprint(of: task, data, known, base: baseRun, predictions)
    let summary = try data.map { DatasetSummary(of: $0) } ?? summary(fingerprint)
    let labels =
      try data.map { data in data.testRows.map { Int(data.labels[$0]) } }
      ?? self.labels(of: task, fingerprint, in: runs)
    guard let labels else {
      throw ExperimentsError.unusablePredictions(
        path: predictions.path,
        problem: "the store has no training of \(task) to check the order of rows with; "
          + "name the data with --data")
    }
    try predictions.check(
      against: labels, of: summary, parts: data.map { DataParts(of: $0) } ?? parts(fingerprint),
      rows: rows)
    let cell = try predictions.cell(of: summary)
    return (try record(predictions, cell.key, task, fingerprint, base: baseRun), cell)
  }

  /// The data that a task has in the given data set or in some runs.
  private func fingerprint(
    of task: String, _ data: Dataset?, _ runs: [RunRecord], base: RunRecord?,
    _ predictions: ForeignPredictions
  ) throws(ExperimentsError) -> String {
    if let data {
      // All that a run holds of a task is of one data set.
      let others = base?.data.filter { $0.task == task } ?? []
      guard others.allSatisfy({ $0.fingerprint == data.fingerprint }) else {
        throw .unusablePredictions(
          path: predictions.path,
          problem: "the data folder has other rows of \(task) than the run "
            + "\(base?.study.name ?? ""); name the folder that the run was made with")
      }
      return data.fingerprint
    }
    let found = Set(runs.flatMap(\.data).filter { $0.task == task }.map(\.fingerprint))
    guard found.count == 1, let only = found.first else {
      throw .unusablePredictions(
        path: predictions.path,
        problem: found.isEmpty
          ? "no run of the store has the task \(task); name the data with --data"
          : "the runs of the store have different data of \(task); name one with --beside")
    }
    return only
  }

  /// The labels of a task's test rows, from a finished training; `nil` where there is none.
  private func labels(
    of task: String, _ fingerprint: String, in runs: [RunRecord]
  ) throws -> [Int]? {
    for run in runs where run.data.contains(where: { $0.fingerprint == fingerprint }) {
      let side = try RunSide(run.study.name, run, in: self)
      for group in side.groups(of: task) where group.kind != .autoencoder {
        guard let seed = group.seeds.first else { continue }
        return try group.cells.filter { $0.seed == seed }.flatMap {
          try answers(.test, cell: $0.key).labels
        }
      }
    }
    return nil
  }

  private func record(
    _ predictions: ForeignPredictions, _ key: String, _ task: String, _ fingerprint: String,
    base: RunRecord?
  ) throws -> RunRecord {
    let facts = VariantFacts(
      id: predictions.name, title: predictions.title, source: "trained elsewhere", parameters: 0,
      multiplyAdds: 0)
    let cell = RunRecord.Cell(
      kind: .imported, key: key, task: task, variant: facts, recipe: RunRecord.importedRecipe,
      seed: predictions.seed, fold: nil, trainingShare: 1)
    var study =
      base?.study ?? Study(title: "Predictions of \(predictions.title)", name: "", tasks: [])
    study.name = predictions.name
    if !study.tasks.contains(task) { study.tasks.append(task) }
    let kept = (base?.cells ?? []).filter {
      !($0.task == task && $0.variant.id == facts.id && $0.seed == predictions.seed)
    }
    let known = base?.data ?? []
    let data =
      known.contains { $0.task == task }
      ? known
      : known + [
        .init(task: task, fingerprint: fingerprint)
      ]
    return try RunRecord(study: study, data: data, cells: kept + [cell], gaps: base?.gaps ?? [])
  }
}
