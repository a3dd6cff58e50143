import Datasets
import Models
import Neural

/// Whether a training can go on from a checkpoint: what a hash vouches for may still come from a program
/// that counted otherwise, and no number of it may lead out of bounds.
struct CheckpointFit {
  private let trainer: Trainer
  private let rows: TrainingRows

  init(_ trainer: Trainer) {
    self.trainer = trainer
    rows = trainer.rows
  }

  func holds(_ checkpoint: TrainingCheckpoint) -> Bool {
    let stages = trainer.stages
    guard stages.indices.contains(checkpoint.stage) else { return false }
    let stage = stages[checkpoint.stage]
    let isPlace =
      checkpoint.answers.map { isAnswering($0, checkpoint, stage) } ?? isInside(checkpoint, stage)
    return isPlace && isHistory(checkpoint) && areSteps(checkpoint, stage)
  }

  /// The place: an epoch of the stage, at the end of a batch, or its validation.
  private func isInside(_ checkpoint: TrainingCheckpoint, _ stage: Trainer.Stage) -> Bool {
    let (done, all) = (checkpoint.rows, rows.fitting.count)
    let validated = checkpoint.validatedRows
    return stage.firstEpoch <= checkpoint.history.count && checkpoint.history.count < stage.end
      && (0...all).contains(done) && (done == all || done % trainer.recipe.batchSize == 0)
      && (0...done).contains(checkpoint.outcome.rightCount)
      && (0...rows.validation.count).contains(validated) && (validated == 0 || done == all)
      && (0...validated).contains(checkpoint.validated.rightCount)
  }

  /// The place: after the last epoch, some rows answered.
  private func isAnswering(
    _ answers: [Float], _ checkpoint: TrainingCheckpoint, _ stage: Trainer.Stage
  ) -> Bool {
    let (epochs, classCount) = (checkpoint.history.count, trainer.task.classCount)
    let asked = trainer.data.folds[trainer.fold].test.count + rows.validation.count
    let isPatienceOut = checkpoint.monitor.waitingToStop >= trainer.recipe.stoppingPatience
    return stage.stopsEarly && checkpoint.rows == 0 && checkpoint.outcome == BatchOutcome()
      && checkpoint.validatedRows == 0 && checkpoint.validated == BatchOutcome()
      && stage.firstEpoch < epochs && (epochs == stage.end || epochs < stage.end && isPatienceOut)
      && answers.count % classCount == 0 && answers.count <= asked * classCount
  }

  /// The epochs before, one of which is kept.
  private func isHistory(_ checkpoint: TrainingCheckpoint) -> Bool {
    let (history, monitor) = (checkpoint.history, checkpoint.monitor)
    let accuracies = history.flatMap { [$0.trainAccuracy, $0.validationAccuracy] }
    let epochs = 0...history.count
    return history.map(\.epoch) == Array(1..<history.count + 1)
      && accuracies.allSatisfy { $0.map { (0...1).contains($0) } ?? true }
      && epochs.contains(monitor.keptEpoch) && (monitor.keptEpoch > 0) == !history.isEmpty
      && epochs.contains(monitor.waitingToStop) && epochs.contains(monitor.waitingToReduce)
      && monitor.learningRate.isFinite
  }

  /// The numbers of the network, as many as it has, after as many steps as lead to the place.
  private func areSteps(_ checkpoint: TrainingCheckpoint, _ stage: Trainer.Stage) -> Bool {
    let (steps, recipe) = (checkpoint.steps, trainer.recipe)
    let plan = trainer.variant.plan(for: trainer.task, frozen: stage.frozen)
    let averages = recipe.averagingMomentum > 0 ? plan.weightCount : 0
    let batches = (checkpoint.rows + recipe.batchSize - 1) / recipe.batchSize
    let epochs = checkpoint.history.count - stage.firstEpoch
    return steps.step == epochs * rows.batches(of: recipe.batchSize) + batches
      && steps.learningRate.isFinite && steps.weights.count == plan.weightCount
      && steps.moments.count == recipe.optimizer.stateCount
      && steps.moments.allSatisfy { $0.count == plan.weightCount }
      && steps.average.count == averages
      && checkpoint.kept.count == (checkpoint.history.isEmpty ? 0 : plan.weightCount)
  }
}
