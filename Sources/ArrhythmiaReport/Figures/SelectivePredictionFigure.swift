internal import Plotting
internal import Statistics

/// Accuracy among the rows that a network is surest of, against how many it answers.
struct SelectivePredictionFigure: Figure {
  let id = "selective-prediction"
  let title = "Selective prediction"
  let placement = Placement.calibration

  private static let shares = (20...100).map { Double($0) / 100 }

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let panels = task.variants.sheets(of: task.variants.count > 7 ? 4 : 7)
    let scale = LinearScale(
      covering: [1] + task.variants.flatMap { $0.selective(Self.shares).compactMap(\.self) })
    return .pictures(
      panels.sheets(rows: 2, columns: 2).map { page in
        let columns = min(2, page.count)
        return Picture(
          sheet: Sheet(
            width: columns == 1 ? .column : .full, columns: columns,
            panels: page.enumerated().map { index, variants in
              chart(
                variants, scale, in: task, hasName: index.isMultiple(of: columns),
                isLast: index + columns >= page.count)
            }),
          caption: caption(task), data: table(page.flatMap(\.self), in: task),
          sources: task.sources(of: page.flatMap(\.self)))
      })
  }

  private func chart(
    _ variants: [EvaluatedVariant], _ scale: LinearScale, in task: EvaluatedTask, hasName: Bool,
    isLast: Bool
  ) -> Chart {
    Chart(
      x: Axis(isLast ? "share of beats kept" : "", LinearScale(0.2...1)),
      y: Axis(hasName ? "accuracy" : "", scale), height: .ratio(0.7)
    ) {
      for (index, variant) in variants.enumerated() {
        Line(
          x: Self.shares, y: variant.selective(Self.shares).map { $0 ?? .nan },
          ink: .series(index), label: task.title(of: variant))
      }
    }
  }

  private func caption(_ task: EvaluatedTask) -> String {
    "Accuracy among the test rows that a network is surest of, against the share of them that it "
      + "answers; the others would be left to a person. Sureness is the highest probability of a "
      + "row as the network gives it. \(task.testDescription); \(task.meansWords). No intervals "
      + "are drawn."
  }

  private func table(_ variants: [EvaluatedVariant], in task: EvaluatedTask) -> FigureData {
    let rows = variants.flatMap { variant in
      zip(Self.shares, variant.selective(Self.shares)).map {
        (name: task.title(of: variant), share: $0, accuracy: $1)
      }
    }
    return FigureData([
      .texts("variant", rows.map(\.name)), .numbers("share_kept", rows.map(\.share)),
      .numbers("accuracy", rows.map(\.accuracy)),
    ])
  }
}
