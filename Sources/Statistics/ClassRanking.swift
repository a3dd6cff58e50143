/// The rows in the order of their score for one class, made once and evaluated for many weights.
///
/// Weights are those of units: of each row, or of each group of rows, see ``grouped(by:count:)``.
struct ClassRanking: Sendable {
  /// Rows from the highest score down; each with its flags, see ``Entry``.
  private let entries: [Entry]
  /// Rows of each unit.
  private let rows: UnitRows
  /// The class, for messages.
  private let name: String

  /// Rows of one unit next to each other, all positive or all not: the unit, whether they are
  /// positive, whether a lower score follows, and whether a row of the same score so far is positive.
  struct Entry {
    private let bits: UInt32
    /// How many rows.
    let count: Int32

    init(unit: Int, count: Int32 = 1, isPositive: Bool, endsTie: Bool, hasPositive: Bool) {
      bits = UInt32(unit) << 3 | (hasPositive ? 4 : 0) | (endsTie ? 2 : 0) | (isPositive ? 1 : 0)
      self.count = count
    }

    var unit: Int { Int(bits >> 3) }
    var positive: Int { Int(bits & 1) }
    var isPositive: Bool { bits & 1 != 0 }
    var endsTie: Bool { bits & 2 != 0 }
    var hasPositive: Bool { bits & 4 != 0 }
  }

  /// How many rows each unit has, and how many of them are positive.
  private struct UnitRows {
    var all: [Int32]
    var positive: [Int32]
  }

  /// Ranks rows by `score`; `name` is what messages call the positive rows' class.
  ///
  /// - Precondition: There are fewer than 2²⁹ rows.
  init(rowCount: Int, name: String, score: (Int) -> Double, isPositive: (Int) -> Bool) {
    precondition(rowCount < 1 << 29, "\(rowCount) rows are too many to rank")
    self.name = name
    rows = UnitRows(
      all: [Int32](repeating: 1, count: rowCount),
      positive: (0..<rowCount).map { isPositive($0) ? 1 : 0 })
    let order = FallingOrder(count: rowCount, score: score, isPositive: isPositive)
    var hasPositive = false
    entries = order.elements.indices.map { index in
      let element = order.elements[index]
      let endsTie = order.endsTie(at: index)
      hasPositive = hasPositive || element.isPositive
      defer { hasPositive = hasPositive && !endsTie }
      return Entry(
        unit: element.row, isPositive: element.isPositive, endsTie: endsTie,
        hasPositive: hasPositive)
    }
  }

  private init(entries: [Entry], rows: UnitRows, name: String) {
    self.entries = entries
    self.rows = rows
    self.name = name
  }

  /// The same ranking for weights of whole groups of rows, so short that areas and curves are those
  /// of all rows, to the bit.
  ///
  /// - Parameters:
  ///   - units: The group of each row.
  ///   - count: How many groups there are.
  func grouped(by units: [Int], count: Int) -> ClassRanking {
    var condensation = RankingCondensation(unitCount: count)
    var first = entries.startIndex
    for place in entries.indices where entries[place].endsTie {
      condensation.add(entries[first...place], units: units)
      first = place + 1
    }
    var grouped = UnitRows(
      all: [Int32](repeating: 0, count: count), positive: [Int32](repeating: 0, count: count))
    for (row, unit) in units.enumerated() {
      grouped.all[unit] += rows.all[row]
      grouped.positive[unit] += rows.positive[row]
    }
    return ClassRanking(entries: condensation.finished(), rows: grouped, name: name)
  }

  /// Positive and all rows at and above each score, from the highest score down; O(rows).
  @inline(__always)
  func walk(_ weights: [UInt16], _ visit: (_ positives: Int, _ rows: Int) -> Void) {
    var positives = 0
    var rows = 0
    entries.withUnsafeBufferPointer { entries in
      weights.withUnsafeBufferPointer { weights in
        for entry in entries {
          let weight = Int(weights[entry.unit]) &* Int(entry.count)
          rows += weight
          positives += weight &* entry.positive
          if entry.endsTie { visit(positives, rows) }
        }
      }
    }
  }

  /// Positive rows and all rows.
  func totals(_ weights: [UInt16]) -> (positives: Int, rows: Int) {
    func sum(_ counts: [Int32]) -> Int {
      zip(counts, weights).reduce(0) { $0 + Int($1.0) * Int($1.1) }
    }
    return (sum(rows.positive), sum(rows.all))
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
          let weights = DrawBlock.weights(lanes[entry.unit], of: entry.count)
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
