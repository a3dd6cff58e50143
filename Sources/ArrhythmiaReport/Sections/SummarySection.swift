import Datasets
import Documents
import Experiments
import Statistics

/// What was found, in numbers.
struct SummarySection: Section {
  let id: Identifier = "summary"
  let rank = 10

  /// The best score of each task, and what else was found there.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let findings = study.tasks.flatMap { task -> [Document.Block] in
      guard let best = task.best(by: task.metric(.accuracy)) else {
        return [.paragraph("\(task.heading): no training has finished.")]
      }
      return [
        .paragraph(Self.leading(best, in: task)),
        .list(Self.findings(on: task, of: study), isNumbered: false),
      ]
    }
    let isComplete =
      study.results.gaps.isEmpty && study.results.tasks.allSatisfy(\.failures.isEmpty)
    let missing: [Document.Block] =
      isComplete
      ? [] : [.paragraph("Not everything that was asked for is here: \(to: .section("missing")).")]
    return .init(
      id: id, title: "Summary",
      blocks: findings.isEmpty
        ? [.paragraph("The study has no task.")] : findings + missing)
  }

  private static func leading(_ best: EvaluatedVariant, in task: EvaluatedTask) -> Prose {
    let accuracy = task.estimate(.accuracy, of: best)
    let interval: Prose =
      accuracy.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" } ?? ""
    return """
      \(.strong(Prose(task.data.title))) (\(task.protocolWords)): the highest accuracy on \
      \(task.data.testCount) test rows is \(.percent(accuracy.mean)) %\(interval), by \
      \(task.title(of: best)), \(seeds(of: best)), with \(task.nameOfF1) \
      \(.percent(task.estimate(.f1, of: best).mean)) %; see \
      \(to: .table(ResultsTable().name(for: task))). In brackets: \(task.intervalWords()).
      """
  }

  private static func findings(on task: EvaluatedTask, of study: EvaluatedStudy) -> [Prose] {
    [
      comparisons(in: task), meanF1(task), InterPatientSection().drop(task, study),
      majority(of: task), published(task), recipes(task), ensembles(task),
      transfers(task),
    ].compactMap(\.self)
  }

  private static func seeds(of variant: EvaluatedVariant) -> Prose {
    variant.cells.count == 1 ? "one seed" : "mean of \(variant.cells.count) seeds"
  }

  private static func majority(of task: EvaluatedTask) -> Prose? {
    task.majority.map {
      """
      Always answering the most frequent class of the training rows is right in \
      \(.percent($0.accuracy.value)) % of the test rows.
      """
    }
  }

  /// More variants than these are counted by their verdicts; the table has each of them.
  private static let listedAtMost = 5

  private static func comparisons(in task: EvaluatedTask) -> Prose? {
    let others = task.leads(by: task.metric(.accuracy)).compactMap { lead in
      lead.comparison.map { (title: task.title(of: lead.variant), $0) }
    }
    guard !others.isEmpty else { return nil }
    guard others.count > listedAtMost else {
      let clauses = others.map { other, comparison -> Prose in
        let verdict: Prose = comparison.verdict.isClaim ? "" : ", \(comparison.verdict.words)"
        return "\(comparison.numbers) to \(other)\(verdict)"
      }
      return "Its differences in points are \(clauses.joined(separator: "; "))."
    }
    let close = others.filter { !$0.1.verdict.isClaim }.map(\.title)
    guard close.count < others.count else {
      return """
        No difference in accuracy to any of the \(others.count) other rows, each a variant under one \
        recipe, is shown by the paired procedures, after Holm's correction.
        """
    }
    let names: Prose =
      close.count > listedAtMost
      ? "the other \(close.count)" : Prose(close.joined(separator: "; "))
    let rest: Prose = close.isEmpty ? "" : "; no difference is shown to \(names)"
    return """
      Of the \(others.count) other rows, each a variant under one recipe, \
      \(others.count - close.count) \(others.count - close.count == 1 ? "is" : "are") worse in accuracy by the paired procedures, after Holm's \
      correction\(rest).
      """
  }

  /// What the mean F1 without Q tells apart, where whole records are tested.
  private static func meanF1(_ task: EvaluatedTask) -> Prose? {
    guard task.recordsOfTestRows != nil else { return nil }
    let scores = task.variants.compactMap { task.reportedClassesScore(of: $0) }
    guard let best = scores.first(where: { $0.isBest && $0.comparison == nil }) else { return nil }
    let others = scores.compactMap(\.comparison)
    let worse = others.count { $0.verdict == .higher }
    let probe: Prose =
      task.isFedContext(best.variant)
      ? " What it is fed was known to help from a probe on these test records." : ""
    return """
      The highest mean F1 of N, S, V and F is \(.percent(best.estimate.mean)) %, by \
      \(task.title(of: best.variant)); \(worse) of the \(others.count) other rows are worse by it; \
      see \(to: .table(InterPatientTable().name(for: task))).\(probe)
      """
  }

  /// In how many variants another recipe than the published one is better.
  private static func recipes(_ task: EvaluatedTask) -> Prose? {
    let verdicts = task.recipeComparisons(by: task.metric(.accuracy)).compactMap { $0?.verdict }
    guard !verdicts.isEmpty else { return nil }
    let higher = verdicts.count { $0 == .higher }
    let lower = verdicts.count { $0 == .lower }
    return """
      Another recipe than the published one, for the same architecture, is the more accurate in \
      \(higher) of \(verdicts.count.counted("comparison")), less accurate in \(lower), without a \
      difference shown in \(verdicts.count - higher - lower); see \
      \(to: .table(RecipesTable().name(for: task))).
      """
  }

  /// What ensembles gain over the network that leads on validation rows.
  private static func ensembles(_ task: EvaluatedTask) -> Prose? {
    let clauses = task.ensembleFindings.compactMap { finding in
      finding.gain(by: .accuracy).map {
        "\(Prose(task.title(of: finding.ensemble))): \($0.words)" as Prose
      }
    }
    guard !clauses.isEmpty, let leader = task.leadingNetwork else { return nil }
    return """
      Gains of ensembles in accuracy, in points, over \(task.title(of: leader)), the network that \
      leads on validation rows: \(clauses.joined(separator: "; ")); see \(to: .section("ensembles")).
      """
  }

  /// In how many comparisons weights from another task are better than random ones.
  private static func transfers(_ task: EvaluatedTask) -> Prose? {
    let verdicts = task.transferFamilies.flatMap { family in
      family.transfers.flatMap(\.variants).compactMap {
        family.gain(of: $0)?.verdict
      }
    }
    guard !verdicts.isEmpty else { return nil }
    let higher = verdicts.count { $0 == .higher }
    let lower = verdicts.count { $0 == .lower }
    return """
      Weights from another task are more accurate than training from scratch on as many rows in \
      \(higher) of \(verdicts.count.counted("comparison")), less accurate in \(lower); see \
      \(to: .section("transfer")).
      """
  }

  private static func published(_ task: EvaluatedTask) -> Prose? {
    guard let baseline = task.baseline, let value = task.published(baseline)?.accuracy,
      let mean = task.estimate(.accuracy, of: baseline).mean
    else { return nil }
    return """
      \(task.title(of: baseline)) reaches \(.percent(mean)) %; published are \(.percent(value)) %, \
      a difference of \(.points(mean - value)) points. The published value is a single run \
      without an interval, so no verdict is drawn.
      """
  }
}
