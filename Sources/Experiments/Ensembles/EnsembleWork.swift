import Datasets
import Models
import Neural
import Statistics

/// An ensemble of finished cells, with what it leaves in the store.
struct EnsembleWork: CellWork {
  /// A cell that may become a member.
  struct Candidate: Encodable {
    let name: String
    let key: String
    let parameters: Int
    let multiplyAdds: Int

    // Size and cost follow from the key; the name stands in the ranking.
    private enum CodingKeys: String, CodingKey {
      case name, key
    }
  }

  let method: EnsembleMethod
  let task: String
  let classCount: Int
  let seed: Int
  let fold: Int
  let candidates: [Candidate]

  private struct Document: Encodable {
    let task: String
    let classCount: Int
    let variant: EnsembleMethod
    let seed: Int
    let fold: Int
    let candidates: [Candidate]
    let numericVersion: String
    let ensembleVersion: String
  }

  func canonicalJSON() throws -> [UInt8] {
    try CanonicalJSON.encode(
      Document(
        task: task, classCount: classCount, variant: method, seed: seed, fold: fold,
        candidates: candidates, numericVersion: NumericVersion.shared,
        ensembleVersion: NumericVersion.ensembles))
  }

  func files(
    store: RunStore, threads: Int, progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> CellFiles {
    let clock = ContinuousClock()
    let start = clock.now
    let selection = try selection(store)
    let validation = selection.crossFitted()
    let order = selection.ranking(on: Array(selection.validationLabels.indices))
    var sizes: [EnsembleFile.Size] = []
    var tests: [(answers: [Float], stacker: Stacker?)] = []
    for size in 1...candidates.count {
      if isCancelled() { throw CancellationError() }
      tests.append(selection.test(order, size: size))
      sizes.append(
        try entry(size, selection, validation: validation[size - 1], test: tests[size - 1].answers))
    }
    let best = Self.first(of: sizes, by: \.validationAccuracy)
    let chosen = tests[best]
    let packed = PackedPredictions(
      labels: selection.testLabels, probabilities: chosen.answers.map(Double.init),
      classCount: classCount)
    let members = order.prefix(best + 1).map { candidates[$0] }
    let file = EnsembleFile(
      ranking: order.map { candidates[$0].name }, size: best + 1, sizes: sizes,
      testRanking: selection.testRanking.map { candidates[$0].name },
      chosenOnTest: try chosenOnTest(selection),
      parameters: members.reduce(chosen.stacker?.parameterCount ?? 0) { $0 + $1.parameters },
      multiplyAdds: members.reduce(chosen.stacker?.multiplyAdds ?? 0) { $0 + $1.multiplyAdds })
    return CellFiles(
      files: [
        (CellFile.description, try canonicalJSON()),
        (CellFile.ensemble, try CanonicalJSON.encode(file)),
        (
          CellFile.predictions,
          PredictionsFile.encode(
            labels: selection.testLabels, probabilities: chosen.answers, classCount: classCount)
        ),
        (
          CellFile.validation,
          PredictionsFile.encode(
            labels: selection.validationLabels, probabilities: validation[best],
            classCount: classCount)
        ),
        (CellFile.metrics, try packed.metrics()),
      ], epochs: 0, rows: 0, seconds: (clock.now - start) / .seconds(1),
      score: .accuracy(sizes[best].validationAccuracy))
  }

  private func selection(_ store: RunStore) throws -> EnsembleSelection {
    var members: [EnsembleMember] = []
    var labels: (validation: [Int], test: [Int]) = ([], [])
    for candidate in candidates {
      let validation = try store.answers(.validation, cell: candidate.key)
      let test = try store.answers(.test, cell: candidate.key)
      guard members.isEmpty || labels == (validation.labels, test.labels) else {
        throw ExperimentsError.unusablePredictions(
          path: store.cellFolder(candidate.key), problem: "its rows are not those of the others")
      }
      labels = (validation.labels, test.labels)
      members.append(
        EnsembleMember(
          name: candidate.name, validation: validation.probabilities, test: test.probabilities))
    }
    return EnsembleSelection(
      method: method, members: members, validationLabels: labels.validation,
      testLabels: labels.test, classCount: classCount)
  }

  private func metrics(_ answers: [Float], _ labels: [Int]) throws -> ClassificationMetrics {
    try ClassificationMetrics(
      labels: labels, probabilities: answers.map(Double.init), classCount: classCount)
  }

  private func entry(
    _ size: Int, _ selection: EnsembleSelection, validation: [Float]?, test: [Float]
  ) throws -> EnsembleFile.Size {
    let inner = try validation.map { try metrics($0, selection.validationLabels) }
    let outer = try metrics(test, selection.testLabels)
    let f1: Metric = classCount == 2 ? .perClass(.f1, 1) : .summary(.macroF1)
    return EnsembleFile.Size(
      size: size, validationAccuracy: inner?.accuracy.value, validationF1: inner?[f1].value,
      testAccuracy: outer.accuracy.value, testF1: outer[f1].value)
  }

  /// What ranking and choosing on the test rows would have given.
  private func chosenOnTest(_ selection: EnsembleSelection) throws -> EnsembleFile.Size {
    let order = selection.testRanking
    let sizes = try (1...candidates.count).map { size in
      try entry(
        size, selection, validation: nil, test: selection.test(order, size: size).answers)
    }
    return sizes[Self.first(of: sizes, by: \.testAccuracy)]
  }

  /// The place of the largest; the first of several.
  private static func first(
    of sizes: [EnsembleFile.Size], by score: (EnsembleFile.Size) -> Double?
  ) -> Int {
    sizes.indices.reduce(0) { (score(sizes[$1]) ?? -1) > (score(sizes[$0]) ?? -1) ? $1 : $0 }
  }
}
