internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// Counts and row percentages: truth down, prediction across, classes in label order.
struct ConfusionMatrixFigure: Figure {
  let id = "confusion"
  let title = "Confusion matrices"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard !task.variants.isEmpty else { return .nothing(reason: "no training has finished") }
    let matrices = task.variants.map { Matrix(task.title(of: $0), $0.confusion, $0) }
    let largest = matrices.flatMap(\.counts.counts).max() ?? 0
    let isNarrow = task.isBinary && task.data.classes.allSatisfy { $0.symbol.count <= 10 }
    let perRow = isNarrow ? 4 : largest < 100_000 ? 3 : 2
    return .pictures(
      matrices.sheets(rows: 3, columns: perRow).map { page in
        let columns = min(perRow, page.count)
        return Picture(
          sheet: Sheet(
            width: columns == 1 ? .column : .full, columns: columns,
            panels: page.enumerated().map { index, matrix in
              chart(matrix, task.data.classes, hasNames: index.isMultiple(of: columns))
            }),
          caption: caption(task), data: table(page, task.data.classes),
          sources: task.sources(of: page.map(\.variant)))
      })
  }

  private typealias Matrix = (title: String, counts: ConfusionMatrix, variant: EvaluatedVariant)

  private func chart(_ matrix: Matrix, _ classes: [ClassLabel], hasNames: Bool) -> Chart {
    let symbols = BandScale(classes.map(\.symbol))
    let names = BandScale(classes.map { hasNames ? $0.symbol : "" })
    return Chart(
      matrix.title, x: Axis("predicted", symbols, hasGrid: false),
      y: Axis(hasNames ? "true" : "", names, hasGrid: false), isYDownward: true, height: .ratio(1)
    ) {
      for truth in classes.indices {
        for predicted in classes.indices {
          let share = matrix.counts.rowShare(truth, predicted)
          Cell(
            column: predicted, row: truth, color: ColorMap.viridis(share ?? 0),
            lines: [
              NumberText.grouped(matrix.counts[truth, predicted]),
              share.map { NumberText.fixed(100 * $0, decimals: 1) + " %" } ?? "n/a",
            ])
        }
      }
    }
  }

  private func caption(_ task: EvaluatedTask) -> String {
    "Confusion matrices: count, and share of the row (of the true class), which the colour "
      + "shows; \(task.testDescription)"
      + (task.seedCount > 1 ? "; counts added over \(task.seedWords). " : ". ")
      + "\(task.classKey)."
  }

  private func table(_ matrices: [Matrix], _ classes: [ClassLabel]) -> FigureData {
    let rows = matrices.flatMap { matrix in
      classes.indices.flatMap { truth in
        classes.indices.map { (matrix: matrix, truth: truth, predicted: $0) }
      }
    }
    return FigureData([
      .texts("variant", rows.map(\.matrix.title)),
      .texts("true", rows.map { classes[$0.truth].symbol }),
      .texts("predicted", rows.map { classes[$0.predicted].symbol }),
      .integers("count", rows.map { $0.matrix.counts[$0.truth, $0.predicted] }),
      .numbers("row_share", rows.map { $0.matrix.counts.rowShare($0.truth, $0.predicted) }),
    ])
  }
}

extension ConfusionMatrix {
  /// The share of a true class that was predicted as another; `nil` for a class without rows.
  fileprivate func rowShare(_ truth: Int, _ predicted: Int) -> Double? {
    supports[truth] > 0 ? Double(self[truth, predicted]) / Double(supports[truth]) : nil
  }
}
