import Datasets
import Statistics

/// The test rows that the trainings of one run have right and those of the other wrong.
///
/// A run has a row right where more than half of its seeds have; its answer is the class that most
/// seeds give, the first of several.
public struct ChangedRows: Sendable, Equatable {
  /// A test row.
  public struct Row: Sendable, Equatable {
    /// Its place among the test rows, from 0.
    public let place: Int
    /// Its class.
    public let label: Int
    /// What the old run says.
    public let old: Int
    /// What the new run says.
    public let new: Int
    /// The record it was cut from, or else its subject; `nil` where neither is known.
    public let record: String?
  }

  /// Rows that only the new run has right.
  public let gained: [Row]
  /// Rows that only the old run has right.
  public let lost: [Row]

  /// Compares the answers of some trainings with those of others on the same rows.
  init(_ old: [Predictions], _ new: [Predictions], of data: DatasetSummary) {
    let records =
      data.testRecords.map { $0.flatMap { Array(repeating: $0.record, count: $0.count) } }
      ?? data.testSubjects
    let (one, other) = (Vote(old), Vote(new))
    let changed = (old.first?.labels ?? []).enumerated().filter {
      one.isRight[$0.offset] != other.isRight[$0.offset]
    }.map { place, label in
      Row(
        place: place, label: label, old: one.answers[place], new: other.answers[place],
        record: records?[place])
    }
    gained = changed.filter { other.isRight[$0.place] }
    lost = changed.filter { one.isRight[$0.place] }
  }

  /// How many rows of each class were gained and lost, in class order.
  func counts(classCount: Int) -> [(gained: Int, lost: Int)] {
    (0..<classCount).map { label in
      (gained.count { $0.label == label }, lost.count { $0.label == label })
    }
  }

  /// The same by record: most changed rows first; none where no record is known.
  var recordCounts: [(record: String, gained: Int, lost: Int)] {
    let records = Set((gained + lost).compactMap(\.record)).sorted()
    return records.map { record in
      (record, gained.count { $0.record == record }, lost.count { $0.record == record })
    }.sorted { ($1.1 + $1.2, $0.0) < ($0.1 + $0.2, $1.0) }
  }
}

/// What several trainings say together.
private struct Vote {
  let answers: [Int]
  let isRight: [Bool]

  init(_ models: [Predictions]) {
    let labels = models.first?.labels ?? []
    let classCount = models.first?.classCount ?? 0
    answers = labels.indices.map { row in
      var votes = [Int](repeating: 0, count: classCount)
      for model in models { votes[model.predicted[row]] += 1 }
      return votes.indices.reduce(0) { votes[$1] > votes[$0] ? $1 : $0 }
    }
    isRight = labels.enumerated().map { row, label in
      2 * models.count { $0.predicted[row] == label } > models.count
    }
  }
}
