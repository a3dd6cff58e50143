internal import Experiments
internal import Plotting

/// A forest plot: every variant with its interval, beside what others have published.
struct ModelComparisonFigure: Figure {
  let id = "models"
  let title = "Model comparison"

  func draw(_ task: TaskResults, of study: StudyResults) throws(ReportError) -> FigureContent {
    let variants = try task.variants()
    guard !variants.isEmpty else { return .nothing(reason: "no training has finished") }
    let rows = ForestRow.rows(variants, of: task)
    let scores = ComparisonScore.all(isBinary: task.isBinary)
    let estimates = scores.map { score in
      variants.map { task.estimate(score, of: $0) }
    }
    let columns = zip(scores, estimates).map { ForestColumn(score: $0, estimates: $1) }
    return .pictures([
      Picture(
        sheet: Sheet(
          width: .full, columns: scores.count,
          panels: columns.enumerated().map { index, column in
            chart(column, rows, isBinary: task.isBinary, hasNames: index == 0)
          }, legend: legend(hasPublished: rows.contains { !$0.published.isEmpty })),
        caption: caption(task), data: table(columns, rows, isBinary: task.isBinary),
        sources: task.predictionSources)
    ])
  }

  private func chart(
    _ column: ForestColumn, _ rows: [ForestRow], isBinary: Bool, hasNames: Bool
  ) -> Chart {
    let names = BandScale(rows.map { hasNames ? $0.name : "" })
    return Chart(
      x: Axis(
        column.score.title(isBinary: isBinary),
        LinearScale(covering: column.values(rows), ticks: 4), ticks: 4),
      y: Axis("", names, hasGrid: true), isYDownward: true,
      height: .points(13 * Double(rows.count))
    ) {
      Rule(.horizontal(Double(rows.count { $0.variant != nil }) - 0.5))
      for (place, row) in rows.enumerated() {
        let estimate = row.variant.flatMap { column.estimates[$0] }
        for result in row.published {
          if let value = column.score.published(result) {
            Point(
              x: value, y: Double(place) + (estimate == nil ? 0 : 0.22), ink: .series(1),
              marker: .diamond, isFilled: false, radius: 2)
          }
        }
        if let estimate {
          Point(
            x: estimate.value, y: Double(place) - (row.published.isEmpty ? 0 : 0.18),
            interval: estimate.low...estimate.high, ink: .series(0), radius: 2)
        }
      }
    }
  }

  private func legend(hasPublished: Bool) -> [LegendEntry] {
    [LegendEntry("this run, 95 % interval", .point(.series(0), .circle, isFilled: true))]
      + (hasPublished
        ? [LegendEntry("published", .point(.series(1), .diamond, isFilled: false))] : [])
  }

  private func caption(_ task: TaskResults) -> String {
    "Scores of every variant: \(IntervalNote.text(seeds: task.seedCount)); "
      + "\(task.testDescription). Published figures have no interval; their sources and remarks "
      + "stand in the table of results."
  }

  private func table(
    _ columns: [ForestColumn], _ rows: [ForestRow], isBinary: Bool
  ) -> FigureData {
    let entries = columns.flatMap { column in
      let score = column.score.title(isBinary: isBinary)
      return rows.flatMap { row -> [ForestEntry] in
        let own = row.variant.flatMap { column.estimates[$0] }.map {
          ForestEntry(score: score, model: row.name, source: "this run", estimate: $0)
        }
        let others = row.published.compactMap { result in
          column.score.published(result).map {
            ForestEntry(
              score: score, model: result.model, source: result.source,
              estimate: Estimate(value: $0, low: .nan, high: .nan))
          }
        }
        return (own.map { [$0] } ?? []) + others
      }
    }
    return FigureData([
      .texts("score", entries.map(\.score)), .texts("model", entries.map(\.model)),
      .texts("source", entries.map(\.source)),
      .numbers("value", entries.map(\.estimate.value)),
      .numbers("low", entries.map(\.estimate.low)),
      .numbers("high", entries.map(\.estimate.high)),
    ])
  }
}
