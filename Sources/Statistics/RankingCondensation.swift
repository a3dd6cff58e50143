internal import CKernels

/// A ranking made shorter for weights of units: rows of one unit become one entry wherever nothing
/// that is asked of a ranking could tell them apart.
///
/// Areas and curves change only where a row is positive. So negative rows between two positive ones
/// count as one step, in any order; and above the first negative row, where precision is 1 and the
/// false positive rate 0, so do the positive ones. Sums of whole numbers are exact in any order.
struct RankingCondensation {
  private var entries: [ClassRanking.Entry] = []
  private var top: Run
  private var negatives: Run
  private var tiedPositives: Run
  private var tiedNegatives: Run
  private var hasNegative = false

  init(unitCount: Int) {
    top = Run(unitCount: unitCount)
    negatives = top
    tiedPositives = top
    tiedNegatives = top
  }

  /// Takes the rows of the next lower score.
  ///
  /// - Parameter units: The unit of each row.
  mutating func add(_ tie: ArraySlice<ClassRanking.Entry>, units: [Int]) {
    let isAllNegative = tie.allSatisfy { !$0.isPositive }
    let isAllPositive = tie.allSatisfy(\.isPositive)
    if isAllNegative {
      for entry in tie { negatives.add(entry, units) }
      hasNegative = true
    } else if isAllPositive && !hasNegative {
      for entry in tie { top.add(entry, units) }
    } else {
      flush()
      for entry in tie where entry.isPositive { tiedPositives.add(entry, units) }
      for entry in tie where !entry.isPositive { tiedNegatives.add(entry, units) }
      emit(positives: tiedPositives.taken(), negatives: tiedNegatives.taken())
      hasNegative = true
    }
  }

  /// The entries, once all rows were taken.
  mutating func finished() -> [ClassRanking.Entry] {
    flush()
    return entries
  }

  private mutating func flush() {
    emit(positives: top.taken(), negatives: [])
    emit(positives: [], negatives: negatives.taken())
  }

  /// Counted rows as those of one score.
  private mutating func emit(positives: [Run.Count], negatives: [Run.Count]) {
    let hasPositive = !positives.isEmpty
    let counts = positives.map { (true, $0) } + negatives.map { (false, $0) }
    for (place, (isPositive, rows)) in counts.enumerated() {
      entries.append(
        ClassRanking.Entry(
          unit: rows.unit, count: rows.count, isPositive: isPositive,
          endsTie: place == counts.count - 1, hasPositive: hasPositive))
    }
  }

  /// Rows counted by unit, units in the order in which they first came.
  private struct Run {
    struct Count {
      let unit: Int
      let count: Int32
    }

    private var counts: [Int32]
    private var units: [Int] = []

    init(unitCount: Int) { counts = [Int32](repeating: 0, count: unitCount) }

    mutating func add(_ entry: ClassRanking.Entry, _ unitOfRow: [Int]) {
      let unit = unitOfRow[entry.index]
      if counts[unit] == 0 { units.append(unit) }
      counts[unit] += entry.count
    }

    /// What was counted; nothing is left.
    mutating func taken() -> [Count] {
      let taken = units.map { Count(unit: $0, count: counts[$0]) }
      for unit in units { counts[unit] = 0 }
      units.removeAll(keepingCapacity: true)
      return taken
    }
  }
}
