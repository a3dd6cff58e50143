import Datasets
import Documents
import Experiments
import Statistics

/// What a variant's other recipes are worth beside its published one: the same architecture, only
/// trained otherwise.
struct RecipesTable: Table {
  let id = "recipes"
  let placement = Placement.results
  let rank = 13

  private static let scores = [Score.accuracy, .f1]

  /// One row a variant, recipe and score; nothing where no variant has two recipes.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let pairs = task.recipePairs
    guard !pairs.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        The published recipe against another one for the same architecture, on \(task.testWords); \
        \(task.meansWords). Difference: other less published, with the 95 % interval of the paired \
        difference from \(task.drawWords); no correction for the number of comparisons.
        """,
      columns: [
        .init("Variant", .text), .init("Other recipe", .text), .init("Score", .text),
        .init("Published", group: "%"), .init("Other", group: "%"),
      ] + ["Difference", "Low", "High"].map { .init($0, group: "Points") }
        + [.init("Verdict", .text)],
      rows: pairs.enumerated().flatMap { index, pair in
        Self.scores.enumerated().map { place, score in
          row(score, pair, in: task, isFirst: place == 0, isSetApart: index > 0 && place == 0)
        }
      })
  }

  private func row(
    _ score: Score, _ pair: RecipePair, in task: EvaluatedTask, isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
    let comparison = Comparison(pair.other, pair.published, by: task.metric(score))
    let reason = comparison == nil ? Reason.absentClass : Reason.rareInDraws
    return .init(
      [
        .text(isFirst ? Prose(pair.published.facts.title) : ""),
        .text(isFirst ? Prose(pair.other.recipeName.kind) : ""),
        .text(Prose(task.title(of: score))),
      ]
        + [pair.published, pair.other].map {
          .number(score.number(task.estimate(score, of: $0).mean), otherwise: Reason.absentClass)
        }
        + [comparison?.difference, comparison?.interval?.low, comparison?.interval?.high].map {
          .number(.points($0), otherwise: reason)
        } + [.text(Prose((comparison?.verdict ?? .noInterval).words))], isSetApart: isSetApart)
  }
}

/// A variant under its published recipe and under another one.
struct RecipePair {
  let published: EvaluatedVariant
  let other: EvaluatedVariant
}

extension EvaluatedTask {
  /// Every network that was trained by its published recipe and by another one.
  var recipePairs: [RecipePair] {
    networks.filter { $0.recipeName.isPublished }.flatMap { published in
      networks.filter { $0.facts.id == published.facts.id && !$0.recipeName.isPublished }
        .map { RecipePair(published: published, other: $0) }
    }
  }
}
