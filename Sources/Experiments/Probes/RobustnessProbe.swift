import Datasets
import Models
import Neural
import Tensors

/// Adds noise to test rows and asks a trained network again.
struct RobustnessProbe {
  let description: CellDescription
  let weights: [NamedTensor]
  let data: Dataset

  /// The answers under every noise at every ratio; `nil` for a network that tells no classes apart.
  ///
  /// - Parameter isCancelled: Asked before each level; then `CancellationError` is thrown.
  func file(isCancelled: () -> Bool) throws -> RobustnessFile? {
    guard let loss = description.recipe.classificationLoss(for: description.task) else {
      return nil
    }
    let network = Network(
      description.variant.plan(for: description.task), seed: description.seed,
      batchSize: description.recipe.batchSize)
    try network.load(weights, .all)
    let chosen = rows
    let labels = chosen.map { data.labels[$0] }
    func counts(_ values: [Float]) throws -> [Int] {
      if isCancelled() { throw CancellationError() }
      return self.counts(values, labels) { network.probabilities($0, loss: loss) }
    }
    let clean = try counts(chosen.flatMap { Array(data.row($0)) })
    var levels: [RobustnessFile.Level] = []
    for disturbance in Disturbance.allCases {
      for decibels in RobustnessFile.ratios {
        let values = chosen.flatMap { row in
          disturbance.disturb(
            Array(data.row(row)), row: row, length: data.unpaddedLength(of: row),
            decibels: Double(decibels), samplingRate: data.rowSamplingRate)
        }
        levels.append(
          .init(disturbance: disturbance, decibels: decibels, counts: try counts(values)))
      }
    }
    return RobustnessFile(rowCount: chosen.count, clean: clean, levels: levels)
  }

  /// The test rows that are disturbed: the same for every network of a task.
  var rows: [Int] {
    let test = data.folds[description.fold].test
    guard test.count > RobustnessFile.rowLimit else { return test }
    var random = Philox(seed: 0, purpose: "disturbed rows", path: data.drawPath)
      .stream(UInt32(description.fold))
    return random.shuffled(test).prefix(RobustnessFile.rowLimit).sorted()
  }

  /// Rows by true and predicted class.
  private func counts(
    _ values: [Float], _ labels: [UInt8], _ probabilities: (Batch) -> [Float]
  ) -> [Int] {
    let classCount = description.task.classCount
    var counts = [Int](repeating: 0, count: classCount * classCount)
    let answers = values.withUnsafeBufferPointer { inputs in
      labels.withUnsafeBufferPointer { labels in
        probabilities(Batch(Array(labels.indices)[...], of: inputs, labels: labels))
      }
    }
    for (place, label) in labels.enumerated() {
      let row = answers[place * classCount..<(place + 1) * classCount]
      counts[Int(label) * classCount + row.placeOfLargest] += 1
    }
    return counts
  }
}
