import Neural

/// Where a training stands after a batch that it learnt from or was asked about: with it, it goes on
/// as if it had never stopped.
struct TrainingCheckpoint: Equatable {
  /// What the steps have come to.
  struct Steps: Equatable {
    /// Steps taken, over all of a stage's epochs.
    var step: Int
    /// The rate of the last step.
    var learningRate: Double
    /// Weights and statistics.
    var weights: [Float]
    /// The optimizer's memory.
    var moments: [[Float]]
    /// The moving average of the weights; empty where there is none.
    var average: [Float]
  }

  /// The stage, counted from 0.
  var stage: Int
  /// Rows of the epoch under way that were learnt from.
  var rows: Int
  /// What they gave.
  var outcome: BatchOutcome
  /// Validation rows that the epoch was judged by, once all rows were learnt from.
  var validatedRows = 0
  /// What they gave.
  var validated = BatchOutcome()
  /// The epochs before.
  var history: [EpochRecord]
  /// What stops the training and chooses the epoch.
  var monitor: ValidationMonitor.State
  /// Weights of the kept epoch; empty before the first one ends.
  var kept: [Float]
  /// Network and optimizer.
  var steps: Steps
  /// What the kept weights say of test rows, then of validation rows, as far as they were asked:
  /// `[rows, classes]`; `nil` before the last epoch has ended.
  var answers: [Float]?
}
