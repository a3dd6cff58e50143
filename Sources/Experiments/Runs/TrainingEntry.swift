import Datasets
import Statistics

/// A variant of a run with its scores, as a line of a list.
public struct TrainingEntry: Sendable, Codable, Equatable {
  /// Name of the run.
  public let run: String
  /// The task.
  public let task: String
  /// The variant's stable name.
  public let variant: String
  /// The recipe's name.
  public let recipe: String
  /// How many of the training rows are used, 0…1.
  public let trainingShare: Double
  /// The finished seeds.
  public let seeds: [Int]
  /// Means over the seeds by name; `nil` for one that is undefined.
  public let accuracy: Double?
  /// Macro-F1 for several classes, F1 of the second of two.
  public let f1: Double?
  /// Area under the ROC curve, likewise.
  public let auroc: Double?
  /// Average precision, likewise.
  public let auprc: Double?
}

extension RunStore {
  /// The finished trainings of all runs whose records are whole, by run in the order of its study;
  /// autoencoders, which tell no classes apart, are left out.
  public func trainingEntries() throws -> [TrainingEntry] {
    try readableRuns().whole.flatMap { try trainingEntries(ofRun: $0.name) }
  }

  /// The finished trainings of a run.
  public func trainingEntries(ofRun name: String) throws -> [TrainingEntry] {
    let side = try RunSide(name, run(name), in: self)
    return try side.record.data.flatMap { entry in
      let data = try summary(entry.fingerprint)
      return try side.groups(of: entry.task)
        .filter { $0.kind != .autoencoder && !$0.cells.isEmpty }
        .map { try self.entry($0, of: side, data) }
    }
  }

  private func entry(
    _ group: TrainingGroup, of side: RunSide, _ data: DatasetSummary
  ) throws -> TrainingEntry {
    let metrics = try seedMetrics(group, of: side, data)
    let isBinary = data.classes.count == 2
    func mean(_ summary: SummaryMetric, _ second: ClassMetric?) -> Double? {
      let metric: Metric =
        isBinary ? second.map { .perClass($0, 1) } ?? .summary(summary) : .summary(summary)
      let values = metrics.compactMap { $0(metric) }
      guard !values.isEmpty, values.count == metrics.count else { return nil }
      return values.reduce(0, +) / Double(values.count)
    }
    return TrainingEntry(
      run: side.label, task: data.id, variant: group.variant.id, recipe: group.recipe.text,
      trainingShare: group.trainingShare, seeds: group.seeds, accuracy: mean(.accuracy, nil),
      f1: mean(.macroF1, .f1), auroc: mean(.aurocMacro, .auroc),
      auprc: mean(.averagePrecisionMacro, .averagePrecision))
  }

  /// The metrics of every seed: as stored, or of several folds from their answers together.
  private func seedMetrics(
    _ group: TrainingGroup, of side: RunSide, _ data: DatasetSummary
  ) throws -> [(Metric) -> Double?] {
    guard group.isFolded else {
      return try group.cells.map { cell in
        let stored = try storedMetrics(of: cell)
        return { stored[$0] }
      }
    }
    let results = try side.store.results(of: [group], on: data)
    return try (results.cells + results.partialCells).map { cell in
      let metrics = try ClassificationMetrics(
        labels: cell.labels, probabilities: cell.probabilities.map(Double.init),
        classCount: data.classes.count)
      return { metrics[$0].value }
    }
  }
}
