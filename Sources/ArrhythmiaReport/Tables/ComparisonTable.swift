import Datasets
import Documents
import Experiments

/// How far every variant of a task is from the values that were published for it.
///
/// Only the published recipe is held against published values; other recipes of the same
/// architecture stand beside it, marked.
struct ComparisonTable: Table {
  let id = "comparison"
  let placement = Placement.results
  let rank = 15

  /// One row a variant and recipe; nothing where no variant has a published score.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let compared = Set(task.variants.filter { task.published($0) != nil }.map(\.facts.id))
    guard !compared.isEmpty else { return nil }
    let scores = [Score.accuracy, .f1]
    return Document.Table(
      id: name(for: task),
      caption: """
        Published values and the difference to them on \(task.testWords); this report: \
        \(task.meansWords). A published value is a single run without an interval: no verdict on a \
        difference is drawn.
        """,
      columns: [.init("Variant", .text)]
        + scores.map { .init(task.title(of: $0), group: "Published, %") }
        + scores.map { .init(task.title(of: $0), group: "This report, %") }
        + scores.map { .init(task.title(of: $0), group: "Difference, points") }
        + [.init("Source, remark", .paragraph)],
      rows: task.variants.filter { compared.contains($0.facts.id) }.map { variant in
        .init(
          [.text(Prose(task.title(of: variant)))]
            + scores.map { Self.value($0, of: variant, in: task) }
            + scores.map {
              .number(.percent(task.estimate($0, of: variant).mean), otherwise: Reason.absentClass)
            } + scores.map { Self.difference($0, of: variant, in: task) }
            + [.text(Self.origin(of: variant, in: task))])
      })
  }

  private static func value(
    _ score: Score, of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Cell {
    guard let published = task.published(variant) else { return .empty }
    return .number(.percent(score.published(published)), otherwise: Reason.unpublished)
  }

  /// The source of the published value, and what it is the value of.
  private static func origin(
    of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Prose {
    guard let published = task.published(variant) else {
      return """
        not the published recipe but \(.emphasis(Prose(variant.recipeName.kind))): not compared
        """
    }
    let remarks = [Prose(published.note), published.network(besides: variant.facts)]
      .compactMap(\.self).filter { $0 != "" }
    return ([published.linkedSource] + remarks).joined(separator: "; ")
  }

  private static func difference(
    _ score: Score, of variant: EvaluatedVariant, in task: EvaluatedTask
  ) -> Document.Table.Cell {
    guard let result = task.published(variant) else { return .empty }
    guard let published = score.published(result) else {
      return .number(.points(nil), otherwise: Reason.unpublished)
    }
    let mean = task.estimate(score, of: variant).mean
    return .number(.points(mean.map { $0 - published }), otherwise: Reason.absentClass)
  }
}

extension EvaluatedTask {
  /// The published result that a variant repeats, where the rows are comparable and it is trained
  /// by the published recipe.
  func published(_ variant: EvaluatedVariant) -> PublishedResult? {
    isComparableWithPublished && variant.recipeName.isPublished
      ? PublishedResult.repeated(task: id, variant: variant.facts.id) : nil
  }
}

extension PublishedResult {
  /// How the published network differs from the one of this report; `nil` where it does not.
  ///
  /// The published vanilla CNN pools along the channels, as its count of parameters shows.
  fileprivate func network(besides facts: VariantFacts) -> Prose? {
    let count = PublishedParameters.count(variant: model, task: task)
    guard model == "vanilla-cnn", let count else { return nil }
    return """
      published: a network of \(count) parameters that pools along the channels by mistake; here: \
      \(facts.parameters) parameters, pooling along time
      """
  }
}
