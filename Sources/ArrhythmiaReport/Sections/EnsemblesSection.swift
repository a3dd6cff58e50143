import Datasets
import Documents
import Experiments
import Statistics

/// Whether several networks together are better than the best of them.
struct EnsemblesSection: Section {
  let id: Identifier = "ensembles"
  let rank = 38

  /// One part a task that has ensembles; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .ensembles) { task in
      let findings = task.ensembleFindings
      return findings.isEmpty
        ? [] : [introduction(task, findings)] + findings.map { sentences(on: $0, in: task) }
    }
    return parts.isEmpty
      ? nil : .init(id: id, title: "Ensembles (course task 3)", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask, _ findings: [EnsembleFinding]) -> Prose {
    let count = findings.flatMap(\.files).map(\.ranking.count).max() ?? 0
    let rest: Prose =
      task.leadingNetwork.map {
        """
         The gain is the difference to \(task.title(of: $0)), the network with the highest accuracy \
        on validation rows, which an honest study would otherwise have taken.
        """
      } ?? ""
    return """
      The \(count.counted("network")) of a seed are the candidates. Ranking, number of members and \
      the logistic layer are found on validation rows only, cross-fitted row by row, so that no row \
      judges what it has shaped; other rows of the same person may have.\(rest)
      """
  }

  private func sentences(on finding: EnsembleFinding, in task: EvaluatedTask) -> Prose {
    let estimate = task.estimate(.accuracy, of: finding.ensemble)
    let interval: Prose =
      estimate.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" } ?? ""
    let gain: Prose =
      finding.gain(by: .accuracy).map {
        " Its gain in accuracy is \($0.words); that in \(task.nameOfF1) is \(f1Gain(finding))."
      } ?? ""
    return """
      \(.strong(Prose(task.title(of: finding.ensemble)))): \(sizes(of: finding)), accuracy \
      \(.percent(estimate.mean)) %\(interval).\(gain)\(flattery(of: finding, in: task))
      """
  }

  private func f1Gain(_ finding: EnsembleFinding) -> Prose {
    finding.gain(by: .f1)?.words ?? "undefined"
  }

  private func sizes(of finding: EnsembleFinding) -> Prose {
    let sizes = finding.files.map(\.size)
    guard let least = sizes.min(), let most = sizes.max() else { return "no members" }
    let members: Prose =
      least == most ? least.counted("member") : "\(least) to \(most) members, by seed"
    let again: Prose = most == 1 ? ", whose answers it gives again" : ""
    return finding.isOfFolds ? "\(members) in the first fold" : "\(members)\(again)"
  }

  /// What the published way would have said.
  private func flattery(of finding: EnsembleFinding, in task: EvaluatedTask) -> Prose {
    guard let value = finding.chosenOnTest(by: .accuracy),
      let difference = finding.flattery(by: .accuracy)
    else { return "" }
    return """
       Ranking and choosing on the test rows, the published way, would have given \
      \(.percent(value)) %, \(.points(difference)) points; as the highest of all choices it is not \
      tested.
      """
  }
}
