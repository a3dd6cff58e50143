import Datasets
import Documents
import Experiments

/// How far every variant of a task is from the values that were published for it.
struct ComparisonTable: Table {
  let id = "comparison"
  let placement = Placement.results
  let rank = 15

  /// One row a variant; nothing where no variant has a published score.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard task.variants.contains(where: { task.published($0) != nil }) else { return nil }
    let scores = [Score.accuracy, .f1]
    return Document.Table(
      id: name(for: task),
      caption: """
        Published values and the difference to them on \(task.testWords); this report: \
        \(task.meansWords). A published value is a single run without an interval: no verdict on a \
        difference is drawn.
        """,
      columns: [.init("Variant", .text)]
        + scores.map { .init("\(task.title(of: $0)), %", group: "Published") }
        + scores.map { .init(task.title(of: $0), group: "Difference, points") }
        + [.init("Source", .text), .init("Remark", .paragraph)],
      rows: task.variants.map { variant in
        .init(
          [.text(Prose(task.title(of: variant)))]
            + scores.map { Self.value($0, of: variant, in: task) }
            + scores.map { Self.difference($0, of: variant, in: task) }
            + Self.origin(of: variant, in: task))
      })
  }

  private static func value(
    _ score: Score, of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Cell {
    .number(
      .percent(task.published(variant).flatMap(score.published)), otherwise: Reason.unpublished)
  }

  /// The source of the published value, and what it is the value of.
  private static func origin(
    of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> [Document.Table.Cell] {
    guard let published = task.published(variant) else { return [.empty, .empty] }
    let remarks = [Prose(published.note), published.network(besides: variant.facts)]
      .compactMap(\.self).filter { $0 != "" }
    return [published.sourceCell, .text(remarks.joined(separator: "; "))]
  }

  private static func difference(
    _ score: Score, of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Cell {
    guard let published = task.published(variant).flatMap(score.published) else {
      return .number(.points(nil), otherwise: Reason.unpublished)
    }
    let mean = task.estimate(score, of: variant).mean
    return .number(.points(mean.map { $0 - published }), otherwise: Reason.absentClass)
  }
}

extension EvaluatedTask {
  /// The published result that a variant repeats, where the rows are comparable.
  func published(_ variant: EvaluatedVariant) -> PublishedResult? {
    isComparableWithPublished
      ? PublishedResult.repeated(task: id, variant: variant.facts.id) : nil
  }
}

extension PublishedResult {
  /// How the published network differs from the one of this report; `nil` where it does not.
  ///
  /// The published vanilla CNN pools along the channels, as its count of parameters shows.
  fileprivate func network(besides facts: VariantFacts) -> Prose? {
    let parameters = ["mitbih": 199_477, "ptb": 16_785]
    guard model == "vanilla-cnn", let count = parameters[task] else { return nil }
    return """
      published: a network of \(count) parameters that pools along the channels by mistake; here: \
      \(facts.parameters) parameters, pooling along time
      """
  }
}
