import Datasets
import Documents

/// How far the parts of the samples depend on what was learnt: the check with random weights.
struct ExplanationsTable: Table {
  let id = "explanations"
  let placement = Placement.explanations
  let rank = 10

  /// One row a network; nothing where none was looked at.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let asked = task.explanations
    guard !asked.isEmpty else { return nil }
    return Document.Table(
      id: name(for: task),
      caption: """
        Spearman's rank correlation between the parts of a beat's samples in the answer, by the trained \
        network and by the same network with random weights in its last layer, in the last half of its \
        layers and in all of them (Adebayo et al. 2018, arXiv:1810.03292); mean over up to \
        \(asked.map(\.rowCount).max() ?? 0) test rows, padding left out; \(task.data.title), \
        \(task.splitWords). Near 1: the map does not depend on what was learnt. Gap: how far \
        integrated gradients are from adding up to the difference of the outputs. Row: rank correlation \
        of their magnitudes with the heights of the samples themselves.
        """,
      columns: [.init("Variant", .text), .init("Gap, %"), .init("Row")]
        + VariantExplanations.Method.allCases.flatMap { method in
          VariantExplanations.Depth.allCases.map { .init($0.title, group: method.title) }
        },
      rows: asked.map { row(of: $0, in: task) })
  }

  private func row(of asked: VariantExplanations, in task: EvaluatedTask) -> Document.Table.Row {
    .init(
      [
        .text(Prose(task.title(of: asked.variant))),
        .number(.percent(asked.gap), otherwise: "the output is the same for every row"),
        .number(Number(asked.likenessToRow, digits: 2), otherwise: Self.flat),
      ]
        + VariantExplanations.Method.allCases.flatMap { method in
          VariantExplanations.Depth.allCases.map { depth in
            .number(
              Number(asked.likeness(method, depth), digits: 2),
              otherwise: method == .activation && !asked.hasActivation
                ? "the network has no features along time" : Self.flat)
          }
        })
  }

  private static let flat = "the parts of all samples are equal"
}
