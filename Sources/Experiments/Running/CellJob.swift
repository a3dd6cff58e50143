import Datasets
import Models
import Neural
import Statistics
import Tensors

/// A cell that is still to be trained: trains it and writes it into the store.
struct CellJob: Sendable {
  let name: CellName
  let key: String
  let description: CellDescription
  let facts: VariantFacts
  let data: Dataset

  /// Multiply-adds of an epoch: what jobs are ordered by.
  var cost: Int { facts.multiplyAdds * data.split.train.count }

  func run(
    into store: RunStore, threads: Int, progress: (TrainingProgress) -> Void,
    isCancelled: () -> Bool
  ) throws -> (timing: CellTiming, accuracy: Double) {
    let trainer = Trainer(
      variant: description.variant, task: description.task, recipe: description.recipe,
      seed: description.seed, threads: threads, data: data)
    let clock = ContinuousClock()
    let start = clock.now
    let outcome = try trainer.run(progress: progress, isCancelled: isCancelled)
    let seconds = (clock.now - start) / .seconds(1)
    let epochs = outcome.history.count
    let timing = CellTiming(
      seconds: seconds, epochs: epochs,
      rowsPerSecond: Double(epochs * data.split.train.count) / seconds, threads: threads,
      instructionSet: Kernels.current.name)
    let labels = data.split.test.map { Int(data.labels[$0]) }
    let metrics = try ClassificationMetrics(
      labels: labels, probabilities: outcome.probabilities.map(Double.init),
      classCount: description.task.classCount)
    try store.write(
      [
        (CellFile.description, description.canonicalJSON()),
        (CellFile.history, HistoryFile.encode(outcome.history)),
        (
          CellFile.predictions,
          PredictionsFile.encode(
            labels: labels, probabilities: outcome.probabilities,
            classCount: description.task.classCount)
        ),
        (CellFile.weights, SafeTensors.encode(outcome.tensors)),
        (CellFile.metrics, CanonicalJSON.encode(MetricsDocument(metrics))),
        (CellFile.timing, CanonicalJSON.encode(timing)),
      ], cell: key)
    return (timing, metrics.accuracy.value ?? 0)
  }
}
