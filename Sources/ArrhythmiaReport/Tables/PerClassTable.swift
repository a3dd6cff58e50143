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
        + [rowWithoutPaced(variant, in: task)].compactMap(\.self)
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        Classes on \(task.testWords), one against the rest; \(task.meanWords). Se: sensitivity; \
        +P: positive predictivity; Sp: specificity; AP: average precision. F1: \
        \(task.intervalWords()).\(without(task))
        """,
      columns: [
        .init("Variant", .text), .init("Class", .text), .init("Support"), .init("Se, %"),
        .init("+P, %"), .init("Sp, %"), .init("mean", group: "F1, %"), .init("low", group: "F1, %"),
        .init("high", group: "F1, %"), .init("AUROC"), .init("AP"),
      ],
      rows: rows)
  }

  private func row(
    of index: Int, _ variant: EvaluatedVariant, in task: EvaluatedTask, isLater: Bool
  ) -> Document.Table.Row {
    func cell(
      _ metric: ClassMetric, _ number: (Double?) -> Number, _ reason: String
    ) -> Document.Table.Cell {
      let estimate = variant.estimate(of: .perClass(metric, index))
      return .spread(
        number(estimate.mean), deviation: number(estimate.deviation), otherwise: reason)
    }
    return .init(
      [
        .text(index == 0 ? Prose(task.title(of: variant)) : ""),
        .text(Prose(task.data.classes[index].symbol)),
        .count(task.data.beats[index].testCount),
        cell(.sensitivity, Number.percent, Reason.absentClass),
        cell(.positivePredictiveValue, Number.percent, Reason.neverPredicted),
        cell(.specificity, Number.percent, Reason.absentClass),
        cell(.f1, Number.percent, Reason.neverPredicted),
      ] + interval(variant.estimate(of: .perClass(.f1, index)))
        + [
          cell(.auroc, Number.area, Reason.absentClass),
          cell(.averagePrecision, Number.area, Reason.absentClass),
        ], isSetApart: index == 0 && isLater)
  }

  private func interval(_ f1: ScoreEstimate) -> [Document.Table.Cell] {
    [f1.interval?.low, f1.interval?.high].map {
      .number(
        .percent($0), otherwise: f1.mean == nil ? Reason.neverPredicted : Reason.rareInDraws)
    }
  }

  private func without(_ task: EvaluatedTask) -> Prose {
    !task.hasBeatClasses
      ? ""
      : """
       The last row of a variant is the mean over the classes but Q, which on the published split is \
      almost all paced beats of four records and lifts such means.
      """
  }

  /// The mean over all classes but Q; `nil` where there is none.
  private func rowWithoutPaced(
    _ variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Row? {
    guard let score = task.reportedClassesScore(of: variant) else { return nil }
    let classes = EC57Class.reported.map(\.rawValue)
    func cell(_ metric: ClassMetric, _ number: (Double?) -> Number) -> Document.Table.Cell {
      let seeds = variant.cells.map { cell -> Double? in
        let values = classes.compactMap { cell.metrics[.perClass(metric, $0)].value }
        return values.count == classes.count
          ? values.reduce(0, +) / Double(values.count) : nil
      }
      let mean = ScoreEstimate(seeds)
      return .spread(
        number(mean.mean), deviation: number(mean.deviation), otherwise: Reason.neverPredicted)
    }
    return .init(
      [
        .text("mean without Q"), .text(""),
        .count(classes.reduce(0) { $0 + task.data.beats[$1].testCount }),
        cell(.sensitivity, Number.percent), cell(.positivePredictiveValue, Number.percent),
        cell(.specificity, Number.percent), cell(.f1, Number.percent),
      ] + score.intervalCells + [
        cell(.auroc, Number.area), cell(.averagePrecision, Number.area),
      ])
  }
}
