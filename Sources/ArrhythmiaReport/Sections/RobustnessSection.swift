import Documents
import Experiments
import Statistics

/// What is left of the scores where recordings are disturbed.
struct RobustnessSection: Section {
  let id: Identifier = "robustness"
  let rank = 47

  /// One part a task whose variants were asked; nothing without any.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.parts(of: id, in: .robustness) { task in
      let asked = task.robustness
      return asked.isEmpty
        ? []
        : [introduction(task, asked)]
          + Disturbance.allCases.compactMap { losses($0, task, asked) }
    }
    return parts.isEmpty ? nil : .init(id: id, title: "Robustness to noise", subsections: parts)
  }

  private func introduction(_ task: EvaluatedTask, _ asked: [VariantRobustness]) -> Prose {
    let gap = task.silenceWords(of: task.variants, besides: asked.map(\.variant))
    let ensembles: Prose =
      asked.contains { $0.variant.isEnsemble }
      ? """
       Ensembles join what their members answer, as they were put together on the validation rows \
      without noise.
      """ : ""
    return """
      The trained networks are asked again about \(asked.map(\.rowCount).max() ?? 0) test rows with \
      noise added to the beat as the network is fed it, scaled to 0…1, and not to its padding; it \
      is neither scaled nor cut off again. The ratio is that of the beat's power about its mean to \
      the power of the noise, over the samples of the beat, row by row. Baseline wander: four sines \
      between \(Number(0.05, digits: 2)) and \(Number(0.5, digits: 1)) Hz; muscle noise: white \
      noise, stronger in the upper half of the band; hum: a sine of \(50) Hz. All have random \
      phases, the same for every network and ratio. In practice noise comes before a beat is found, \
      cut and scaled, which is not tried here.\(ensembles)\(context(task, asked))\(gap)
      """
  }

  /// Where noise enters rows that hold more than a beat; nothing where there are none.
  private func context(_ task: EvaluatedTask, _ asked: [VariantRobustness]) -> Prose {
    guard let variant = asked.map(\.variant).first(where: task.isFedContext) else { return "" }
    return """
       \(task.title(of: variant)) is fed more than the beat: the noise is added to its samples, and \
      their difference from the record's median beat and the size of that change with them; the \
      record's amplitude and median beat and the intervals between beats are those without noise.
      """
  }

  /// What a noise as strong as the beat costs, where it costs least and most.
  private func losses(
    _ disturbance: Disturbance, _ task: EvaluatedTask, _ asked: [VariantRobustness]
  ) -> Prose? {
    let losses = asked.compactMap { variant -> (name: String, loss: Double)? in
      guard let clean = variant.clean(.accuracy),
        let noisy = variant.score(.accuracy, disturbance, decibels: 0)
      else { return nil }
      return (task.title(of: variant.variant), clean - noisy)
    }
    guard let least = losses.min(by: { $0.loss < $1.loss }),
      let most = losses.max(by: { $0.loss < $1.loss })
    else { return nil }
    return """
      \(.strong(Prose(disturbance.title))) as strong as the beat (\(0) dB) costs between \
      \(.percent(least.loss)) points of accuracy (\(least.name)) and \(.percent(most.loss)) \
      (\(most.name)).
      """
  }
}
