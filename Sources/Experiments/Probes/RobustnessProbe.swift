import Datasets
import Models
import Neural
import Tensors

/// Adds noise to test rows and asks a trained network again.
struct RobustnessProbe {
  let description: CellDescription
  let weights: [NamedTensor]
  /// The rows that the network is fed.
  let data: Dataset

  /// The answers under every noise at every ratio; `nil` for a network that tells no classes apart.
  ///
  /// - Parameter isCancelled: Asked before each level; then `CancellationError` is thrown.
  func answers(isCancelled: () -> Bool) throws -> DisturbedAnswers? {
    guard let loss = description.recipe.classificationLoss(for: description.task) else {
      return nil
    }
    let network = Network(
      description.variant.plan(for: description.task), seed: description.seed,
      batchSize: description.recipe.batchSize)
    try network.load(weights, .all)
    let chosen = rows
    let labels = chosen.map { Int(data.labels[$0]) }
    func packed(_ values: [Float]) throws -> PackedPredictions {
      if isCancelled() { throw CancellationError() }
      let probabilities = probabilities(values, labels) { network.probabilities($0, loss: loss) }
      return PackedPredictions(
        labels: labels, probabilities: probabilities.map(Double.init),
        classCount: description.task.classCount)
    }
    let clean = try packed(chosen.flatMap { Array(data.row($0)) })
    let noisy = try DisturbedAnswers.levels.map { disturbance, decibels in
      try packed(
        chosen.flatMap { row in
          data.row(
            row,
            withSignal: disturbance.disturb(
              data.signal(of: row), row: row, decibels: Double(decibels),
              samplingRate: data.rowSamplingRate))
        })
    }
    return DisturbedAnswers(clean: clean, noisy: noisy)
  }

  /// The test rows that are disturbed: the same for every network of a task.
  var rows: [Int] {
    let test = data.folds[description.fold].test
    guard test.count > RobustnessFile.rowLimit else { return test }
    var random = Philox(seed: 0, purpose: "disturbed rows", path: data.drawPath)
      .stream(UInt32(description.fold))
    return random.shuffled(test).prefix(RobustnessFile.rowLimit).sorted()
  }

  private func probabilities(
    _ values: [Float], _ labels: [Int], _ answers: (Batch) -> [Float]
  ) -> [Float] {
    values.withUnsafeBufferPointer { inputs in
      labels.map { UInt8($0) }.withUnsafeBufferPointer { labels in
        answers(Batch(Array(labels.indices)[...], of: inputs, labels: labels))
      }
    }
  }
}
