internal import Experiments

/// Counts of test rows by true and predicted class, added over the seeds of a variant.
struct ConfusionCounts {
  let title: String
  /// First index: truth; second: prediction.
  let counts: [[Int]]

  init(_ variant: VariantResults, classes: Int) {
    title = variant.facts.title
    var counts = [[Int]](repeating: [Int](repeating: 0, count: classes), count: classes)
    for cell in variant.cells {
      for (truth, predicted) in zip(cell.labels, cell.predictions(classes: classes)) {
        counts[truth][predicted] += 1
      }
    }
    self.counts = counts
  }

  var largestCount: Int { counts.joined().max() ?? 0 }

  /// The share of a true class that was predicted as another; `nil` for a class without rows.
  func rowShare(_ truth: Int, _ predicted: Int) -> Double? {
    let total = counts[truth].reduce(0, +)
    return total > 0 ? Double(counts[truth][predicted]) / Double(total) : nil
  }
}
