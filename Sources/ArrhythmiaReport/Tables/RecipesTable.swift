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
    let comparisons = Self.scores.map { task.recipeComparisons(by: task.metric($0)) }
    return Document.Table(
      id: name(for: task),
      caption: """
        The published recipe against another one for the same architecture, on \(task.testWords); \
        \(task.meansWords). Difference: other less published, with the \(task.pairedWords) from \
        \(task.drawWords). Verdict: \(task.verdictWords), over the variants.
        """,
      columns: [
        .init("Variant", .text), .init("Other recipe", .text), .init("Score", .text),
        .init("Published", group: "%"), .init("Other", group: "%"),
      ] + ["Difference", "Low", "High"].map { .init($0, group: "Points") }
        + [.init("Verdict", .text)],
      rows: pairs.indices.flatMap { index in
        zip(Self.scores, comparisons).enumerated().map { place, column in
          row(
            column.0, pairs[index], column.1[index], in: task, isFirst: place == 0,
            isSetApart: index > 0 && place == 0)
        }
      })
  }

  private func row(
    _ score: Score, _ pair: RecipePair, _ comparison: Comparison?, in task: EvaluatedTask,
    isFirst: Bool, isSetApart: Bool
  ) -> Document.Table.Row {
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

  /// The other recipe less the published one of every pair, corrected for their number.
  func recipeComparisons(by metric: Metric) -> [Comparison?] {
    Comparison.family(recipePairs.map { ($0.other, $0.published) }, by: metric)
  }
}
