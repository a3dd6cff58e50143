internal import CKernels

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

  /// Rows of one unit next to each other, all positive or all not.
  typealias Entry = DetectronRankedRows

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

  /// The entries, for kernels.
  func withRows<Result>(_ body: (UnsafeBufferPointer<DetectronRankedRows>) -> Result) -> Result {
    entries.withUnsafeBufferPointer(body)
  }

  /// Positive and negative rows of each weighting.
  func totals(_ block: DrawBlock) -> [(positives: Double, negatives: Double)] {
    block.draws.map { weights in
      func sum(_ counts: [Int32]) -> Double {
        Double(zip(counts, weights).reduce(0) { $0 + Int($1.0) * Int($1.1) })
      }
      let positives = sum(rows.positive)
      return (positives, sum(rows.all) - positives)
    }
  }

  /// The area under the ROC curve and the average precision, Σ (Rₙ − Rₙ₋₁) Pₙ, for each weighting.
  ///
  /// The area is the Mann–Whitney statistic, in which a tie counts half: Hanley and McNeil 1982,
  /// doi:10.1148/radiology.143.1.7063747. Both need a look at a score only where a row of it is
  /// positive: lost are the pairs of such a row with the negative ones above it.
  func areas(_ block: DrawBlock) -> [(auroc: MetricValue, averagePrecision: MetricValue)] {
    var sums = [DetectronRankedSums](repeating: .init(), count: DrawBlock.width)
    withRows { rows in
      block.withWeights { weights in
        detectron_ranked_sums(rows.baseAddress, rows.count, weights, &sums)
      }
    }
    return sums.prefix(block.draws.count).map(areas)
  }

  private func areas(
    _ sums: DetectronRankedSums
  ) -> (auroc: MetricValue, averagePrecision: MetricValue) {
    guard sums.positives > 0 else {
      return (.undefined("\(name) does not occur"), .undefined("\(name) does not occur"))
    }
    let averagePrecision = MetricValue.defined(sums.precision_sum / sums.positives)
    guard sums.rows > sums.positives else {
      return (.undefined("every row is of \(name)"), averagePrecision)
    }
    let doubledPairs = 2 * sums.positives * (sums.rows - sums.positives)
    return (.defined((doubledPairs - sums.doubled_losses) / doubledPairs), averagePrecision)
  }
}

extension DetectronRankedRows {
  /// - Parameters:
  ///   - endsTie: Whether a lower score follows.
  ///   - hasPositive: Whether a row of the same score so far is positive.
  init(unit: Int, count: Int32 = 1, isPositive: Bool, endsTie: Bool, hasPositive: Bool) {
    let flags: UInt32 = (hasPositive ? 4 : 0) | (endsTie ? 2 : 0) | (isPositive ? 1 : 0)
    self.init(unit: UInt32(unit) << 3 | flags, count: count)
  }

  var index: Int { Int(unit >> 3) }
  var isPositive: Bool { unit & 1 != 0 }
  var endsTie: Bool { unit & 2 != 0 }
}
