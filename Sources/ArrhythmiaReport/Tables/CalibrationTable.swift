import Documents
import Experiments
import Statistics

/// What the probabilities of every variant are worth, before and after temperature scaling.
struct CalibrationTable: Table {
  let id = "calibration"
  let placement = Placement.calibration
  let rank = 10

  /// One row a variant and score.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.calibrations.isEmpty else { return nil }
    let scores = CalibratedVariant.Score.allCases
    let ends = ["mean", "low", "high"]
    return Document.Table(
      id: name(for: task), caption: caption(task),
      columns: [.init("Variant", .text), .init("T"), .init("Score", .text)]
        + ["before", "after"].map { .init($0, group: "Validation") }
        + ends.map { .init($0, group: "Test, before") }
        + ends.map { .init($0, group: "Test, after") }
        + ends.map { .init($0, group: "Change") } + [.init("Verdict", .text, group: "Change")],
      rows: task.calibrations.enumerated().flatMap { index, variant in
        scores.enumerated().map { place, score in
          row(
            score, variant, in: task, isFirst: place == 0, isSetApart: place == 0 && index > 0)
        }
      })
  }

  private func caption(_ task: EvaluatedTask) -> Prose {
    """
    Probabilities before and after temperature scaling, on \(task.testWords); \(task.meansWords). T: \
    the temperature, fitted to the least log loss on validation rows, which alone choose it. \
    Validation: after scaling each fifth at the temperature of the other four. ECE: expected \
    calibration error in \(CalibrationBin.count) bins. Of all scores smaller is better. Low and \
    high: \(task.intervalWords()); of the change the \(task.pairedWords). They hold T fixed. \
    Verdict: \(task.verdictWords), over the variants by each score.
    """
  }

  private func row(
    _ score: CalibratedVariant.Score, _ variant: CalibratedVariant, in task: EvaluatedTask,
    isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let change = variant.changes[score]
    let reason = variant.reason.isEmpty ? Reason.absentClass : variant.reason
    let temperature = variant.temperature
    let verdict = change?.verdict.words
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: variant.before)) : ""),
        isFirst
          ? .spread(
            Number(temperature.mean, digits: 3),
            deviation: Number(temperature.deviation, digits: 3),
            otherwise: reason) : .empty,
        .text(Prose(score.title)),
        .number(.area(variant.validationBefore(score)), otherwise: reason),
        .number(.area(variant.validationAfter(score)), otherwise: reason),
      ] + numbers(variant.before.estimate(of: score.metric), otherwise: Reason.absentClass)
        + numbers(variant.after?.estimate(of: score.metric), otherwise: reason)
        + [change?.difference, change?.interval?.low, change?.interval?.high].map {
          .number(
            .change($0), otherwise: change == nil ? reason : Reason.rareInDraws)
        } + [verdict.map { .text(Prose($0)) } ?? .number(.area(nil), otherwise: reason)],
      isSetApart: isSetApart)
  }

  private func numbers(
    _ estimate: ScoreEstimate?, otherwise reason: String
  ) -> [Document.Table.Cell] {
    [.number(.area(estimate?.mean), otherwise: reason)]
      + [estimate?.interval?.low, estimate?.interval?.high].map {
        .number(.area($0), otherwise: estimate?.mean == nil ? reason : Reason.rareInDraws)
      }
  }
}
