import Datasets
import Documents
import Experiments

/// Scores of every variant with more and more noise on the test rows.
struct RobustnessTable: Table {
  let id = "robustness"
  let placement = Placement.robustness
  let rank = 10

  private static let scores = [Score.accuracy, .f1]

  /// One row a variant and noise; nothing where none was asked.
  func table(for task: EvaluatedTask) -> Document.Table? {
    let asked = task.robustness
    guard !asked.isEmpty else { return nil }
    let heads = ["none"] + RobustnessFile.ratios.map { "\($0 < 0 ? "−" : "")\($0.magnitude)" }
    return Document.Table(
      id: name(for: task),
      caption: """
        Scores with noise on \(asked.map(\.rowCount).max() ?? 0) test rows, the same for every \
        variant, by the ratio of signal and noise in dB; \(task.data.title), \(task.splitWords); \
        \(task.meansWords). Networks were not trained on such noise.\(task.meanF1Words)
        """,
      columns: [.init("Variant", .text), .init("Noise", .text)]
        + Self.scores.flatMap { score in
          heads.map { .init($0, group: "\(task.title(of: score)), %, at a ratio of") }
        },
      rows: asked.enumerated().flatMap { index, variant in
        Disturbance.allCases.enumerated().map { place, disturbance in
          row(
            variant, disturbance, in: task, isFirst: place == 0, isSetApart: place == 0 && index > 0
          )
        }
      })
  }

  private func row(
    _ variant: VariantRobustness, _ disturbance: Disturbance, in task: EvaluatedTask, isFirst: Bool,
    isSetApart: Bool
  ) -> Document.Table.Row {
    let numbers = Self.scores.flatMap { score in
      [variant.clean(score)]
        + RobustnessFile.ratios.map { variant.score(score, disturbance, decibels: $0) }
    }
    return .init(
      [
        .text(isFirst ? Prose(task.title(of: variant.variant)) : ""),
        .text(Prose(disturbance.title)),
      ] + numbers.map { .number(.percent($0, digits: 1), otherwise: Reason.neverPredicted) },
      isSetApart: isSetApart)
  }
}
