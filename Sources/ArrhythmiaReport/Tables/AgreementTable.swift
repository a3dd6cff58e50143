import Datasets
import Documents
import Experiments
import Statistics

/// What else is said of the answers of each variant: how evenly over the classes they are right, how
/// far they agree beyond chance, and the area weighted by the rows of each class.
struct AgreementTable: Table {
  let id = "agreement"
  let placement = Placement.results
  let rank = 17

  private static let scores: [(title: String, metric: SummaryMetric)] = [
    ("Balanced accuracy, %", .balancedAccuracy), ("Cohen's κ", .cohenKappa),
    ("Matthews", .matthewsCorrelation), ("Weighted AUROC", .aurocWeighted),
  ]

  /// One row a variant, then that of a constant answer.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    // Of two classes every mean of the areas is the one area that stands beside the accuracy.
    let scores = Self.scores.filter { !task.isBinary || $0.metric != .aurocWeighted }
    let majority = task.majority.map { metrics in
      Document.Table.Row(
        [.text("majority class")]
          + scores.flatMap { score -> [Document.Table.Cell] in
            let value = metrics[score.metric].value
            return [
              .number(Self.number(value, score.metric), otherwise: Self.undefined), .empty, .empty,
            ]
          }, isSetApart: true)
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        Agreement on \(task.testWords); \(task.meanWords). Low and high: \(task.intervalWords()). \
        Nothing is compared by these scores.
        """,
      columns: [.init("Variant", .text)]
        + scores.flatMap { score in
          ["mean", "low", "high"].map { .init($0, group: score.title) }
        },
      rows: task.variants.map { variant in
        .init(
          [.text(Prose(task.title(of: variant)))]
            + scores.flatMap { Self.cells($0.metric, of: variant) })
      } + [majority].compactMap(\.self))
  }

  private static let undefined = "undefined: a class is absent, or only one is predicted"

  private static func cells(
    _ metric: SummaryMetric, of variant: EvaluatedVariant
  ) -> [Document.Table.Cell] {
    let estimate = variant.estimate(of: .summary(metric))
    let mean = Document.Table.Cell.spread(
      number(estimate.mean, metric), deviation: number(estimate.deviation, metric),
      otherwise: undefined)
    guard estimate.mean != nil else { return [mean, .empty, .empty] }
    return [mean]
      + [estimate.interval?.low, estimate.interval?.high].map {
        .number(number($0, metric), otherwise: Reason.rareInDraws)
      }
  }

  private static func number(_ value: Double?, _ metric: SummaryMetric) -> Number {
    metric == .balancedAccuracy ? .percent(value) : .area(value)
  }
}
