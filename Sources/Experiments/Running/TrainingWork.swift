import Datasets
import Models
import Neural

/// A training of a variant, with what it leaves in the store.
struct TrainingWork: CellWork {
  let description: CellDescription
  let task: TaskData

  /// The data as the variant is fed it; read where nobody has yet.
  func data() throws -> Dataset {
    let data = try task.rows()
    return data.fed(to: description.variant) ?? data
  }

  /// The training, before anything of it is done.
  func trainer(threads: Int, _ data: Dataset) -> Trainer {
    var trainer = Trainer(
      variant: description.variant, task: description.task, recipe: description.recipe,
      seed: description.seed, threads: threads, data: data)
    trainer.fold = description.fold
    trainer.trainingShare = description.trainingShare
    return trainer
  }

  func canonicalJSON() throws -> [UInt8] { try description.canonicalJSON() }

  /// Removes what says where the training stands if it cannot go on from there; says whether it did.
  ///
  /// - Throws: `file` where that cannot be read; then nothing is removed.
  func discardUnusableCheckpoint(in store: RunStore) throws -> Bool {
    let key = Hash.sha256(try canonicalJSON())
    let file = try store.ifWhole { () throws(ExperimentsError) in try store.checkpoint(key) }
    switch file {
    case .some(.none): return false
    case .some(.some(let file)):
      if CheckpointFit(trainer(threads: 1, try data())).holds(file.checkpoint),
        file.seconds.isFinite, file.seconds >= 0
      {
        return false
      }
    case .none: break
    }
    try store.removeCheckpoint(key)
    return true
  }

  /// The network and the optimizer, the weights that are kept, and a checkpoint with its bytes.
  func memoryBytes(threads: Int) -> Int {
    let recipe = description.recipe
    let plan = description.variant.plan(for: description.task, frozen: recipe.frozen)
    let states = recipe.optimizer.stateCount + (recipe.averagingMomentum > 0 ? 1 : 0)
    let kept = 2
    let checkpoint = 2 * (states + 2)
    return plan.memoryBytes(batchSize: recipe.batchSize, threads: threads, stateCount: states)
      + (kept + checkpoint) * plan.weightCount * MemoryLayout<Float>.size
  }

  func files(
    store: RunStore, threads: Int, progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> CellFiles {
    let data = try data()
    var trainer = trainer(threads: threads, data)
    trainer.inherited = try description.parents.flatMap { try store.weights(cell: $0) }
    let key = Hash.sha256(try canonicalJSON())
    let earlier = try store.checkpoint(key)
    let clock = ContinuousClock()
    let start = clock.now
    var seconds: Double { (earlier?.seconds ?? 0) + (clock.now - start) / .seconds(1) }
    trainer.checkpoint = earlier?.checkpoint
    trainer.keep = { try store.keep($0, seconds: seconds, cell: key) }
    let outcome = try trainer.run(progress: progress, isCancelled: isCancelled)
    try outcome.checkFinite()
    let kept = outcome.history[outcome.bestEpoch - 1]
    return CellFiles(
      files: [
        (CellFile.description, try description.canonicalJSON()),
        (CellFile.history, HistoryFile.encode(outcome.history, kept: outcome.bestEpoch)),
        (CellFile.weights, SafeTensors.encode(outcome.tensors)),
      ] + (try answers(outcome, data, rows: trainer.rows)), epochs: outcome.history.count,
      rows: outcome.history.count * trainer.rows.fitting.count, seconds: seconds,
      score: description.recipe.reconstructs
        ? .squaredError(kept.validationLoss) : .accuracy(kept.validationAccuracy))
  }

  private func answers(
    _ outcome: Trainer.Outcome, _ data: Dataset, rows: TrainingRows
  ) throws -> [(name: String, bytes: [UInt8])] {
    let labels = data.folds[description.fold].test.map { Int(data.labels[$0]) }
    let classCount = description.task.classCount
    switch outcome.answers {
    case .probabilities(let validation, let test):
      let packed = PackedPredictions(
        labels: labels, probabilities: test.map(Double.init), classCount: classCount)
      let validationLabels = rows.validation.map { Int(data.labels[$0]) }
      return [
        (
          CellFile.predictions,
          PredictionsFile.encode(labels: labels, probabilities: test, classCount: classCount)
        ),
        (
          CellFile.validation,
          PredictionsFile.encode(
            labels: validationLabels, probabilities: validation, classCount: classCount)
        ),
        (CellFile.metrics, try packed.metrics()),
      ]
    case .reconstruction(let reconstruction):
      let file = ReconstructionFile(
        reconstruction, labels: labels, classCount: classCount,
        test: data.folds[description.fold].test, rows: data.rows)
      return [(CellFile.reconstruction, try CanonicalJSON.encode(file))]
    }
  }
}
