import Datasets
import Documents
import Experiments
import Statistics

/// What weights from another task are worth, by the number of training rows.
struct TransferTable: Table {
  let id = "transfer"
  let placement = Placement.transfer
  let rank = 10

  /// One row a variant and share of the rows; nothing without transfers.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let families = task.transferFamilies
    guard !families.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Transfer, on \(task.testWords); mean ± standard deviation over seeds where there are \
        several. Difference: in accuracy, to the network that the weights come from, trained from \
        scratch on as many rows by the recipe that it has on this task, with the \(task.pairedWords) from \(task.drawWords). \
        Verdict: \(task.verdictWords), over the shares and transfers of one kind of network. \
        Rows: those learnt from, and those for validation\
        \(task.data.foldCount == nil ? "" : "; of the folds their mean").
        """,
      columns: [
        .init("Variant", .text), .init("Training", group: "Rows"),
        .init("Validation", group: "Rows"), .init("Share, %"), .init("Seeds"),
      ]
        + [Score.accuracy, .f1, .auroc].map { score in
          .init(task.title(of: score) + (score.isShare ? ", %" : ""))
        } + ["Difference", "Low", "High"].map { .init($0, group: "To scratch, points") }
        + [.init("Verdict", .text, group: "To scratch, points")],
      rows: families.flatMap { family in
        family.members.flatMap { member in
          member.variants.enumerated().map { place, variant in
            row(of: variant, member, family, in: task, isFirst: place == 0)
          }
        }
      })
  }

  private func row(
    of variant: EvaluatedVariant, _ member: TransferFamily.Member, _ family: TransferFamily,
    in task: EvaluatedTask, isFirst: Bool
  ) -> Document.Table.Row {
    let title = task.title(of: variant) + (member.isTransferred ? "" : ", from scratch")
    let scores = [Score.accuracy, .f1, .auroc].map { score -> Document.Table.Cell in
      let estimate = task.estimate(score, of: variant)
      return .spread(
        score.number(estimate.mean), deviation: score.number(estimate.deviation),
        otherwise: Reason.absentClass)
    }
    return .init(
      [
        .text(isFirst ? Prose(title) : ""), .count(task.learntRows(of: variant)),
        (variant.cells.first.flatMap { task.validationRows(of: $0.result) })
          .map(Document.Table.Cell.count) ?? .empty,
        .number(
          Number.percent(
            variant.trainingShare, digits: task.percentDigits(variant.trainingShare)),
          otherwise: Reason.absentClass),
        .count(variant.cells.count),
      ] + scores + difference(of: variant, member, family, in: task), isSetApart: isFirst)
  }

  private func difference(
    of variant: EvaluatedVariant, _ member: TransferFamily.Member, _ family: TransferFamily,
    in task: EvaluatedTask
  ) -> [Document.Table.Cell] {
    guard member.isTransferred else { return [.empty, .empty, .empty, .empty] }
    let gain = family.gain(of: variant)
    let reason =
      gain == nil ? "nothing was trained from scratch on as many rows" : Reason.rareInDraws
    return [gain?.difference, gain?.interval?.low, gain?.interval?.high].map {
      .number(.points($0), otherwise: reason)
    } + [.text(Prose((gain?.verdict ?? .noInterval).words))]
  }
}
