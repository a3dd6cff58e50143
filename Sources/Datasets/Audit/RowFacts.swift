/// What is unusual about single rows of one side of a split.
public struct RowFacts: Sendable, Codable, Equatable {
  /// How long a run of samples at a row's own maximum or minimum has to be to count.
  public static let plateau = 5

  /// Rows.
  public let count: Int
  /// Rows of each class, in label order.
  public let classCounts: [Int]
  /// People, where the source names them.
  public let subjectCount: Int?
  /// Records, where the source names them.
  public let recordCount: Int?
  /// Samples before the padding at 0, 5, 25, 50, 75, 95 and 100 % of the rows.
  public let lengths: [Double]
  /// Rows without any padding: their pieces may have been longer.
  public let fullCount: Int
  /// Rows of zeros alone.
  public let flatCount: Int
  /// Rows with five samples or more in a row at their maximum.
  public let highPlateauCount: Int
  /// Rows with five samples or more in a row at their minimum, before the padding.
  public let lowPlateauCount: Int
  /// Rows that equal an earlier one of this side.
  public let copyCount: Int
  /// Rows that equal one of another class of this side.
  public let contradictionCount: Int

  init(_ rows: [Int], of data: Dataset) {
    count = rows.count
    classCounts = rows.reduce(into: [Int](repeating: 0, count: data.classes.count)) {
      $0[Int(data.labels[$1])] += 1
    }
    subjectCount = data.origins.map { origins in Set(rows.map { origins[$0].subject }).count }
    recordCount = data.origins.map { origins in Set(rows.map { origins[$0].record }).count }
    let lengths = rows.map { data.unpaddedLength(of: $0) }
    let sorted = lengths.sorted().map { Float($0) }
    self.lengths = [0, 0.05, 0.25, 0.5, 0.75, 0.95, 1].map {
      Double(RowSpread.quantile($0, ofSorted: sorted))
    }
    fullCount = lengths.count { $0 == data.rowWidth }
    flatCount = lengths.count { $0 == 0 }
    func plateaus(at value: Float) -> Int {
      zip(rows, lengths).count { row, length in
        Self.longestRun(of: value, in: data.row(row).prefix(length)) >= Self.plateau
      }
    }
    highPlateauCount = plateaus(at: 1)
    lowPlateauCount = plateaus(at: 0)
    let copies = RowCopies(rows, of: data)
    copyCount = copies.copyCount
    contradictionCount = rows.count { copies.contradict($0) }
  }

  private static func longestRun(of value: Float, in samples: ArraySlice<Float>) -> Int {
    var (longest, run) = (0, 0)
    for sample in samples {
      run = sample == value ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }
}

/// Rows by their content.
struct RowCopies {
  private let data: Dataset
  /// Rows of each class with a content; looked up only, never walked through.
  private var counts: [ArraySlice<Float>: [Int]] = [:]
  /// Rows that equal an earlier one.
  private(set) var copyCount = 0

  init(_ rows: [Int], of data: Dataset) {
    self.data = data
    for row in rows {
      let none = [Int](repeating: 0, count: data.classes.count)
      if counts[data.row(row)] != nil { copyCount += 1 }
      counts[data.row(row), default: none][Int(data.labels[row])] += 1
    }
  }

  /// Whether a row has an equal among the rows.
  func hold(_ row: Int) -> Bool { counts[data.row(row)] != nil }

  /// Whether a row has an equal of another class among them.
  func contradict(_ row: Int) -> Bool {
    let found = counts[data.row(row)] ?? []
    return found.indices.contains { $0 != Int(data.labels[row]) && found[$0] > 0 }
  }
}
