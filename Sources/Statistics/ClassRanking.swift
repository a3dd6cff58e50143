/// The rows in the order of their score for one class, made once and evaluated for many weights.
struct ClassRanking: Sendable {
  /// Rows from the highest score down; each with its flags, see ``Entry``.
  private let entries: [Entry]
  /// The positive rows, ascending.
  private let positiveRows: [UInt32]
  /// The class, for messages.
  private let name: String

  /// A row number, whether the row is positive, whether the next row has a lower score, and whether
  /// a row of the same score so far is positive.
  private struct Entry {
    private let bits: UInt32

    init(row: Int, isPositive: Bool, endsTie: Bool, hasPositive: Bool) {
      bits = UInt32(row) << 3 | (hasPositive ? 4 : 0) | (endsTie ? 2 : 0) | (isPositive ? 1 : 0)
    }

    var row: Int { Int(bits >> 3) }
    var positive: Int { Int(bits & 1) }
    var isPositive: Bool { bits & 1 != 0 }
    var endsTie: Bool { bits & 2 != 0 }
    var hasPositive: Bool { bits & 4 != 0 }
  }

  /// Ranks rows by `score`; `name` is what messages call the positive rows' class.
  ///
  /// - Precondition: There are fewer than 2²⁹ rows.
  init(rowCount: Int, name: String, score: (Int) -> Double, isPositive: (Int) -> Bool) {
    precondition(rowCount < 1 << 29, "\(rowCount) rows are too many to rank")
    self.name = name
    positiveRows = (0..<rowCount).filter(isPositive).map(UInt32.init)
    let order = FallingOrder(count: rowCount, score: score, isPositive: isPositive)
    var hasPositive = false
    entries = order.elements.indices.map { index in
      let element = order.elements[index]
      let endsTie = order.endsTie(at: index)
      hasPositive = hasPositive || element.isPositive
      defer { hasPositive = hasPositive && !endsTie }
      return Entry(
        row: element.row, isPositive: element.isPositive, endsTie: endsTie,
        hasPositive: hasPositive)
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

  /// The area under the ROC curve and the average precision, Σ (Rₙ − Rₙ₋₁) Pₙ, for each weighting.
  ///
  /// The area is the Mann–Whitney statistic, in which a tie counts half: Hanley and McNeil 1982,
  /// doi:10.1148/radiology.143.1.7063747. Both need a look at a score only where a row of it is
  /// positive: lost are the pairs of such a row with the negative ones above it.
  func areas(_ block: DrawBlock) -> [(auroc: MetricValue, averagePrecision: MetricValue)] {
    var positives = DrawBlock.Counts.zero
    var rows = positives
    var rowsAbove = positives
    var positivesAbove = DrawBlock.Sums.zero
    var precisionSum = positivesAbove
    var doubledLosses = positivesAbove
    entries.withUnsafeBufferPointer { entries in
      block.lanes.withUnsafeBufferPointer { lanes in
        for entry in entries {
          let weights = lanes[entry.row]
          rows &+= weights
          if entry.isPositive { positives &+= weights }
          guard entry.endsTie else { continue }
          if entry.hasPositive {
            let (found, all) = (DrawBlock.Sums(positives), DrawBlock.Sums(rows))
            let new = found - positivesAbove
            doubledLosses += new * ((DrawBlock.Sums(rowsAbove) - positivesAbove) + (all - found))
            // Without rows there is nothing new either: 0 / 1.
            precisionSum += new * found / all.replacing(with: 1, where: all .== 0)
            positivesAbove = found
          }
          rowsAbove = rows
        }
      }
    }
    return block.draws.indices.map { lane in
      areas(
        positives: Double(positives[lane]), rows: Double(rows[lane]),
        doubledLosses: doubledLosses[lane], precisionSum: precisionSum[lane])
    }
  }

  private func areas(
    positives: Double, rows: Double, doubledLosses: Double, precisionSum: Double
  ) -> (auroc: MetricValue, averagePrecision: MetricValue) {
    guard positives > 0 else {
      return (.undefined("\(name) does not occur"), .undefined("\(name) does not occur"))
    }
    let averagePrecision = MetricValue.defined(precisionSum / positives)
    guard rows > positives else {
      return (.undefined("every row is of \(name)"), averagePrecision)
    }
    let doubledPairs = 2 * positives * (rows - positives)
    return (.defined((doubledPairs - doubledLosses) / doubledPairs), averagePrecision)
  }
}
