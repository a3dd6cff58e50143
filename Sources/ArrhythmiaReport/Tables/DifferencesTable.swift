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
    let others = task.variants.filter { !$0.isSame(as: baseline) }
    guard !others.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Differences to \(task.title(of: baseline)) in points (hundredths of a score) on \
        \(task.testWords); \(task.meansWords). Low and high: 95 % interval of the paired \
        difference, both variants evaluated on the same \
        \(task.drawWords); no correction for the number of \
        comparisons.
        """,
      columns: [
        .init("Variant", .text), .init("Score", .text), .init("Difference"), .init("Low"),
        .init("High"), .init("Verdict", .text),
      ],
      rows: others.enumerated().flatMap { index, variant in
        Score.allCases.enumerated().map { place, score in
          row(
            score, variant, baseline, in: task, isFirst: place == 0,
            isSetApart: place == 0 && index > 0)
        }
      })
  }

  private func row(
    _ score: Score, _ variant: EvaluatedVariant, _ baseline: EvaluatedVariant,
    in task: EvaluatedTask, isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let comparison = Comparison(variant, baseline, by: task.metric(score))
    let interval = comparison?.interval
    let reason = comparison == nil ? Reason.absentClass : Reason.rareInDraws
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: variant)) : ""), .text(Prose(task.title(of: score))),
        .number(.points(comparison?.difference), otherwise: reason),
        .number(.points(interval?.low), otherwise: reason),
        .number(.points(interval?.high), otherwise: reason),
        .text(Prose((comparison?.verdict ?? .noInterval).words)),
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
