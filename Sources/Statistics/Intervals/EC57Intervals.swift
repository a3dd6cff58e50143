/// A measure of EC57 of one class, over all beats or as the mean over records.
public struct EC57Statistic: Hashable, Sendable {
  /// What the measure is taken over.
  public enum Scope: Hashable, Sendable, CaseIterable {
    /// All beats together.
    case gross
    /// Each record; the mean over those for which the measure is defined.
    case average
  }

  /// What it is taken over.
  public let scope: Scope
  /// The measure.
  public let measure: EC57Measure
  /// The class.
  public let beat: EC57Class

  /// A measure of a class.
  public init(_ scope: Scope, _ measure: EC57Measure, of beat: EC57Class) {
    self.scope = scope
    self.measure = measure
    self.beat = beat
  }

  /// Every measure of every class.
  public static let all = Scope.allCases.flatMap { scope in
    EC57Class.allCases.flatMap { beat in
      EC57Measure.allCases.map { EC57Statistic(scope, $0, of: beat) }
    }
  }
}

/// A measure of each record as a ratio of counts, of which gross measures are the ratios of sums.
private struct EC57Ratios {
  /// Counts above and below of each record.
  private let records: [(above: Int32, below: Int32)]

  init(_ measure: EC57Measure, of beat: EC57Class, in ec57: EC57) {
    let index = beat.rawValue
    records = ec57.records.map { record in
      let beats = record.beats
      let right = beats[index, index]
      let wrong = beat.mistakable.reduce(0) { $0 + beats[$1.rawValue, index] }
      let counts =
        switch measure {
        case .sensitivity: (right, beats.supports[index])
        case .positivePredictivity: (right, right + wrong)
        case .falsePositiveRate:
          (wrong, beats.total - beats.supports[index] - beats.predictions[index] + right + wrong)
        }
      return (Int32(counts.0), Int32(counts.1))
    }
  }

  /// The measure over all beats, where each record counts as often as its weight.
  func gross(_ weights: DrawBlock) -> DrawBlock.Sums {
    var above = DrawBlock.Counts.zero
    var below = DrawBlock.Counts.zero
    for (record, weights) in zip(records, weights.lanes) {
      above &+= weights &* DrawBlock.Counts(repeating: record.above)
      below &+= weights &* DrawBlock.Counts(repeating: record.below)
    }
    return DrawBlock.Sums(above) / DrawBlock.Sums(below)
  }

  /// The mean over the records that have it.
  func average(_ weights: DrawBlock) -> DrawBlock.Sums {
    var sum = DrawBlock.Sums.zero
    var count = DrawBlock.Counts.zero
    for (record, weights) in zip(records, weights.lanes) where record.below > 0 {
      sum += DrawBlock.Sums(weights) * (Double(record.above) / Double(record.below))
      count &+= weights
    }
    return sum / DrawBlock.Sums(count)
  }
}

/// The ratios of a model by class and measure.
struct EC57Counts: Sendable {
  private let ratios: [EC57Ratios]

  init(_ ec57: EC57) {
    ratios = EC57Class.allCases.flatMap { beat in
      EC57Measure.allCases.map { EC57Ratios($0, of: beat, in: ec57) }
    }
  }

  /// Every statistic in the order of `EC57Statistic.all`, for each weighting of the records; not a
  /// number where it is undefined, which 0 / 0 is.
  func statistics(_ weights: DrawBlock) -> [[Double]] {
    let sums = ratios.map { $0.gross(weights) } + ratios.map { $0.average(weights) }
    return weights.draws.indices.map { lane in sums.map { $0[lane] } }
  }
}

/// The people behind each class: over all beats by their beats, in means over records by records.
private struct EC57Holders {
  private let gross: ClassHolders
  private let average: ClassHolders

  init(of model: EC57, persons: [Int]) {
    func holders(_ weight: (Int) -> Int) -> ClassHolders {
      ClassHolders(
        EC57Class.allCases.map { beat in
          var counts = [Int](repeating: 0, count: (persons.max() ?? -1) + 1)
          for (record, person) in zip(model.records, persons) {
            counts[person] += weight(record.beats.supports[beat.rawValue])
          }
          return counts
        })
    }
    gross = holders { $0 }
    average = holders { min($0, 1) }
  }

  func effectiveCount(_ statistic: EC57Statistic) -> Double? {
    (statistic.scope == .gross ? gross : average)
      .effectiveCount(statistic.measure, of: statistic.beat)
  }
}

/// The measures of EC57 in bootstrap draws of people: each draw takes all records of a person.
///
/// The share of a person, by which parts are measured, is that of its records.
public struct EC57Resampling: Sendable {
  /// Weights of records.
  private let resampling: Resampling
  private let recordCount: Int
  private let workers: Int

  /// Draws people.
  ///
  /// - Parameter subjects: The person of each record, in the order of the records.
  public init(subjects: [String], seed: Int, workers: Int) {
    resampling = Resampling(subjects: subjects, seed: seed)
    recordCount = subjects.count
    self.workers = workers
  }

  /// How intervals are made of the draws.
  public var intervalMethod: IntervalMethod { resampling.intervalMethod }
  /// People that are drawn.
  public var personCount: Int { resampling.unitCount }

  /// The statistics of some models in every draw, the same draws for each model; undefined in all of
  /// them where too few people, ``ClassSubjects/fewest``, have the class.
  public func replicates(of models: [EC57], draws: Int) -> [Replicates<EC57Statistic>] {
    zip(models, drawn(models, draws: draws)).map { model, replicates in
      let holders = EC57Holders(of: model, persons: persons)
      return replicates.leavingOut { holders.effectiveCount($0).isTooFew }
    }
  }

  /// The statistics in every draw, whoever has the classes.
  func drawn(_ models: [EC57], draws: Int) -> [Replicates<EC57Statistic>] {
    evaluate(models, weightings: draws) { resampling.weights(draw: $0) }.map { values in
      Replicates(metrics: EC57Statistic.all, drawCount: draws, values: values)
    }
  }

  /// The person of each record.
  private var persons: [Int] { resampling.units ?? Array(0..<recordCount) }

  /// What each person adds to the statistics of some models.
  public func contributions(of models: [EC57]) -> [Contributions<EC57Statistic>] {
    let persons = self.persons
    let base: UInt16 = 1000
    let values = evaluate(models, weightings: 2 * personCount + 1) { place in
      let changed = place % 2 == 0 ? base + 1 : base - 1
      return persons.map { $0 == place / 2 ? changed : base }
    }
    let shares = (0..<personCount).map { person in
      Double(persons.count { $0 == person }) / Double(recordCount)
    }
    return zip(models, values).map { model, values in
      let holders = EC57Holders(of: model, persons: persons)
      return Contributions(
        metrics: EC57Statistic.all, shares: shares, values: values, step: 1 / Double(base)
      ) { holders.effectiveCount($0).map(UnitBasis.subjects) ?? .all }
    }
  }

  private func evaluate(
    _ models: [EC57], weightings: Int, _ weights: @Sendable (Int) -> [UInt16]
  ) -> [[Double]] {
    let counts = models.map { EC57Counts($0) }
    return resampling.evaluate(
      weightings: weightings, workers: workers,
      width: models.map { _ in EC57Statistic.all.count }, weights
    ) { block, model in counts[model].statistics(block) }
  }
}
