/// What a network, or an ensemble, says of some test rows without noise and under every noise at every
/// ratio, with the precision at which answers are stored.
struct DisturbedAnswers: Sendable {
  /// Every noise at every ratio, in the order of the file.
  static let levels = Disturbance.allCases.flatMap { disturbance in
    RobustnessFile.ratios.map { (disturbance: disturbance, decibels: $0) }
  }

  /// The rows as they are.
  let clean: PackedPredictions
  /// The same rows at each of ``levels``.
  let noisy: [PackedPredictions]

  /// The counts that are stored.
  var file: RobustnessFile {
    RobustnessFile(
      rowCount: clean.labels.count, clean: counts(clean),
      levels: zip(Self.levels, noisy).map { level, answers in
        .init(
          disturbance: level.disturbance, decibels: level.decibels, counts: counts(answers))
      })
  }

  /// Rows by true and predicted class.
  private func counts(_ answers: PackedPredictions) -> [Int] {
    let classCount = answers.classCount
    let probabilities = answers.probabilities
    var counts = [Int](repeating: 0, count: classCount * classCount)
    for (place, label) in answers.labels.enumerated() {
      let row = probabilities[place * classCount..<(place + 1) * classCount]
      counts[label * classCount + row.placeOfLargest] += 1
    }
    return counts
  }
}

extension EnsembleWork {
  /// The members that the finished ensemble has, best first: the first ones of its ranking.
  func members(_ file: EnsembleFile) -> [Candidate] {
    file.ranking.prefix(file.size).compactMap { name in candidates.first { $0.name == name } }
  }

  /// Joins what the members say of disturbed rows as the finished ensemble joins their answers: the
  /// same members, and what is fitted is fitted to the same validation rows again.
  ///
  /// - Parameter answers: Those of ``members(_:)``, in their order.
  func joined(_ answers: [DisturbedAnswers], _ file: EnsembleFile, in store: RunStore) throws
    -> DisturbedAnswers?
  {
    guard let first = answers.first, answers.count == file.size else { return nil }
    let validation = try members(file).map { try store.answers(.validation, cell: $0.key) }
    let labels = validation[0].labels
    let ensemble = FittedEnsemble(
      method, validation.map(\.probabilities), labels: labels, rows: Array(labels.indices),
      classCount: classCount)
    func join(_ members: [PackedPredictions]) -> PackedPredictions {
      PackedPredictions(
        labels: first.clean.labels,
        probabilities: ensemble.join(
          members.map(\.probabilities), rows: Array(first.clean.labels.indices)
        ).map(Double.init), classCount: classCount)
    }
    return DisturbedAnswers(
      clean: join(answers.map(\.clean)),
      noisy: first.noisy.indices.map { level in join(answers.map { $0.noisy[level] }) })
  }
}
