import Datasets
import Documents
import Experiments
import Statistics

/// Every class of a task as each variant recognises it.
struct PerClassTable: Table {
  let id = "classes"
  let placement = Placement.results
  let rank = 20

  /// One row a variant and class.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    let rows = task.variants.enumerated().flatMap { index, variant in
      task.data.classes.indices.map { row(of: $0, variant, in: task, isLater: index > 0) }
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        Classes on \(task.testWords), one against the rest; \(task.meanWords). Se: sensitivity; \
        +P: positive predictivity; Sp: specificity; AP: average precision. Low and high: \
        \(task.intervalWords()).
        """,
      columns: [
        .init("Variant", .text), .init("Class", .text), .init("Support"), .init("Se, %"),
        .init("+P, %"), .init("Sp, %"), .init("mean", group: "F1, %"),
        .init("low", group: "F1, %"), .init("high", group: "F1, %"), .init("AUROC"), .init("AP"),
      ],
      rows: rows)
  }

  private func row(
    of index: Int, _ variant: EvaluatedVariant, in task: EvaluatedTask, isLater: Bool
  ) -> Document.Table.Row {
    func mean(
      _ metric: ClassMetric, _ number: (Double?) -> Number = Number.percent,
      _ reason: String = Reason.absentClass
    ) -> Document.Table.Cell {
      let estimate = variant.estimate(of: .perClass(metric, index))
      return .spread(
        number(estimate.mean), deviation: number(estimate.deviation), otherwise: reason)
    }
    let interval = variant.estimate(of: .perClass(.f1, index)).interval
    return .init(
      [
        .text(index == 0 ? Prose(task.title(of: variant)) : ""),
        .text(Prose(task.data.classes[index].symbol)),
        .count(task.data.beats[index].testCount), mean(.sensitivity),
        mean(.positivePredictiveValue, Number.percent, Reason.neverPredicted),
        mean(.specificity), mean(.f1, Number.percent, Reason.neverPredicted),
        .number(.percent(interval?.low), otherwise: Reason.rareInDraws),
        .number(.percent(interval?.high), otherwise: Reason.rareInDraws),
        mean(.auroc, Number.area), mean(.averagePrecision, Number.area),
      ], isSetApart: index == 0 && isLater)
  }
}
