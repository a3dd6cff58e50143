import Datasets
import Models
import Neural
import Tensors

/// A training under way: its epochs so far and the weights that are kept.
struct Fitting {
  private let trainer: Trainer
  private let inputs: UnsafeBufferPointer<Float>
  private let labels: UnsafeBufferPointer<UInt8>
  private let rows: TrainingRows
  private let shuffle: Philox
  private let augmenter: Augmenter?
  private var monitor: ValidationMonitor
  private var history: [EpochRecord] = []
  /// The weights at the end of the last stage, and those of the kept epoch.
  private var last: [Float] = []
  private var kept: [Float] = []
  /// Where to go on, until the place is reached.
  private var checkpoint: TrainingCheckpoint?
  private var lastKeeping = ContinuousClock.now

  init(
    _ trainer: Trainer, _ inputs: UnsafeBufferPointer<Float>, _ labels: UnsafeBufferPointer<UInt8>
  ) {
    self.trainer = trainer
    self.inputs = inputs
    self.labels = labels
    rows = trainer.rows
    shuffle = Philox(seed: trainer.seed, purpose: "epoch order")
    augmenter = Augmenter(
      trainer.recipe.augmentation, seed: trainer.seed, batchSize: trainer.recipe.batchSize)
    monitor = ValidationMonitor(trainer.recipe)
    checkpoint = trainer.checkpoint
    if let checkpoint {
      (history, kept) = (checkpoint.history, checkpoint.kept)
      monitor.resume(from: checkpoint.monitor)
    }
  }

  /// Whether a stage is not behind the checkpoint.
  func isOpen(_ stage: Int) -> Bool { checkpoint.map { stage >= $0.stage } ?? true }

  /// Trains a stage: for its epochs, fewer where patience runs out.
  @discardableResult
  mutating func run(
    _ index: Int, _ progress: (TrainingProgress) -> Void, _ isCancelled: () -> Bool
  ) throws -> TrainingSteps {
    let stage = trainer.stages[index]
    var steps = try trainer.steps(stage, rows: rows)
    if let checkpoint {
      steps.resume(from: checkpoint.steps)
    } else {
      try begin(&steps)
    }
    while checkpoint?.answers == nil, history.count < stage.end {
      let verdict = try epoch(&steps, stage: index, progress, isCancelled)
      if verdict == .finished, stage.stopsEarly { break }
    }
    last = steps.weights
    return steps
  }

  private mutating func begin(_ steps: inout TrainingSteps) throws {
    if !last.isEmpty {
      steps.begin(from: last)
    } else if let origin = trainer.variant.origin(for: trainer.task) {
      try steps.inherit(trainer.inherited, except: origin.replaced)
    }
    monitor.beginStage()
  }

  private mutating func epoch(
    _ steps: inout TrainingSteps, stage: Int, _ progress: (TrainingProgress) -> Void,
    _ isCancelled: () -> Bool
  ) throws -> ValidationMonitor.Verdict {
    let epoch = history.count + 1
    var random = shuffle.stream(UInt32(epoch))
    let order = random.shuffled(rows.fitting)
    let earlier = checkpoint
    checkpoint = nil
    let outcome = try learn(
      order, epoch: epoch, stage: stage, from: earlier, &steps, progress, isCancelled)
    let validated = try validate(
      after: outcome, of: order.count, stage: stage, from: earlier, steps, isCancelled)
    history.append(
      EpochRecord(
        epoch: epoch, learningRate: steps.learningRate,
        trainLoss: outcome.lossSum / Double(order.count),
        trainAccuracy: accuracy(outcome, of: order.count),
        validationLoss: validated.lossSum / Double(rows.validation.count),
        validationAccuracy: accuracy(validated, of: rows.validation.count)))
    let score =
      trainer.recipe.reconstructs
      ? -validated.lossSum : Double(validated.rightCount)
    let verdict = monitor.observe(score, epoch: epoch)
    if monitor.keptEpoch == epoch { kept = steps.judgedWeights }
    return verdict
  }

  /// Learns from the rows of an epoch, or from those that are left of it.
  private mutating func learn(
    _ order: [Int], epoch: Int, stage: Int, from earlier: TrainingCheckpoint?,
    _ steps: inout TrainingSteps, _ progress: (TrainingProgress) -> Void,
    _ isCancelled: () -> Bool
  ) throws -> BatchOutcome {
    let batchSize = trainer.recipe.batchSize
    var outcome = earlier?.outcome ?? BatchOutcome()
    for first in stride(from: earlier?.rows ?? 0, to: order.count, by: batchSize) {
      let end = min(first + batchSize, order.count)
      outcome.add(take(order[first..<end], epoch: epoch, &steps))
      let isCancelled = isCancelled()
      if isCancelled || isKeepingDue {
        try keep(
          TrainingCheckpoint(
            stage: stage, rows: end, outcome: outcome, history: history, monitor: monitor.state,
            kept: kept, steps: steps.state),
          isCancelled)
      }
      progress(
        TrainingProgress(
          epoch: epoch, rows: end, rowsPerEpoch: order.count, lastEpoch: history.last))
    }
    return outcome
  }

