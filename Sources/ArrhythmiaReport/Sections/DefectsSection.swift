import Datasets
import Documents
import Experiments
import Statistics

/// What the code of the repeated study does otherwise than it says, and what that is worth where
/// this run can tell.
struct DefectsSection: Section {
  let id: Identifier = "defects"
  let rank = 51

  /// One list a task with published results; nothing where no defect concerns the run.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let parts = study.tasks.compactMap { task -> Document.Section? in
      guard task.isComparableWithPublished,
        !PublishedResult.results(task: task.id).isEmpty
      else { return nil }
      let items = [
        pooling(task), masking(task), ranking(task), stacking(task), seeds(task), rate(task),
      ].compactMap(\.self)
      return items.isEmpty
        ? nil
        : .init(
          id: Identifier("defects-\(task.id)"), title: task.heading,
          blocks: [.list(items, isNumbered: false)])
    }
    return parts.isEmpty
      ? nil
      : .init(
        id: id, title: "Defects of the published code",
        blocks: [
          .paragraph(
            """
            The architectures are kept, their defects are not. Each is named here with its effect, \
            where this run measures one.
            """)
        ], subsections: parts)
  }

  /// A network pools along the wrong axis.
  private func pooling(_ task: EvaluatedTask) -> Prose? {
    guard let variant = task.published("vanilla-cnn"), let published = task.published(variant),
      let count = task.publishedParameters(of: variant.facts.id)
    else { return nil }
    let mean = task.estimate(.accuracy, of: variant).mean
    let difference = mean.flatMap { mean in published.accuracy.map { mean - $0 } }
    return """
      \(.strong("Pooling.")) The published \(variant.facts.title) pools along the channels instead \
      of time: \(count) parameters, accuracy \(.percent(published.accuracy)) %. Pooling along time \
      it has \(variant.facts.parameters), and reaches \(.percent(mean)) %, \(.points(difference)) \
      points; the published value is a single run without an interval, and the seeds differ, so \
      that no verdict is drawn.
      """
  }

  /// A network was never shown the marked padding that its description speaks of.
  private func masking(_ task: EvaluatedTask) -> Prose? {
    guard task.published("fourier-cnn") != nil else { return nil }
    return """
      \(.strong("Masking.")) The published description has the padding marked before the Fourier \
      transform; the published code transforms the rows as they are, and so does this program. What \
      the mark would have changed is not measured.
      """
  }

  /// Members of ensembles were ranked on the test rows.
  private func ranking(_ task: EvaluatedTask) -> Prose? {
    let clauses = task.ensembleFindings.compactMap { finding -> Prose? in
      guard let difference = finding.flattery(by: .accuracy) else { return nil }
      let title = task.title(of: finding.ensemble)
      return "\(title) \(.points(difference))"
    }
    guard !clauses.isEmpty else { return nil }
    return """
      \(.strong("Ranking.")) Members of ensembles were ranked on the test rows; here they are \
      ranked on validation rows. The published way would have added, in points of accuracy on the \
      test rows of this run: \(clauses.joined(separator: "; ")); the highest of all choices is not \
      tested. See \(to: .section("ensembles")).
      """
  }

  /// The layer on the members' outputs was fitted to rows that the members had learnt.
  private func stacking(_ task: EvaluatedTask) -> Prose? {
    guard let finding = task.ensembleFindings.first(where: { $0.ensemble.isLogistic }) else {
      return nil
    }
    let lowest = finding.files.flatMap(\.sizes).compactMap(\.testAccuracy).min()
    let majority = task.majority?.accuracy.value
    return """
      \(.strong("Stacking.")) The logistic layer was fitted to the members' answers to their own \
      training rows, which they know too well: the published one of three members is right as often \
      as a constant answer on the binary task. Here it is fitted to held-out rows; of all its sizes \
      the lowest accuracy on the test rows is \(.percent(lowest)) %, where a constant answer has \
      \(.percent(majority)) %. Fitting to training rows is not repeated.
      """
  }

  /// There was one run a model.
  private func seeds(_ task: EvaluatedTask) -> Prose? {
    let repeated = task.networks.filter { task.published($0) != nil }
    let deviations = repeated.compactMap { task.estimate(.accuracy, of: $0).deviation }
    let halves = repeated.compactMap { task.estimate(.accuracy, of: $0).interval }
      .map { ($0.high - $0.low) / 2 }
    guard !repeated.isEmpty, let least = halves.min(), let most = halves.max() else { return nil }
    let spread: Prose =
      deviations.max().map {
        " Their standard deviation over seeds is up to \(Number.percent($0)) points."
      } ?? " With one seed here too, the spread between trainings is not known."
    return """
      \(.strong("Seeds.")) Published is one unseeded run a model. Half the 95 % interval of the \
      accuracy of the same variants here is \(.percent(least)) to \(.percent(most)) points wide: \
      without the answers row by row, smaller differences between published rows cannot be told from \
      chance; those within this report are paired.\(spread)
      """
  }

  /// The rows are said to have another sampling rate than they have.
  private func rate(_ task: EvaluatedTask) -> Prose? {
    guard task.id == "mitbih" else { return nil }
    return """
      \(.strong("Sampling rate.")) The published description speaks of \(125) samples a second; the \
      rows have \(Number(task.data.rowSamplingRate, digits: 0)), and time axes here say so. No score \
      depends on it.
      """
  }
}

extension EvaluatedTask {
  /// A variant under its published recipe.
  fileprivate func published(_ id: String) -> EvaluatedVariant? {
    networks.first { $0.facts.id == id && $0.recipeName.isPublished }
  }
}

extension EvaluatedVariant {
  /// Whether it joins answers by a layer that is fitted.
  fileprivate var isLogistic: Bool {
    facts.id == EnsembleMethod.logistic.rawValue
  }
}
