import Datasets
import Models
import Neural
import Tensors

/// One training: a variant, a task's rows, a recipe and a seed.
struct Trainer {
  /// What a training leaves behind.
  struct Outcome {
    /// The kept weights.
    let tensors: [NamedTensor]
    /// The epochs, in order.
    let history: [EpochRecord]
    /// The epoch whose weights were kept, counted from 1.
    let bestEpoch: Int
    /// What the network says of validation and test rows.
    let answers: TrainingAnswers
  }

  let variant: any ModelVariant
  let task: ClassificationTask
  let recipe: Recipe
  let seed: Int
  let threads: Int
  let data: Dataset
  /// Which of the data's splits.
  var fold = 0
  /// How many of the training rows are used, 0…1.
  var trainingShare = 1.0
  /// Trained weights to begin with, for a variant that has an origin.
  var inherited: [NamedTensor] = []
  /// Where an earlier process stopped; `nil` to begin at the beginning.
  var checkpoint: TrainingCheckpoint?
  /// Takes what is needed to go on, now and then and when the training is cancelled.
  var keep: (TrainingCheckpoint) throws -> Void = { _ in }
  /// How much work may be lost at most.
  var keepInterval = Duration.seconds(30)

  /// The rows of the training.
  var rows: TrainingRows {
    TrainingRows(
      data.folds[fold], path: data.drawPath, validationShare: recipe.validationShare,
      share: trainingShare, seed: seed)
  }

  /// Trains until the recipe says stop, keeps the epoch that it names and predicts the test rows.
  ///
  /// - Parameters:
  ///   - progress: Called now and then, from the calling thread.
  ///   - isCancelled: Asked after each batch and pass; then `CancellationError` is thrown.
  func run(
    progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> Outcome {
    try recipe.check()
    return try data.rows.withUnsafeBufferPointer { inputs in
      try data.labels.withUnsafeBufferPointer { labels in
        var fitting = Fitting(self, inputs, labels)
        for stage in stages.indices.dropLast() where fitting.isOpen(stage) {
          try fitting.run(stage, progress, isCancelled)
        }
        let steps = try fitting.run(stages.count - 1, progress, isCancelled)
        return try fitting.outcome(steps, isCancelled)
      }
    }
  }

  /// What comes one after another, each with an optimizer of its own.
  var stages: [Stage] {
    var stages: [Stage] = []
    for stage in recipe.earlierStages {
      stages.append(
        Stage(
          frozen: stage.frozen, epochs: stage.epochs, firstEpoch: stages.last?.end ?? 0,
          stopsEarly: false))
    }
    let earlier = stages.last?.end ?? 0
    let left = max(1, recipe.maximumEpochs - earlier)
    return stages + [
      Stage(frozen: recipe.frozen, epochs: left, firstEpoch: earlier, stopsEarly: true)
    ]
  }

  /// A part of the training.
  struct Stage {
    /// Paths of what is not trained.
    let frozen: [String]
    /// Epochs at most.
    let epochs: Int
    /// Epochs before it.
    let firstEpoch: Int
    /// Whether it ends when patience runs out.
    let stopsEarly: Bool
    /// Epochs at its end, at most.
    var end: Int { firstEpoch + epochs }
  }

  func steps(_ stage: Stage, rows: TrainingRows) throws -> TrainingSteps {
    try TrainingSteps(
      variant: variant, task: task, recipe: recipe, frozen: stage.frozen, seed: seed,
      threads: threads,
      rowsPerClass: rows.fitting.reduce(into: [Int](repeating: 0, count: task.classCount)) {
        $0[Int(data.labels[$1])] += 1
      }, totalSteps: stage.epochs * rows.batches(of: recipe.batchSize))
  }
}
