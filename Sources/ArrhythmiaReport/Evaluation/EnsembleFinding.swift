import Experiments
import Statistics

/// What one way of joining networks came to on a task.
struct EnsembleFinding {
  /// The ensembles, one a seed.
  let ensemble: EvaluatedVariant
  /// How each was put together; of several folds, in the first one.
  let files: [EnsembleFile]
  /// The network with the highest mean accuracy on validation rows, against which joining pays or
  /// does not; `nil` where no training has recorded one.
  let leader: EvaluatedVariant?
  private let gains: [Score: Comparison]

  fileprivate init(
    _ ensemble: EvaluatedVariant, leader: EvaluatedVariant?, gains: [Score: Comparison]
  ) {
    self.ensemble = ensemble
    self.leader = leader
    self.gains = gains
    files = ensemble.cells.compactMap(\.result.ensemble)
  }

  /// What the ensemble gains over the leading network by accuracy or F1, corrected for the number of
  /// ensembles.
  func gain(by score: Score) -> Comparison? { gains[score] }

  /// Whether each of several folds chose for itself: what was chosen is known of the first one only.
  var isOfFolds: Bool { ensemble.cells.contains { $0.result.foldCount > 1 } }

  /// Mean over the seeds of the score that choosing on the test rows would have been said to reach;
  /// `nil` for several folds.
  func chosenOnTest(by score: Score) -> Double? {
    guard !isOfFolds else { return nil }
    return ScoreEstimate(files.map { $0.chosenOnTest.test(score) }).mean
  }

  /// How much more that is than what choosing on validation rows reaches, on the same test rows; the
  /// highest of all choices, so that no test of it would mean anything.
  func flattery(by score: Score) -> Double? {
    let own = ScoreEstimate(files.map { $0.chosen?.test(score) }).mean
    guard let own, let other = chosenOnTest(by: score) else { return nil }
    return other - own
  }
}

extension EvaluatedTask {
  /// What every way of joining networks came to.
  var ensembleFindings: [EnsembleFinding] {
    let leader = leadingNetwork
    let ensembles = ensembles
    var gains = [[Score: Comparison]](repeating: [:], count: ensembles.count)
    for score in [Score.accuracy, .f1] {
      let pairs = leader.map { leader in ensembles.map { (first: $0, second: leader) } } ?? []
      for (index, gain) in Comparison.family(pairs, by: metric(score)).enumerated() {
        gains[index][score] = gain
      }
    }
    return zip(ensembles, gains).map {
      EnsembleFinding($0, leader: leader, gains: $1)
    }
  }

  /// The network with the highest mean accuracy on validation rows; the first of several.
  var leadingNetwork: EvaluatedVariant? {
    networks.reduce(nil) { best, variant in
      guard let value = variant.validationAccuracy else { return best }
      guard let highest = best?.validationAccuracy, highest >= value else { return variant }
      return best
    }
  }

  /// Title of a network by its name as a member of ensembles, for example `baseline+tuned`.
  func title(ofMember name: String) -> String {
    network(ofMember: name).map(title(of:)) ?? name
  }

  /// The network that is a member of ensembles under a name.
  func network(ofMember name: String) -> EvaluatedVariant? {
    networks.first { network in
      name == network.facts.id && network.recipe == RecipeName.published
        || name == "\(network.facts.id)+\(network.recipe)"
    }
  }
}

extension EnsembleFile {
  /// The entry of the size that was chosen.
  var chosen: Size? { sizes.first { $0.size == size } }

  /// The members, best first.
  var members: ArraySlice<String> { ranking.prefix(size) }
}

extension EnsembleFile.Size {
  /// A score on the test rows; `nil` for one that is not kept.
  func test(_ score: Score) -> Double? {
    switch score {
    case .accuracy: testAccuracy
    case .f1: testF1
    case .auroc, .auprc: nil
    }
  }

  /// A score on validation rows, each answered out of its part; `nil` for one that is not kept.
  func validation(_ score: Score) -> Double? {
    switch score {
    case .accuracy: validationAccuracy
    case .f1: validationF1
    case .auroc, .auprc: nil
    }
  }
}
