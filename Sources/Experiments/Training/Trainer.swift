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

  /// Trains until the recipe says stop, keeps the epoch of the best validation accuracy and
  /// predicts the test rows.
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
    let rows = TrainingRows(
      data.split.train, task: data.id, protocolLabel: data.protocolLabel,
      validationShare: recipe.validationShare)
    let network = Network(variant.plan(for: task), seed: seed, threads: threads)
    let optimizer = Adam()
    let state = (0..<optimizer.stateCount).map { _ in FloatBuffer(count: network.weights.count) }
    let shuffle = Philox(seed: seed, purpose: "epoch order")
    var schedule = PlateauSchedule(recipe)
    var history: [EpochRecord] = []
    var best = network.weights.array
    var step = 0
    for epoch in 1...max(1, recipe.maximumEpochs) {
      var random = shuffle.stream(UInt32(epoch))
      let order = random.shuffled(rows.fitting)
      var outcome = BatchOutcome()
      for first in stride(from: 0, to: order.count, by: recipe.batchSize) {
        step += 1
        let end = min(first + recipe.batchSize, order.count)
        outcome.add(
          network.train(
            Batch(order[first..<end], of: inputs, labels: labels), loss: task.loss,
            optimizer: optimizer, state: state, step: step,
            learningRate: Float(schedule.learningRate)))
        if isCancelled() { throw CancellationError() }
        progress(
          TrainingProgress(
            epoch: epoch, rows: end, rowsPerEpoch: order.count, lastEpoch: history.last))
      }
      let validation = network.evaluate(
        Batch(rows.validation[...], of: inputs, labels: labels), loss: task.loss)
      history.append(
        EpochRecord(
          epoch: epoch, learningRate: schedule.learningRate,
          trainLoss: outcome.lossSum / Double(order.count),
          trainAccuracy: Double(outcome.rightCount) / Double(order.count),
          validationLoss: validation.lossSum / Double(rows.validation.count),
          validationAccuracy: Double(validation.rightCount) / Double(rows.validation.count)))
      switch schedule.observe(validation.rightCount, epoch: epoch) {
      case .improved: best = network.weights.array
      case .waiting: break
      case .finished: return finish(network, best, history, schedule.bestEpoch, inputs, labels)
      }
    }
    return finish(network, best, history, schedule.bestEpoch, inputs, labels)
  }

  /// Puts the best weights back and predicts the test rows.
  private func finish(
    _ network: Network, _ best: [Float], _ history: [EpochRecord], _ bestEpoch: Int,
    _ inputs: UnsafeBufferPointer<Float>, _ labels: UnsafeBufferPointer<UInt8>
  ) -> Outcome {
    network.weights.assign(best)
    network.weightsDidChange()
    let test = Batch(data.split.test[...], of: inputs, labels: labels)
    return Outcome(
      tensors: network.tensors, history: history, bestEpoch: bestEpoch,
      probabilities: network.probabilities(test, loss: task.loss))
  }
}
