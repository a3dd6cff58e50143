import Documents
import Experiments
import Statistics

/// Which answers are wrong although a network is sure of them.
struct MistakesSection: Section {
  let id: Identifier = "mistakes"
  let rank = 49

  /// One part a task with variants; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .mistakes) { task in
      task.variants.isEmpty
        ? [] : [introduction(task)] + [gap(task)].compactMap(\.self)
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Error gallery", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask) -> Prose {
    let counts = task.leadingNetwork.map { leader -> Prose in
      let wrong = leader.cells[0].predictions.confidenceOfMistakes
      let sure = wrong.count { $0 >= 0.99 }
      return """
         \(task.title(of: leader)), seed \(leader.cells[0].result.seed), which leads on validation \
        rows, is wrong in \(wrong.count.counted("test row")), in \(sure) of them with a probability \
        of \(99) % and more.
        """
    }
    return """
      A sure mistake is either a row that does not look like its class, or a label that is open to \
      doubt; only a look at the row can tell, and none of them was taken out or labelled \
      anew.\(counts ?? "")
      """
  }

  private func gap(_ task: EvaluatedTask) -> Prose? {
    task.networks.contains { $0.cells[0].result.findings.mistakes != nil }
      ? nil
      : """
      The rows themselves are not drawn (n/a): the stored results hold no excerpts of them.
      """
  }
}
