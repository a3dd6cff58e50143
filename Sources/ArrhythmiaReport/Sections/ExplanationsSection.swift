import Datasets
import Documents
import Experiments

/// Which samples of a beat an answer rests on, and whether such a picture can be believed.
struct ExplanationsSection: Section {
  let id: Identifier = "explanations"
  let rank = 48

  /// One part a task whose networks were looked at; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .explanations) { task in
      let asked = task.explanations
      return asked.isEmpty
        ? []
        : [introduction(task, asked), completeness(task, asked)].compactMap(\.self)
          + VariantExplanations.Method.allCases.compactMap { sanity($0, task, asked) }
          + [reading]
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Explanations", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask, _ asked: [VariantExplanations]) -> Prose {
    let gap = task.silenceWords(of: task.networks, besides: asked.map(\.variant))
    let ensembles: Prose =
      task.ensembles.isEmpty
      ? "" : " Ensembles are not traced back: they see answers of networks, no samples."
    return """
      Two methods tell which samples the logit of an answer rests on. Integrated gradients (Sundararajan \
      et al. 2017, arXiv:1703.01365) follow the output from a flat row to the beat, in \
      \(ExplanationFile.pathSteps) steps. Grad-CAM (Selvaraju et al. 2017, \
      doi:10.1109/ICCV.2017.74) weighs the last features that still follow each other in time; a \
      network without such features has none. Both were taken for up to \
      \(task.explainedRowWords), \(asked.map(\.rowCount).max() ?? 0) in all, the same for every \
      network.\(context(task, asked))\(ensembles)\(gap)
      """
  }

  /// What rows that hold more than a beat are shown by; nothing where there are none.
  private func context(_ task: EvaluatedTask, _ asked: [VariantExplanations]) -> Prose {
    guard let fed = asked.first(where: { $0.elsewhere != nil }) else { return "" }
    return """
       \(task.title(of: fed.variant)) is fed each sample beside its difference from the record's \
      median beat, whose parts are added up, and numbers of the rhythm and of that difference, which \
      have \(.percent(fed.elsewhere, digits: 0)) % of the magnitude of all parts and are not drawn.
      """
  }

  private func completeness(_ task: EvaluatedTask, _ asked: [VariantExplanations]) -> Prose? {
    let gaps = asked.compactMap { variant in
      variant.gap.map { (name: task.title(of: variant.variant), value: $0) }
    }
    guard let most = gaps.max(by: { $0.value < $1.value }) else { return nil }
    return """
      The parts of integrated gradients should add up to the difference of the two outputs: they miss \
      it by at most \(.percent(most.value)) % of it (\(most.name)).
      """
  }

  /// What is left of the likeness where no layer has what it learnt.
  private func sanity(
    _ method: VariantExplanations.Method, _ task: EvaluatedTask, _ asked: [VariantExplanations]
  ) -> Prose? {
    let all = asked.compactMap { variant in
      variant.likeness(method, .all).map { (name: task.title(of: variant.variant), value: $0) }
    }
    guard let least = all.min(by: { $0.value < $1.value }),
      let most = all.max(by: { $0.value < $1.value })
    else { return nil }
    let alike = all.filter { $0.value >= VariantExplanations.alike }
    let verdict: Prose =
      alike.isEmpty
      ? """
      none keeps \(Number(VariantExplanations.alike, digits: 1)) or more
      """
      : """
      \(alike.count) of \(all.count.counted("network")) \(alike.count == 1 ? "keeps" : "keep") \
      \(Number(VariantExplanations.alike, digits: 1)) or more, so that there the picture shows the \
      beat rather than what was learnt (\(alike.map(\.name).joined(separator: ", ")))
      """
    return """
      \(.strong(Prose(method.title))), with random weights in all layers: the rank correlation with \
      the trained network's lies between \(Number(least.value, digits: 2)) (\(least.name)) and \
      \(Number(most.value, digits: 2)) (\(most.name)); \(verdict).
      """
  }

  private let reading: Prose = """
    A map that changes with the weights says what moves this network's output, not that it is the \
    reason a cardiologist would give; nobody has judged the maps. They have no intervals, and of a \
    class there are few rows.
    """
}
