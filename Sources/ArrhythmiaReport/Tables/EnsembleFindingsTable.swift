import Datasets
import Documents
import Experiments
import Statistics

/// What joining networks gains over the best of them, and what choosing on the test rows would have
/// been said to gain.
struct EnsembleFindingsTable: Table {
  let id = "ensemble-findings"
  let placement = Placement.ensembles
  let rank = 20

  /// One row a method and score; nothing without ensembles.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.ensembles.isEmpty else { return nil }
    let leader = task.leadingNetwork.map { task.title(of: $0) } ?? "the leading network"
    return Document.Table(
      id: name(for: task),
      caption: """
        What ensembles gain, on \(task.testWords); \(task.meansWords). Gain: over \(leader), the \
        single network with the highest accuracy on validation rows, with the \
        \(task.pairedWords) from \(task.drawWords). Verdict: \(task.verdictWords), over the \
        ensembles. Chosen on test: what ranking the members and \
        choosing their number on the test rows, the published way, would have given, and how much \
        more that is. It is the highest of all choices on these rows, so that it is not tested.
        """,
      columns: [.init("Method", .text), .init("Score", .text), .init("Test, %")]
        + ["Difference", "Low", "High"].map { .init($0, group: "Gain, points") }
        + [.init("Verdict", .text, group: "Gain, points")]
        + [
          .init("%", group: "Chosen on test"), .init("Difference, points", group: "Chosen on test"),
        ],
      rows: task.ensembleFindings.enumerated().flatMap { index, finding in
        [Score.accuracy, .f1].enumerated().map { place, score in
          row(score, finding, in: task, isFirst: place == 0, isSetApart: index > 0 && place == 0)
        }
      })
  }

  private func reasonOnTest(_ finding: EnsembleFinding) -> String {
    finding.isOfFolds ? "each fold chose for itself" : Reason.absentClass
  }

  private func row(
    _ score: Score, _ finding: EnsembleFinding, in task: EvaluatedTask, isFirst: Bool,
    isSetApart: Bool
  ) -> Document.Table.Row {
    let gain = finding.gain(by: score)
    let reason =
      finding.leader == nil
      ? "no training has recorded its validation accuracy"
      : gain == nil ? Reason.absentClass : Reason.rareInDraws
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: finding.ensemble)) : ""),
        .text(Prose(task.title(of: score))),
        .number(
          score.number(task.estimate(score, of: finding.ensemble).mean),
          otherwise: Reason.absentClass),
      ]
        + [gain?.difference, gain?.interval?.low, gain?.interval?.high].map {
          .number(.points($0), otherwise: reason)
        } + [
          .text(Prose((gain?.verdict ?? .noInterval).words)),
          .number(.percent(finding.chosenOnTest(by: score)), otherwise: reasonOnTest(finding)),
          .number(.points(finding.flattery(by: score)), otherwise: reasonOnTest(finding)),
        ], isSetApart: isSetApart)
  }
}
