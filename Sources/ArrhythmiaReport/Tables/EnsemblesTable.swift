import Datasets
import Documents
import Experiments

/// The ensembles of a task: how many members, which, and what they reach.
struct EnsemblesTable: Table {
  let id = "ensembles"
  let placement = Placement.ensembles
  let rank = 10

  /// One row a method and seed; nothing without ensembles.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.ensembles.isEmpty else { return nil }
    let scores = [Score.accuracy, .f1]
    let folds = task.foldCount > 1 ? " Members and scores are those of the first fold." : ""
    return Document.Table(
      id: name(for: task),
      caption: """
        Ensembles on \(task.testWords). Members are ranked by accuracy on all validation rows, best \
        first; the size is the one with the best accuracy on validation rows that were answered out \
        of their part, the smallest of several. Validation scores are cross-fitted.\(folds)
        """,
      columns: [
        .init("Method", .text), .init("Seed"), .init("Members"),
        .init("Members by name", .paragraph),
      ]
        + ["Validation", "Test"].flatMap { group in
          scores.map { .init("\(task.title(of: $0)), %", group: group) }
        },
      rows: task.ensembleFindings.enumerated().flatMap { index, finding in
        finding.ensemble.cells.enumerated().map { place, cell in
          row(
            cell, finding, scores, in: task, isFirst: place == 0,
            isSetApart: index > 0 && place == 0)
        }
      })
  }

  private func row(
    _ cell: EvaluatedCell, _ finding: EnsembleFinding, _ scores: [Score], in task: EvaluatedTask,
    isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let file = cell.result.ensemble
    let members = (file?.members ?? []).map { task.title(ofMember: $0) }.joined(separator: "; ")
    let values = scores.map { file?.chosen?.validation($0) } + scores.map { file?.chosen?.test($0) }
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: finding.ensemble)) : ""), .count(cell.result.seed),
        .count(file?.size ?? 0), .text(Prose(members)),
      ] + values.map { .number(.percent($0), otherwise: Reason.absentClass) },
      isSetApart: isSetApart)
  }
}
