import Datasets
import Documents
import Experiments

/// Every variant of a task with its size and its scores, beside a constant answer.
struct ResultsTable: Table {
  let id = "results"
  let placement = Placement.results
  let rank = 10

  /// One row a variant, then that of a constant answer.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    let columns = Self.columns(for: task)
    let rows = task.variants.map { variant in
      Document.Table.Row(columns.map { $0.cell(variant) })
    }
    let majority = task.majority.map { scores in
      [Document.Table.Row(columns.map { $0.constant(scores) }, isSetApart: true)]
    }
    return Document.Table(
      id: name(for: task), caption: caption(for: task), columns: columns.map(\.column),
      rows: rows + (majority ?? []), notes: notes(for: task))
  }

  private func caption(for task: EvaluatedTask) -> Prose {
    """
    Results on \(task.testWords); mean ± standard deviation over \(task.seedWords). Bold: the \
    highest mean, and for accuracy also every variant whose difference to it is not shown (95 % \
    interval of the paired difference by beat, no correction for the number of comparisons).
    """
  }

  private func notes(for task: EvaluatedTask) -> [Prose] {
    task.hasSingleSeed ? ["With one seed the variance of training is not included."] : []
  }

  // MARK: Columns

  /// A column with the cell of a variant and of the constant answer.
  private struct Column {
    let column: Document.Table.Column
    let cell: (EvaluatedVariant) -> Document.Table.Cell
    var constant: (Scores) -> Document.Table.Cell = { _ in .empty }
  }

  private static func columns(for task: EvaluatedTask) -> [Column] {
    let facts = [
      Column(
        column: .init("Variant", .text),
        cell: { .text(Prose(task.title(of: $0))) }, constant: { _ in .text("majority class") }),
      Column(column: .init("Parameters"), cell: { .count($0.facts.parameters) }),
      Column(column: .init("Multiply-adds"), cell: { .count($0.facts.multiplyAdds) }),
      Column(column: .init("Seeds"), cell: { .count($0.cells.count) }),
    ]
    let f1 = task.f1Title
    let scores = [
      score("Accuracy, %", in: task, \.accuracy, Number.percent),
      score("\(f1), %", in: task, \.headlineF1, Number.percent),
      score("AUROC", in: task, \.auroc, Number.area),
      score("AUPRC", in: task, \.auprc, Number.area),
    ]
    return facts + scores
  }

  private static func score(
    _ title: String, in task: EvaluatedTask, _ score: @escaping @Sendable (Scores) -> Double?,
    _ number: @escaping (Double?) -> Number
  ) -> Column {
    let highest = task.variants.compactMap { $0.summary(score).mean }.max()
    let equals = title.hasPrefix("Accuracy") ? task.notShownWorse : []
    return Column(
      column: .init(title),
      cell: { variant in
        let summary = variant.summary(score)
        let isBest = summary.mean == highest || equals.contains(variant.facts.id + variant.recipe)
        return .spread(
          number(summary.mean), deviation: number(summary.deviation), isBest: isBest,
          otherwise: Reason.absentClass)
      },
      constant: { .number(number(score($0)), otherwise: Reason.absentClass) })
  }
}

extension EvaluatedTask {
  /// The variants, by id and recipe, whose difference in accuracy to the best is not shown.
  var notShownWorse: [String] {
    guard let best else { return [] }
    return variants.filter { Comparison(best, $0).map { !$0.isShown } ?? false }
      .map { $0.facts.id + $0.recipe }
  }
}
