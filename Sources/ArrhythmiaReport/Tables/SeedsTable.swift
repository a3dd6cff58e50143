import Datasets
import Documents
import Experiments
import Statistics

/// Whether trainings of a variant come out higher than those of the baseline: a test over seeds, with
/// what it can say at best.
struct SeedsTable: Table {
  let id = "seeds"
  let placement = Placement.results
  let rank = 14

  private static let scores = [Score.accuracy, .f1]

  /// One row a variant and score; nothing unless two variants have several seeds.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard let baseline = task.baseline, baseline.cells.count > 1 else { return nil }
    let others = task.variants.filter { !$0.isSame(as: baseline) && $0.cells.count > 1 }
    guard !others.isEmpty else { return nil }
    let columns = Self.scores.map { score in
      let tests = others.map { Self.test($0, baseline, by: task.metric(score)) }
      return (score, tests, HolmCorrection.adjusted(tests.map { $0?.pValue }))
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        Scores of single trainings against those of \(task.title(of: baseline)), which has \
        \(baseline.cells.count.counted("seed")), on \(task.testWords). Exact rank-sum test (seeds of \
        two variants are no pairs); δ: Cliff's. p after Holm's correction over \
        \(others.count.counted("variant")); at best: the smallest p that these numbers of seeds can \
        reach after it. The test rows are held fixed.
        """,
      columns: [
        .init("Variant", .text), .init("Seeds"), .init("Score", .text), .init("δ"), .init("p"),
        .init("At best"),
      ],
      rows: others.indices.flatMap { index in
        columns.enumerated().map { place, column in
          row(
            column.0, others[index], column.1[index], column.2[index], comparisons: others.count,
            in: task, isFirst: place == 0, isSetApart: place == 0 && index > 0)
        }
      })
  }

  private static func test(
    _ variant: EvaluatedVariant, _ baseline: EvaluatedVariant, by metric: Metric
  ) -> RankSumTest? {
    let values = [variant, baseline].map { $0.cells.compactMap { $0.metrics[metric].value } }
    guard values[0].count == variant.cells.count, values[1].count == baseline.cells.count else {
      return nil
    }
    return RankSumTest(values[0], values[1])
  }

  private func row(
    _ score: Score, _ variant: EvaluatedVariant, _ test: RankSumTest?, _ pValue: Double?,
    comparisons: Int, in task: EvaluatedTask, isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let best = test.map { HolmCorrection.smallest($0.smallestPValue, comparisons: comparisons) }
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: variant)) : ""), .count(variant.cells.count),
        .text(Prose(task.title(of: score))),
        .number(Number(test?.cliffsDelta, digits: 2), otherwise: Reason.absentClass),
        .pValue(pValue, otherwise: Reason.absentClass),
        .pValue(best, otherwise: Reason.absentClass),
      ], isSetApart: isSetApart)
  }
}
