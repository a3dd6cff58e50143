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
    /// Probability of each class for the test rows, row-major.
    let probabilities: [Float]
  }

  let variant: any ModelVariant
  let task: ClassificationTask
  let recipe: Recipe
  let seed: Int
  let threads: Int
  let data: Dataset

  /// Trains until the recipe says stop, keeps the epoch that it names and predicts the test rows.
  ///
  /// - Parameters:
  ///   - progress: Called now and then, from the calling thread.
  ///   - isCancelled: Asked after each batch; then `CancellationError` is thrown.
  func run(
    progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> Outcome {
    try data.rows.withUnsafeBufferPointer { inputs in
      try data.labels.withUnsafeBufferPointer { labels in
        try fit(inputs, labels, progress: progress, isCancelled: isCancelled)
      }
    }
  }

  private func fit(
    _ inputs: UnsafeBufferPointer<Float>, _ labels: UnsafeBufferPointer<UInt8>,
    progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> Outcome {
    try recipe.check()
    let rows = TrainingRows(
      data.split.train, task: data.id, protocolLabel: data.protocolLabel,
      validationShare: recipe.validationShare)
    var steps = try TrainingSteps(
      variant: variant, task: task, recipe: recipe, seed: seed, threads: threads,
      rowsPerClass: rowsPerClass(rows.fitting),
      totalSteps: recipe.maximumEpochs * rows.batches(of: recipe.batchSize))
    let shuffle = Philox(seed: seed, purpose: "epoch order")
    var monitor = ValidationMonitor(recipe)
    var history: [EpochRecord] = []
    var kept = steps.weights
    for epoch in 1...recipe.maximumEpochs {
      var random = shuffle.stream(UInt32(epoch))
      let order = random.shuffled(rows.fitting)
      var outcome = BatchOutcome()
      for first in stride(from: 0, to: order.count, by: recipe.batchSize) {
        let end = min(first + recipe.batchSize, order.count)
        outcome.add(
          steps.take(
            Batch(order[first..<end], of: inputs, labels: labels), rate: monitor.learningRate))
        if isCancelled() { throw CancellationError() }
        progress(
          TrainingProgress(
            epoch: epoch, rows: end, rowsPerEpoch: order.count, lastEpoch: history.last))
      }
      let validated = steps.validate(Batch(rows.validation[...], of: inputs, labels: labels))
      history.append(
        EpochRecord(
          epoch: epoch, learningRate: steps.learningRate,
          trainLoss: outcome.lossSum / Double(order.count),
          trainAccuracy: Double(outcome.rightCount) / Double(order.count),
          validationLoss: validated.outcome.lossSum / Double(rows.validation.count),
          validationAccuracy: Double(validated.outcome.rightCount) / Double(rows.validation.count)))
      let verdict = monitor.observe(validated.outcome.rightCount, epoch: epoch)
      if monitor.keptEpoch == epoch { kept = validated.weights }
      if verdict == .finished { break }
    }
    let test = Batch(data.split.test[...], of: inputs, labels: labels)
    let (tensors, probabilities) = steps.finish(kept, test: test)
    return Outcome(
      tensors: tensors, history: history, bestEpoch: monitor.keptEpoch,
      probabilities: probabilities)
  }

  private func rowsPerClass(_ rows: [Int]) -> [Int] {
    rows.reduce(into: [Int](repeating: 0, count: task.classCount)) {
      $0[Int(data.labels[$1])] += 1
    }
  }
}
