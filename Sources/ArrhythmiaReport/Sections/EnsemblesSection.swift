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
      the logistic layer are found on validation rows only, cross-fitted, so that no row judges \
      what it has shaped.\(rest)
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
    return finding.isOfFolds ? "\(members) in the first fold" : members
  }

  /// What the published way would have said, and whether that is more than chance.
  private func flattery(of finding: EnsembleFinding, in task: EvaluatedTask) -> Prose {
    guard let value = finding.chosenOnTest(by: .accuracy),
      let difference = finding.flattery(by: .accuracy)
    else { return "" }
    let verdict: Prose =
      switch finding.flatteryVerdict(by: .accuracy) {
      case .notShown: "inside the interval, so no difference is shown"
      case .higher: "above the interval"
      case .lower: "below the interval"
      case .noInterval: "without an interval to judge it by"
      }
    return """
       Ranking and choosing on the test rows, the published way, would have given \
      \(.percent(value)) %, \(.points(difference)) points: \(verdict).
      """
  }
}
