/// How many people, each weighed by its rows, have each class, and how many have anything else.
struct ClassHolders {
  private let own: [ClassSubjects]
  private let others: [ClassSubjects]
  private let all: ClassSubjects?

  /// - Parameter counts: Rows, `[classes][people]`; none where people are not known.
  init(_ counts: [[Int]]) {
    all = counts.first.map { first in
      ClassSubjects(rows: first.indices.map { person in counts.reduce(0) { $0 + $1[person] } })
    }
    own = counts.map { ClassSubjects(rows: $0) }
    others = counts.indices.map { index in
      ClassSubjects(
        rows: counts[index].indices.map { person in
          counts.indices.reduce(0) { $1 == index ? $0 : $0 + counts[$1][person] }
        })
    }
  }

  /// How many people a metric of one class, or of all rows together, rests on; `nil` where people
  /// are not known.
  func effectiveCount(_ metric: Metric) -> Double? {
    guard case .perClass(let kind, let index) = metric else { return all?.effective }
    guard own.indices.contains(index) else { return nil }
    return switch kind {
    case .sensitivity: own[index].effective
    case .specificity: others[index].effective
    case .positivePredictiveValue, .f1, .auroc, .averagePrecision:
      min(own[index].effective, others[index].effective)
    }
  }

  /// What tells how many people a metric rests on.
  func basis(of metric: Metric) -> UnitBasis {
    switch metric {
    case .perClass: effectiveCount(metric).map(UnitBasis.subjects) ?? .all
    case .summary(.macroF1), .summary(.balancedAccuracy), .summary(.aurocMacro),
      .summary(.averagePrecisionMacro):
      meanBasis
    case .summary: .all
    }
  }

  /// What tells how many people a mean over classes rests on.
  var meanBasis: UnitBasis { own.isEmpty ? .all : .influences }

  /// The same of a measure of EC57.
  func effectiveCount(_ measure: EC57Measure, of beat: EC57Class) -> Double? {
    let metric: ClassMetric =
      switch measure {
      case .sensitivity: .sensitivity
      case .positivePredictivity: .positivePredictiveValue
      case .falsePositiveRate: .specificity
      }
    return effectiveCount(.perClass(metric, beat.rawValue))
  }
}

extension Double? {
  /// Whether so few people are behind something that it has no interval.
  var isTooFew: Bool { map { $0 < Double(ClassSubjects.fewest) } ?? false }
}

extension ClassHolders {
  /// Whether curves are of one class and rest on too few people; their mean over classes does not
  /// count.
  func areTooFew(for curves: [CurveMember]) -> Bool {
    guard let index = curves.first?.classIndex, curves.allSatisfy({ $0.classIndex == index }) else {
      return false
    }
    return effectiveCount(.perClass(.auroc, index)).isTooFew
  }
}

extension Replicates {
  /// The same draws, with some statistics undefined in all of them, so that they have no interval.
  func leavingOut(_ isLeftOut: (Statistic) -> Bool) -> Replicates {
    guard metrics.contains(where: isLeftOut) else { return self }
    var values = values
    for (column, metric) in metrics.enumerated() where isLeftOut(metric) {
      for draw in 0..<drawCount { values[column * drawCount + draw] = .nan }
    }
    return Replicates(metrics: metrics, drawCount: drawCount, values: values)
  }
}
