internal import Datasets
internal import Experiments
internal import Plotting

/// Counts and row percentages: truth down, prediction across, classes in label order.
struct ConfusionMatrixFigure: Figure {
  let id = "confusion"
  let title = "Confusion matrices"

  func draw(_ task: TaskResults, of study: StudyResults) throws(ReportError) -> FigureContent {
    let variants = try task.variants()
    guard !variants.isEmpty else { return .nothing(reason: "no training has finished") }
    let classes = task.data.classes.count
    let matrices = variants.map { ConfusionCounts($0, classes: classes) }
    let perRow = matrices.allSatisfy { $0.largestCount < 100_000 } ? 3 : 2
    return .pictures(
      matrices.pages(of: 2 * perRow).map { page in
        let columns = min(perRow, page.count)
        return Picture(
          sheet: Sheet(
            width: columns == 1 ? .column : .full, columns: columns,
            panels: page.enumerated().map { index, matrix in
              chart(matrix, task.data.classes, hasNames: index.isMultiple(of: columns))
            }),
          caption: caption(task), data: table(page, task.data.classes),
          sources: task.predictionSources)
      })
  }

  private func chart(
    _ matrix: ConfusionCounts, _ classes: [ClassLabel], hasNames: Bool
  ) -> Chart {
    let symbols = BandScale(classes.map(\.symbol))
    let names = BandScale(classes.map { hasNames ? $0.symbol : "" })
    return Chart(
      matrix.title, x: Axis("predicted", symbols, hasGrid: false),
      y: Axis(hasNames ? "true" : "", names, hasGrid: false), isYDownward: true, height: .ratio(1)
    ) {
      for truth in classes.indices {
        for predicted in classes.indices {
          let share = matrix.rowShare(truth, predicted)
          Cell(
            column: predicted, row: truth, color: ColorMap.viridis(share ?? 0),
            lines: [
              NumberText.grouped(matrix.counts[truth][predicted]),
              share.map { NumberText.fixed(100 * $0, decimals: 1) + " %" } ?? "n/a",
            ])
        }
      }
    }
  }

  private func caption(_ task: TaskResults) -> String {
    let seeds = task.seedCount
    return "Confusion matrices: count, and share of the row (of the true class), which the colour "
      + "shows; \(task.testDescription)"
      + (seeds > 1 ? "; counts added over \(seeds) seeds. " : ". ") + "\(task.classKey)."
  }

  private func table(_ matrices: [ConfusionCounts], _ classes: [ClassLabel]) -> FigureData {
    let rows = matrices.flatMap { matrix in
      classes.indices.flatMap { truth in
        classes.indices.map { (matrix: matrix, truth: truth, predicted: $0) }
      }
    }
    return FigureData([
      .texts("variant", rows.map(\.matrix.title)),
      .texts("true", rows.map { classes[$0.truth].symbol }),
      .texts("predicted", rows.map { classes[$0.predicted].symbol }),
      .integers("count", rows.map { $0.matrix.counts[$0.truth][$0.predicted] }),
      .numbers("row_share", rows.map { $0.matrix.rowShare($0.truth, $0.predicted) }),
    ])
  }
}
