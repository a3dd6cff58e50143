import Datasets
import Documents
import Experiments

/// What is unusual about the rows of both sides.
struct AuditTable: Table {
  let id = "audit"
  let placement = Placement.audit
  let rank = 10

  private static let unknown = "the source names nobody"

  /// One row a finding; nothing where nobody has looked.
  func table(for task: EvaluatedTask) -> Document.Table? {
    guard let audit = task.results.audit else { return nil }
    let counts: [(String, (RowFacts) -> Int?)] = [
      ("rows", \.count), ("people", \.subjectCount), ("records", \.recordCount),
      ("rows without padding", \.fullCount), ("rows of zeros alone", \.flatCount),
      ("rows that stay at their maximum", \.highPlateauCount),
      ("rows that stay at their minimum", \.lowPlateauCount),
      ("rows that equal an earlier one", \.copyCount),
      ("rows that equal one of another class", \.contradictionCount),
    ]
    let lengths = [(1, "5 %"), (3, "median"), (5, "95 %")].map { place, name in
      row("samples before the padding, \(name)") { facts, _ in
        .number(Number(facts.lengths[place], digits: 0), otherwise: Self.unknown)
      }
    }
    let distance = row("median distance to the nearest other row") { _, neighbours in
      .number(
        Number(neighbours.medianDistance.map(Double.init), digits: 3),
        otherwise: "there is no other")
    }
    func row(
      _ name: String, _ cell: (RowFacts, NeighbourFacts) -> Document.Table.Cell
    ) -> Document.Table.Row {
      .init([
        .text(Prose(name)), cell(audit.train, audit.withinTrain),
        cell(audit.test, audit.withinTest),
      ])
    }
    return Document.Table(
      id: name(for: task),
      caption: """
        What the two sides of \(task.data.title) hold, \(task.splitWords). To stay: five samples or \
        more in a row with the same extreme value, padding left aside.
        """,
      columns: [.init("Finding", .text), .init("Training"), .init("Test")],
      rows: counts.map { name, count in
        row(name) { facts, _ in
          count(facts).map { .count($0) } ?? .init(.notAvailable(reason: Self.unknown))
        }
      } + lengths + [distance])
  }
}
