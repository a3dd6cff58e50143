internal import Experiments
internal import Statistics
internal import Plotting

/// A forest plot: every variant with its interval, beside what others have published.
struct ModelComparisonFigure: Figure {
  let id = "models"
  let title = "Model comparison"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard !task.variants.isEmpty else { return .nothing(reason: "no training has finished") }
    let rows = ForestRow.rows(of: task)
    let scores = task.isBinary ? [Score.accuracy, .f1, .auroc] : [.accuracy, .f1]
    let columns = scores.map { ForestColumn($0, rows, of: task) }
    let hasPublished = rows.contains { !$0.published.isEmpty }
    return .pictures([
      Picture(
        sheet: Sheet(
          width: .full, columns: columns.count,
          panels: columns.enumerated().map { chart($1, hasNames: $0 == 0) },
          legend: legend(hasPublished: hasPublished)),
        caption: caption(task, hasPublished: hasPublished), data: table(columns),
        sources: task.predictionSources)
    ])
  }

  private func chart(_ column: ForestColumn, hasNames: Bool) -> Chart {
    let rows = column.rows
    let names = BandScale(rows.map { hasNames ? $0.name : "" })
    return Chart(
      // Room for half a mark at both ends; one step more, so that the ticks stay where they were.
      x: Axis(
        column.title, LinearScale(covering: column.values, ticks: 4).padded(by: 0.04), ticks: 5),
      y: Axis("", names, hasGrid: true), isYDownward: true,
      height: .points(13 * Double(rows.count))
    ) {
      Rule(.horizontal(Double(rows.count { $0.variant != nil }) - 0.5))
      for (place, row) in rows.enumerated() {
        let estimate = column.estimates[place]
        for result in row.published {
          if let value = column.score.published(result) {
            Point(
              x: value, y: Double(place) + (estimate == nil ? 0 : 0.22), ink: .series(1),
              marker: .diamond, isFilled: false, radius: 2)
          }
        }
        if let estimate, let mean = estimate.mean {
          Point(
            x: mean, y: Double(place) - (row.published.isEmpty ? 0 : 0.18),
            interval: estimate.interval.map { $0.low...$0.high }, ink: .series(0), radius: 2)
        }
      }
    }
  }

  private func legend(hasPublished: Bool) -> [LegendEntry] {
    [LegendEntry("this run, 95 % interval", .point(.series(0), .circle, isFilled: true))]
      + (hasPublished
        ? [LegendEntry("published", .point(.series(1), .diamond, isFilled: false))] : [])
  }

  private func caption(_ task: EvaluatedTask, hasPublished: Bool) -> String {
    let published =
      hasPublished
      ? " Published values are single runs without intervals; their sources and remarks stand in "
        + "the table of published results." : ""
    return
      "Scores of every variant, \(task.meansWords); \(task.intervalWords()). \(task.testDescription)."
      + published
  }

  private func table(_ columns: [ForestColumn]) -> FigureData {
    let entries = columns.flatMap(\.entries)
    return FigureData([
      .texts("score", entries.map(\.score)), .texts("model", entries.map(\.model)),
      .texts("source", entries.map(\.source)), .numbers("value", entries.map(\.value)),
      .numbers("low", entries.map(\.low)), .numbers("high", entries.map(\.high)),
    ])
  }
}
