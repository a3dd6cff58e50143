/// Test rows in falling order of the score for one class.
struct RankedRows {
  /// Counts at the thresholds that a curve needs, largest scores first.
  struct Points {
    var truePositives: [Double] = []
    var falsePositives: [Double] = []

    var positives: Double { truePositives.last ?? 0 }
    var negatives: Double { falsePositives.last ?? 0 }
  }

  private let rows: [Int32]
  private let isPositive: [Bool]
  /// Whether the curve has a corner after the row: not between rows of one score, nor within a run
  /// where it goes on straight.
  private let isCorner: [Bool]

  init(scores: [Float], isPositive: [Bool], for curve: ClassifierCurve) {
    let order = scores.indices.sorted { (scores[$0], $1) > (scores[$1], $0) }
    let ends = order.indices.filter {
      $0 + 1 == order.count || scores[order[$0]] != scores[order[$0 + 1]]
    }
    let kinds = zip([-1] + ends, ends).map { before, end in
      Kind(order[(before + 1)...end].map { isPositive[$0] })
    }
    var isCorner = [Bool](repeating: false, count: order.count)
    for (index, end) in ends.enumerated() {
      let next = index + 1 < kinds.count ? kinds[index + 1] : .mixed
      // Precision changes with every positive row; a ROC curve runs straight up.
      let isStraight =
        kinds[index] == next && (next == .negative || next == .positive && curve == .roc)
      isCorner[end] = !isStraight
    }
    rows = order.map(Int32.init)
    self.isPositive = order.map { isPositive[$0] }
    self.isCorner = isCorner
  }

  var rowCount: Int { rows.count }
  /// Share of positive rows.
  var prevalence: Double { Double(isPositive.count { $0 }) / Double(rows.count) }

  /// The counts where each row counts as often as its weight says.
  func points(weights: [UInt16]) -> Points {
    var points = Points()
    var (positives, all) = (0, 0)
    for index in rows.indices {
      let weight = Int(weights[Int(rows[index])])
      all += weight
      positives += isPositive[index] ? weight : 0
      guard isCorner[index] else { continue }
      points.truePositives.append(Double(positives))
      points.falsePositives.append(Double(all - positives))
    }
    return points
  }

  /// The truth of the rows of one score.
  private enum Kind {
    case positive, negative, mixed

    init(_ isPositive: [Bool]) {
      let count = isPositive.count { $0 }
      self = count == 0 ? .negative : count == isPositive.count ? .positive : .mixed
    }
  }
}
