/// How many people rows of a class come from.
public struct ClassSubjects: Sendable, Equatable {
  /// So many people, each weighed by its rows, have to have a class for intervals of what is said of
  /// it. Of fewer a draw takes the same few again and again, and intervals hold the true value far
  /// less often than they say (docs/statistics.md).
  public static let fewest = 5

  /// People with rows of the class.
  public let count: Int
  /// Effective number of people, (Σn)² / Σn² of the rows n that each has: so many people with as many
  /// rows each would say as much. Kish 1965, Survey Sampling, chapter 11; 0 without rows.
  public let effective: Double

  /// Counts people.
  ///
  /// - Parameter rows: Rows of the class that each person has.
  init(rows: [Int]) {
    count = rows.count { $0 > 0 }
    let sum = rows.reduce(0.0) { $0 + Double($1) }
    let squares = rows.reduce(0.0) { $0 + Double($1) * Double($1) }
    effective = squares > 0 ? sum * sum / squares : 0
  }

  /// Whether the class has no intervals.
  public var areTooFew: Bool { Double?(effective).isTooFew }
}

extension Resampling {
  /// The people behind each class; `nil` where rows are drawn, not people.
  ///
  /// - Precondition: There is a label below `classCount` for each row.
  public func subjects(of labels: [Int], classCount: Int) -> [ClassSubjects]? {
    counts(of: labels, classCount: classCount)?.map(ClassSubjects.init(rows:))
  }

  /// Rows of each class and person, `[classes][people]`.
  private func counts(of labels: [Int], classCount: Int) -> [[Int]]? {
    guard let units else { return nil }
    precondition(labels.count == rowCount, "\(labels.count) labels for \(rowCount) rows")
    var counts = [[Int]](repeating: [Int](repeating: 0, count: unitCount), count: classCount)
    for (label, unit) in zip(labels, units) { counts[label][unit] += 1 }
    return counts
  }

  /// The people behind the classes of a model's rows.
  func classHolders(of model: Predictions) -> ClassHolders {
    ClassHolders(counts(of: model.labels, classCount: model.classCount) ?? [])
  }
}
