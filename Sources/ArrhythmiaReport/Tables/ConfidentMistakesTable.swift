import Documents
import Experiments
import Statistics

/// How many mistakes every variant makes, and of how many it was sure.
struct ConfidentMistakesTable: Table {
  let id = "confident-mistakes"
  let placement = Placement.mistakes
  let rank = 10

  private static let levels = [0.9, 0.99, 0.999]

  /// One row a variant.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard !task.variants.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Wrong answers on \(task.testWords), and how many of them have at least a probability, as \
        given, before any temperature; \(task.meansWords).
        """,
      columns: [.init("Variant", .text), .init("Mistakes")]
        + Self.levels.map { .init(task.percent($0), group: "With a probability of") }
        + [.init("Highest probability, %")],
      rows: task.variants.map { row(of: $0, in: task) })
  }

  private func row(of variant: EvaluatedVariant, in task: EvaluatedTask) -> Document.Table.Row {
    let seeds = variant.cells.map(\.predictions.confidenceOfMistakes)
    func mean(_ value: ([Double]) -> Double?) -> Double? { ScoreEstimate(seeds.map(value)).mean }
    let digits = seeds.count > 1 ? 1 : 0
    let counts = ([0] + Self.levels).map { level in
      mean { Double($0.count { $0 >= level }) }
    }
    return .init(
      [.text(Prose(task.title(of: variant)))]
        + counts.map { .number(Number($0, digits: digits), otherwise: Reason.absentClass) }
        + [
          .number(
            .percent(mean { $0.max() }, digits: 3), otherwise: "no answer is wrong")
        ])
  }
}
