import Datasets
import Documents
import Experiments
import Statistics

/// Whether weights from another task are worth more than random ones, and with how many rows.
struct TransferSection: Section {
  let id: Identifier = "transfer"
  let rank = 40

  /// One part a task that has transfers; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .transfer) { task in
      let families = task.transferFamilies
      return families.isEmpty
        ? [] : [introduction(study)] + families.flatMap { sentences(on: $0, in: task) }
    }
    return parts.isEmpty
      ? nil : .init(id: id, title: "Transfer learning (course task 4)", subsections: parts)
  }

  private func introduction(_ study: EvaluatedStudy) -> Prose {
    let origin: Prose =
      study.tasks.first { !$0.isBinary }.map { "on \($0.data.title)" }
      ?? "on a task with more classes"
    return """
      A transfer begins with weights that were trained \(origin) with the same seed, and is trained \
      on here. It is compared with the network that the weights come from, which begins with random \
      weights, learns from as many rows and has the recipe that it has on this task. Head, depth, \
      weights of the classes and number of epochs may differ between the two \
      (\(to: .section("trainings"))), so that a difference is not that of the weights alone; both \
      stop early by the same validation rows, which stand beside the rows counted here.
      """
  }

  private func sentences(on family: TransferFamily, in task: EvaluatedTask) -> [Prose] {
    family.transfers.map { member in
      let title = member.variants.first.map { task.title(of: $0) } ?? ""
      let clauses = member.variants.compactMap { clause(on: $0, of: family, in: task) }
      guard let scratch = family.scratch?.variants.first, !clauses.isEmpty else {
        return """
          \(.strong(Prose(title))): nothing was trained from scratch on as many rows, so that \
          nothing can be said about the transfer.
          """
      }
      return """
        \(.strong(Prose(title))) against \(task.title(of: scratch)) from scratch, in points of \
        accuracy: \(clauses.joined(separator: "; ")).\(constant(scratch, in: task))
        """
    }
  }

  /// A comparison with a network that has learnt nothing says so.
  private func constant(_ scratch: EvaluatedVariant, in task: EvaluatedTask) -> Prose {
    guard let all = task.variants.first(where: { $0.facts.id == scratch.facts.id }),
      let answer = all.onlyAnswer
    else { return "" }
    return """
       With all rows \(task.title(of: all)) from scratch answers \
      \(task.data.classes[answer].symbol) to every row: what is compared with has learnt nothing.
      """
  }

  private func clause(
    on variant: EvaluatedVariant, of family: TransferFamily, in task: EvaluatedTask
  ) -> Prose? {
    family.gain(of: variant).map {
      "with \(task.learntRows(of: variant).counted("row")) \($0.words)"
    }
  }
}
