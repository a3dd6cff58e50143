import Datasets
import Documents
import Experiments

/// What was found, in numbers.
struct SummarySection: Section {
  let id: Identifier = "summary"
  let rank = 10

  /// One paragraph of findings a task.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let findings = study.tasks.map { task in
      task.variants.isEmpty
        ? "\(task.data.title): no training has finished."
        : Self.sentences(on: task).joined(separator: " ")
    }
    let failures = study.results.tasks.reduce(0) { $0 + $1.failures.count }
    let missing: [Document.Block] =
      failures + study.results.gaps.count > 0
      ? [.paragraph("Not everything that was asked for is here: \(to: .section("missing")).")] : []
    return .init(
      id: id, title: "Summary",
      blocks: findings.isEmpty
        ? [.paragraph("The study has no task.")] : findings.map { .paragraph($0) } + missing)
  }

  private static func sentences(on task: EvaluatedTask) -> [Prose] {
    guard let best = task.best else { return [] }
    let leading: Prose = """
      \(task.data.title) (\(task.data.protocolLabel), \(task.data.source.words)): the highest \
      accuracy on \(task.data.testCount) test rows is \
      \(.percent(best.summary(\.accuracy).mean)) %, by \(task.title(of: best)) \
      (\(task.f1Title) \(.percent(best.summary(\.headlineF1).mean)) %; \(seeds(of: best))); see \
      \(to: .table(ResultsTable().name(for: task))).
      """
    return [leading, majority(of: task)].compactMap(\.self) + comparisons(with: best, in: task)
      + [published(task)].compactMap(\.self)
  }

  private static func seeds(of variant: EvaluatedVariant) -> Prose {
    variant.cells.count == 1
      ? "one seed, training variance not included" : "mean of \(variant.cells.count) seeds"
  }

  private static func majority(of task: EvaluatedTask) -> Prose? {
    task.majority.map {
      "Always answering the most frequent class is right in \(.percent($0.accuracy)) % of them."
    }
  }

  private static func comparisons(
    with best: EvaluatedVariant, in task: EvaluatedTask
  ) -> [Prose] {
    task.variants.filter { $0.facts.id != best.facts.id || $0.recipe != best.recipe }.compactMap {
      other in
      guard let comparison = Comparison(best, other) else { return nil }
      let verdict: Prose = comparison.isShown ? "." : ": no difference shown."
      return """
        Against \(task.title(of: other)) that is \(.points(comparison.difference)) points (95 % \
        interval \(.points(comparison.low)) to \(.points(comparison.high)), paired by beat, \
        which takes beats as independent)\(verdict)
        """
    }
  }

  private static func published(_ task: EvaluatedTask) -> Prose? {
    guard let baseline = task.baseline, let published = task.published(baseline),
      let (mean, value) = both(baseline.summary(\.accuracy).mean, published.accuracy)
    else { return nil }
    let verdict: Prose =
      baseline.cells.count == 1
      ? "; with one seed on either side no difference between the two is shown"
      : "; the published value is one unseeded run, so this is no test"
    return """
      \(task.title(of: baseline)) reaches \(.percent(mean)) %, published are \(.percent(value)) %: \
      \(.points(mean - value)) points\(verdict).
      """
  }

  private static func both(_ first: Double?, _ second: Double?) -> (Double, Double)? {
    guard let first, let second else { return nil }
    return (first, second)
  }
}
