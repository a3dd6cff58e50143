import Datasets
import Documents
import Experiments
import Statistics

/// How far every variant of a task is from this report's baseline, with intervals and verdicts.
struct DifferencesTable: Table {
  let id = "differences"
  let placement = Placement.results
  let rank = 12

  /// One row a variant and score; nothing without a baseline and another variant.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard let baseline = task.baseline else { return nil }
    let columns = Score.allCases.map { score in
      (score: score, differences: task.differencesToBaseline(by: task.metric(score)))
    }
    let others = columns.first?.differences.map(\.variant) ?? []
    guard !others.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task), caption: caption(task, baseline, others.count),
      columns: [.init("Variant", .text), .init("Score", .text)]
        + ["Difference", "Low", "High"].map { .init($0, group: "Points") }
        + [
          .init("d", group: "Paired"), .init("p", group: "Paired"),
          .init("Verdict", .text, group: "Paired"),
          .init("Test", .text, group: "Beat-wise"), .init("p", group: "Beat-wise"),
        ],
      rows: others.indices.flatMap { index in
        let beatwise = BeatwiseTests(others[index], baseline, in: task)
        return columns.enumerated().map { place, column in
          row(
            column.score, column.differences[index], beatwise, in: task, isFirst: place == 0,
            isSetApart: place == 0 && index > 0)
        }
      })
  }

  private func caption(
    _ task: EvaluatedTask, _ baseline: EvaluatedVariant, _ count: Int
  ) -> Prose {
    """
    Differences to \(task.title(of: baseline)) in points (hundredths of a score) on \
    \(task.testWords); \(task.meansWords). Low and high: \(task.pairedWords), \
    both variants evaluated on the same \(task.drawWords). d: the mean difference over its \
    standard deviation between what is drawn. Verdict: \(task.verdictWords), over \(count.counted("variant")) by each \
    score. Beat-wise: assumes that rows are independent, and decides nothing; for each seed that \
    both have.
    """
  }

  private func row(
    _ score: Score, _ difference: VariantComparison, _ beatwise: BeatwiseTests,
    in task: EvaluatedTask, isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let comparison = difference.comparison
    let interval = comparison?.interval
    let reason = comparison == nil ? Reason.absentClass : Reason.rareInDraws
    let test = beatwise.test(of: score)
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: difference.variant)) : ""),
        .text(Prose(task.title(of: score))),
        .number(.points(comparison?.difference), otherwise: reason),
        .number(.points(interval?.low), otherwise: reason),
        .number(.points(interval?.high), otherwise: reason),
        .number(
          Number(comparison?.effect, digits: 2),
          otherwise: comparison == nil ? reason : Reason.noSpread),
        .pValue(comparison?.pValue, otherwise: reason),
        .text(Prose((comparison?.verdict ?? .noInterval).words)),
        test.map { .text(Prose($0.name)) } ?? .empty, test.map { .pValues($0.pValues) } ?? .empty,
      ], isSetApart: isSetApart)
  }
}

extension Comparison.Verdict {
  /// The verdict in words.
  var words: String {
    switch self {
    case .higher: "higher"
    case .lower: "lower"
    case .notShown: "no difference shown"
    case .noInterval: "no interval"
    }
  }
}
