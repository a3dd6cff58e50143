import Datasets
import Documents
import Experiments
import Statistics

/// Every variant of a task with its scores and their intervals, beside a constant answer.
struct ResultsTable: Table {
  let id = "results"
  let placement = Placement.results
  let rank = 10

  /// One row a variant, then that of a constant answer.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    let scores = Score.allCases.map { ScoreColumns($0, of: task) }
    let rows = task.variants.map { variant in
      Document.Table.Row(
        [
          .text(Prose(task.title(of: variant))), .count(variant.cells.count),
        ] + scores.flatMap { $0.cells(of: variant, in: task) })
    }
    let majority = task.majority.map { metrics in
      Document.Table.Row(
        [.text("majority class"), .empty] + scores.flatMap { $0.cells(of: metrics) },
        isSetApart: true)
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        Results on \(task.testWords); \(task.meanWords). Low and high: \(task.intervalWords()). \
        Bold: the highest mean, and every variant that is not shown to be worse: \
        \(task.verdictWords), over the \(task.variants.count - 1) others by each score; one whose \
        difference has no interval is not bold, and nothing is where none has.
        """,
      columns: [.init("Variant", .text), .init("Seeds")]
        + scores.flatMap(\.columns),
      rows: rows + [majority].compactMap(\.self))
  }
}

/// The columns of one score: the mean with its deviation, and the ends of its interval.
private struct ScoreColumns {
  let score: Score
  let metric: Metric
  let columns: [Document.Table.Column]
  /// The best variants, by id and recipe.
  private let best: [EvaluatedVariant]

  init(_ score: Score, of task: EvaluatedTask) {
    self.score = score
    metric = task.metric(score)
    let group = task.title(of: score) + (score.isShare ? ", %" : "")
    columns = ["mean", "low", "high"].map { .init($0, group: group) }
    best = task.notShownWorse(by: metric)
  }

  func cells(of variant: EvaluatedVariant, in task: EvaluatedTask) -> [Document.Table.Cell] {
    let estimate = variant.estimate(of: metric)
    let mean = Document.Table.Cell.spread(
      score.number(estimate.mean), deviation: score.number(estimate.deviation),
      isBest: best.contains { $0.isSame(as: variant) }, otherwise: Reason.absentClass)
    guard estimate.mean != nil else { return [mean, .empty, .empty] }
    return [mean]
      + [estimate.interval?.low, estimate.interval?.high].map {
        .number(score.number($0), otherwise: Reason.rareInDraws)
      }
  }

  func cells(of constant: ClassificationMetrics) -> [Document.Table.Cell] {
    [
      .number(score.number(constant[metric].value), otherwise: Reason.absentClass), .empty, .empty,
    ]
  }
}
