import Datasets
import Documents
import Experiments
import Statistics

/// What was found, in numbers.
struct SummarySection: Section {
  let id: Identifier = "summary"
  let rank = 10

  /// One paragraph of findings a task.
  func section(for study: EvaluatedStudy) -> Document.Section? {
    let findings = study.tasks.map { task in
      task.variants.isEmpty
        ? "\(task.heading): no training has finished."
        : Self.sentences(on: task).joined(separator: " ")
    }
    let isComplete =
      study.results.gaps.isEmpty && study.results.tasks.allSatisfy(\.failures.isEmpty)
    let missing: [Document.Block] =
      isComplete
      ? [] : [.paragraph("Not everything that was asked for is here: \(to: .section("missing")).")]
    return .init(
      id: id, title: "Summary",
      blocks: findings.isEmpty
        ? [.paragraph("The study has no task.")] : findings.map { .paragraph($0) } + missing)
  }

  private static func sentences(on task: EvaluatedTask) -> [Prose] {
    guard let best = task.best(by: task.metric(.accuracy)) else { return [] }
    let accuracy = task.estimate(.accuracy, of: best)
    let interval: Prose =
      accuracy.interval.map { " (\(Number.percent($0.low)) to \(Number.percent($0.high)))" } ?? ""
    let leading: Prose = """
      \(.strong(Prose(task.data.title))) (\(task.protocolWords)): the highest accuracy on \
      \(task.data.testCount) test rows is \(.percent(accuracy.mean)) %\(interval), by \
      \(task.title(of: best)), \(seeds(of: best)), with \(task.nameOfF1) \
      \(.percent(task.estimate(.f1, of: best).mean)) %; see \
      \(to: .table(ResultsTable().name(for: task))).
      """
    let intervals: Prose = "In brackets: \(task.intervalWords())."
    return [
      leading, comparisons(with: best, in: task), intervals, majority(of: task),
      published(task),
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

  private static func comparisons(
    with best: EvaluatedVariant, in task: EvaluatedTask
  ) -> Prose? {
    let clauses = task.variants.filter { !$0.isSame(as: best) }.compactMap { other -> Prose? in
      guard let comparison = Comparison(best, other, by: task.metric(.accuracy)) else { return nil }
      let interval: Prose =
        comparison.interval.map { " (\(Number.points($0.low)) to \(Number.points($0.high)))" } ?? ""
      let verdict: Prose = comparison.verdict.isClaim ? "" : ", \(comparison.verdict.words)"
      return "\(.points(comparison.difference))\(interval) to \(task.title(of: other))\(verdict)"
    }
    guard !clauses.isEmpty else { return nil }
    return "Its differences in points are \(clauses.joined(separator: "; "))."
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
