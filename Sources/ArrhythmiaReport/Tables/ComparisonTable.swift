import Datasets
import Documents
import Experiments

/// How far every variant of a task is from its published scores and from this report's baseline.
struct ComparisonTable: Table {
  let id = "comparison"
  let placement = Placement.results
  let rank = 15

  /// One row a variant; nothing where there is neither a published score nor another variant.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let columns = Self.published(for: task) + Self.differencesToBaseline(in: task)
    guard !columns.isEmpty else { return nil }
    let published: Prose =
      "Published: one unseeded run a model; differences are this report's mean less that value."
    return Document.Table(
      id: name(for: task),
      caption: """
        Differences in percentage points on \(task.testWords); means over \(task.seedWords). A \
        difference is not a test: see the intervals in \(to: .section("summary")).
        """,
      columns: [.init("Variant", .text)] + columns.map(\.column),
      rows: task.variants.map { variant in
        .init([.text(Prose(task.title(of: variant)))] + columns.map { $0.cell(variant) })
      },
      notes: task.isComparableWithPublished ? [published] : [])
  }

  /// A column with the cell of a variant.
  private struct Column {
    let column: Document.Table.Column
    let cell: (EvaluatedVariant) -> Document.Table.Cell
  }

  private static func published(for task: EvaluatedTask) -> [Column] {
    guard task.variants.contains(where: { task.published($0) != nil }) else { return [] }
    func value(_ title: String, _ value: @escaping (PublishedResult) -> Double?) -> Column {
      Column(column: .init("\(title), %", group: "Published")) { variant in
        .number(.percent(task.published(variant).flatMap(value)), otherwise: Reason.unpublished)
      }
    }
    func difference(
      _ title: String, _ score: @escaping (Scores) -> Double?,
      _ value: @escaping (PublishedResult) -> Double?
    ) -> Column {
      Column(column: .init(title, group: "To published, points")) { variant in
        .number(
          .points(
            less(variant.summary(score).mean, task.published(variant).flatMap(value))),
          otherwise: Reason.unpublished)
      }
    }
    return [
      value("Accuracy", \.accuracy), value(task.f1Title, \.f1),
      difference("Accuracy", \.accuracy, \.accuracy),
      difference(task.f1Title, \.headlineF1, \.f1),
    ]
  }

  private static func differencesToBaseline(in task: EvaluatedTask) -> [Column] {
    guard let baseline = task.baseline, task.variants.count > 1 else { return [] }
    func difference(_ title: String, _ score: @escaping (Scores) -> Double?) -> Column {
      Column(column: .init(title, group: "To our baseline, points")) { variant in
        guard variant.facts.id != baseline.facts.id || variant.recipe != baseline.recipe else {
          return .empty
        }
        return .number(
          .points(less(variant.summary(score).mean, baseline.summary(score).mean)),
          otherwise: Reason.absentClass)
      }
    }
    return [difference("Accuracy", \.accuracy), difference(task.f1Title, \.headlineF1)]
  }

  private static func less(_ value: Double?, _ reference: Double?) -> Double? {
    value.flatMap { value in reference.map { value - $0 } }
  }
}

extension EvaluatedTask {
  /// The published result that a variant repeats, where the rows are comparable.
  func published(_ variant: EvaluatedVariant) -> PublishedResult? {
    isComparableWithPublished
      ? PublishedResult.repeated(task: id, variant: variant.facts.id) : nil
  }
}
