import Documents
import Experiments
import Statistics

/// Whether a probability says how often an answer is right.
struct CalibrationSection: Section {
  let id: Identifier = "calibration"
  let rank = 46

  /// One part a task with variants; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .calibration) { task in
      task.variants.isEmpty
        ? [] : [introduction(task)] + [changes(task), refusal(task)].compactMap(\.self)
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Calibration", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask) -> Prose {
    let missing = task.calibrations.filter { $0.after == nil }
    let gap: Prose =
      missing.isEmpty
      ? ""
      : """
       Of \(missing.count) of the \(task.calibrations.count.counted("variant")) there is no \
      temperature (n/a), for the reason below the table.
      """
    return """
      A network is calibrated where, of the answers with a probability of 90 %, nine in ten are \
      right. Dividing a network's logits by one number T, its temperature, changes how sure it is \
      and not what it answers. T is chosen on validation rows alone, by log loss; what it is worth \
      there is told by fifths of them that did not choose it, and on test rows by the paired \
      procedures of the other tables.\(gap)
      """
  }

  private func changes(_ task: EvaluatedTask) -> Prose? {
    let temperatures = task.calibrations.compactMap { variant in
      variant.temperature.mean.map { (name: task.title(of: variant.before), value: $0) }
    }
    guard let least = temperatures.min(by: { $0.value < $1.value }),
      let most = temperatures.max(by: { $0.value < $1.value })
    else { return nil }
    let sure = temperatures.count { $0.value > 1 }
    let clauses = CalibratedVariant.Score.allCases.map { score -> Prose in
      let verdicts = task.calibrations.compactMap { $0.changes[score]?.verdict }
      return """
        \(score.title) is lower in \(verdicts.count { $0 == .lower }), higher in \
        \(verdicts.count { $0 == .higher }), without a difference shown in \
        \(verdicts.count { !$0.isClaim })
        """
    }
    return """
      \(sure) of \(temperatures.count.counted("variant")) are too sure of themselves (T above 1); T \
      lies between \(Number(least.value, digits: 2)) (\(least.name)) and \
      \(Number(most.value, digits: 2)) (\(most.name)). After scaling, on test rows, of the \
      \(temperatures.count.counted("variant")): \(clauses.joined(separator: "; ")).
      """
  }

  /// What the most accurate variant reaches where it leaves the unsure rows to a person.
  private func refusal(_ task: EvaluatedTask) -> Prose? {
    guard let best = task.best(by: task.metric(.accuracy)) else { return nil }
    let reached = best.selective([1, 0.95, 0.8])
    return """
      Where \(task.title(of: best)), the most accurate on all rows, answers only the \(95) % that it \
      is surest of, its accuracy is \(.percent(reached[1])) % in place of \(.percent(reached[0])) %; \
      with \(80) % it is \(.percent(reached[2])) %.
      """
  }
}
