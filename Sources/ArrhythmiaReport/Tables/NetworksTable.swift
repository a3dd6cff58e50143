import Datasets
import Documents
import Experiments

/// The size of every variant of a task.
struct NetworksTable: Table {
  let id = "networks"
  let placement = Placement.networks
  let rank = 10

  /// One row a variant.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let variants = task.variants.enumerated().filter { index, variant in
      !task.variants[..<index].contains { $0.facts.id == variant.facts.id }
    }.map(\.element.facts)
    guard !variants.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Size of the networks on \(task.data.title), for rows of \(Dataset.rowLength) samples and \
        \(task.data.classes.count) classes.
        """,
      columns: [.init("Variant", .text), .init("Parameters"), .init("Multiply-adds a row")],
      rows: variants.map {
        .init([.text(Prose($0.title)), .count($0.parameters), .count($0.multiplyAdds)])
      })
  }
}
