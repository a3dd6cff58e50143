/// The rows in the order of their score for one class, made once and evaluated for many weights.
struct ClassRanking: Sendable {
  /// Rows from the highest score down; each with two flags, see ``Entry``.
  private let entries: [Entry]
  /// The positive rows, ascending.
  private let positiveRows: [UInt32]
  /// The class, for messages.
  private let name: String

  /// A row number, whether the row is positive, and whether the next row has a lower score.
  private struct Entry {
    private let bits: UInt32

    init(row: Int, isPositive: Bool, endsTie: Bool) {
      bits = UInt32(row) << 2 | (endsTie ? 2 : 0) | (isPositive ? 1 : 0)
    }

    var row: Int { Int(bits >> 2) }
    var positive: Int { Int(bits & 1) }
    var endsTie: Bool { bits & 2 != 0 }
  }

  /// Ranks rows by `score`; `name` is what messages call the positive rows' class.
  ///
  /// - Precondition: There are fewer than 2³⁰ rows.
  init(rowCount: Int, name: String, score: (Int) -> Double, isPositive: (Int) -> Bool) {
    precondition(rowCount < 1 << 30, "\(rowCount) rows are too many to rank")
    self.name = name
    positiveRows = (0..<rowCount).filter(isPositive).map(UInt32.init)
    let ranked = (0..<rowCount).map { (row: $0, score: score($0)) }
      .sorted { $0.score != $1.score ? $0.score > $1.score : $0.row < $1.row }
    entries = ranked.indices.map { index in
      let isLast = index + 1 == ranked.count
      let row = ranked[index].row
      return Entry(
        row: row, isPositive: isPositive(row),
        endsTie: isLast || ranked[index].score != ranked[index + 1].score)
    }
  }

  /// Positive and all rows at and above each score, from the highest score down; O(rows).
  @inline(__always)
  func walk(_ weights: [UInt16], _ visit: (_ positives: Int, _ rows: Int) -> Void) {
    var positives = 0
    var rows = 0
    entries.withUnsafeBufferPointer { entries in
      weights.withUnsafeBufferPointer { weights in
        for entry in entries {
          let weight = Int(weights[entry.row])
          rows += weight
          positives += weight &* entry.positive
          if entry.endsTie { visit(positives, rows) }
        }
      }
    }
  }

  /// Positive rows and all rows.
  func totals(_ weights: [UInt16]) -> (positives: Int, rows: Int) {
    (
      positiveRows.reduce(0) { $0 + Int(weights[Int($1)]) },
      weights.reduce(0) { $0 + Int($1) }
    )
  }

  /// The area under the ROC curve and the average precision, Σ (Rₙ − Rₙ₋₁) Pₙ.
  ///
  /// The area is the Mann–Whitney statistic, in which a tie counts half: Hanley and McNeil 1982,
  /// doi:10.1148/radiology.143.1.7063747.
  func areas(weights: [UInt16]) -> (auroc: MetricValue, averagePrecision: MetricValue) {
    var lastPositives = 0
    var lastRows = 0
    var doubledPairs = 0
    var precisionSum = 0.0
    walk(weights) { positives, rows in
      let newPositives = positives - lastPositives
      let newNegatives = rows - lastRows - newPositives
      doubledPairs += newNegatives &* (lastPositives + positives)
      // Most thresholds of a rare class take in no positive row: no division for them.
      if newPositives > 0 { precisionSum += Double(newPositives * positives) / Double(rows) }
      lastPositives = positives
      lastRows = rows
    }
    let negatives = lastRows - lastPositives
    guard lastPositives > 0 else {
      return (.undefined("\(name) does not occur"), .undefined("\(name) does not occur"))
    }
    let averagePrecision = MetricValue.defined(precisionSum / Double(lastPositives))
    guard negatives > 0 else {
      return (.undefined("every row is of \(name)"), averagePrecision)
    }
    let pairs = 2 * Double(lastPositives) * Double(negatives)
    return (.defined(Double(doubledPairs) / pairs), averagePrecision)
  }
}