  /// Judges an epoch by the validation rows, or by those that are left of them.
  private mutating func validate(
    after learnt: BatchOutcome, of count: Int, stage: Int, from earlier: TrainingCheckpoint?,
    _ steps: TrainingSteps, _ isCancelled: () -> Bool
  ) throws -> BatchOutcome {
    var outcome = earlier?.validated ?? BatchOutcome()
    for pass in passes(rows.validation, from: earlier?.validatedRows ?? 0, steps) {
      outcome = steps.validate(batch(Array(rows.validation[pass])), after: outcome)
      let isCancelled = isCancelled()
      if isCancelled || isKeepingDue {
        try keep(
          TrainingCheckpoint(
            stage: stage, rows: count, outcome: learnt, validatedRows: pass.upperBound,
            validated: outcome, history: history, monitor: monitor.state, kept: kept,
            steps: steps.state),
          isCancelled)
      }
    }
    return outcome
  }

  /// Rows that are asked about one after another.
  private func passes(_ rows: [Int], from first: Int, _ steps: TrainingSteps) -> [Range<Int>] {
    stride(from: first, to: rows.count, by: steps.rowsPerPass).map {
      $0..<min($0 + steps.rowsPerPass, rows.count)
    }
  }

  /// Whether it is time to keep where the training stands.
  private var isKeepingDue: Bool { ContinuousClock.now - lastKeeping >= trainer.keepInterval }

  /// Keeps where the training stands, and ends it there if it is cancelled.
  private mutating func keep(_ checkpoint: TrainingCheckpoint, _ isCancelled: Bool) throws {
    try trainer.keep(checkpoint)
    lastKeeping = .now
    if isCancelled { throw CancellationError() }
  }

  private func take(
    _ order: ArraySlice<Int>, epoch: Int, _ steps: inout TrainingSteps
  ) -> BatchOutcome {
    let rate = monitor.learningRate
    guard let augmenter else { return steps.take(batch(Array(order)), rate: rate) }
    return augmenter.withBatch(order, epoch: epoch, of: inputs, labels: labels) {
      steps.take($0, rate: rate)
    }
  }

  private func accuracy(_ outcome: BatchOutcome, of count: Int) -> Double? {
    trainer.recipe.reconstructs ? nil : Double(outcome.rightCount) / Double(count)
  }

  private func batch(_ rows: [Int]) -> Batch { Batch(rows[...], of: inputs, labels: labels) }

  /// What the kept weights are, and what they say.
  mutating func outcome(
    _ steps: TrainingSteps, _ isCancelled: () -> Bool
  ) throws -> Trainer.Outcome {
    steps.begin(from: kept)
    let answers: TrainingAnswers =
      steps.tellsClasses
      ? try answers(steps, isCancelled)
      : .reconstruction(reconstruction(trainer.data.folds[trainer.fold].test, steps))
    return Trainer.Outcome(
      tensors: steps.tensors, history: history, bestEpoch: monitor.keptEpoch, answers: answers)
  }

  /// Asks about all test and validation rows, or about those that are left of them.
  private mutating func answers(
    _ steps: TrainingSteps, _ isCancelled: () -> Bool
  ) throws -> TrainingAnswers {
    let test = trainer.data.folds[trainer.fold].test
    let classCount = trainer.task.classCount
    var answers = checkpoint?.answers ?? []
    for (before, asked) in [(0, test), (test.count, rows.validation)] {
      for pass in passes(asked, from: max(0, answers.count / classCount - before), steps) {
        answers += steps.probabilities(batch(Array(asked[pass])))
        let isCancelled = isCancelled()
        if isCancelled || isKeepingDue {
          try keep(
            TrainingCheckpoint(
              stage: trainer.stages.count - 1, rows: 0, outcome: BatchOutcome(), history: history,
              monitor: monitor.state, kept: kept, steps: steps.state, answers: answers),
            isCancelled)
        }
      }
    }
    return .probabilities(
      validation: Array(answers[(test.count * classCount)...]),
      test: Array(answers[..<(test.count * classCount)]))
  }

  /// Examples are the first test rows of each class.
  private func reconstruction(_ test: [Int], _ steps: TrainingSteps) -> RowReconstruction {
    let perClass = 2
    let examples = (0..<trainer.task.classCount).flatMap { label in
      test.indices.lazy.filter { labels[test[$0]] == UInt8(label) }.prefix(perClass)
    }
    let outputs = steps.outputs(batch(examples.map { test[$0] }))
    let width = examples.isEmpty ? 0 : outputs.count / examples.count
    return RowReconstruction(
      errors: steps.losses(test, batch: batch), examples: examples,
      outputs: examples.indices.flatMap { outputs[$0 * width..<$0 * width + Dataset.rowLength] })
  }
}
