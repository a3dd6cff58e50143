internal import Experiments
internal import Statistics
internal import Plotting

/// A forest plot: every variant with its interval, beside what others have published.
struct ModelComparisonFigure: Figure {
  let id = "models"
  let title = "Model comparison"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard !task.variants.isEmpty else { return .nothing(reason: "no training has finished") }
    let all = ForestRow.rows(of: task)
    let scores = task.isBinary ? [Score.accuracy, .f1, .auroc] : [.accuracy, .f1]
    let scales = scores.map { ForestColumn($0, all, of: task).scale }
    return .pictures(
      all.sheets(of: Self.rowsOfAPage).map { rows in
        let columns = scores.map { ForestColumn($0, rows, of: task) }
        return Picture(
          sheet: Sheet(
            width: .full, columns: columns.count,
            panels: zip(columns, scales).enumerated().map { index, column in
              chart(column.0, column.1, hasNames: index == 0)
            }, legend: legend(all)),
          caption: caption(task, hasPublished: all.contains { !$0.published.isEmpty }),
          data: table(columns), sources: task.sources(of: rows.compactMap(\.variant)))
      })
  }

  /// So many rows fill a page.
  private static let rowsOfAPage = 42

  private func chart(_ column: ForestColumn, _ scale: LinearScale, hasNames: Bool) -> Chart {
    let rows = column.rows
    let names = BandScale(rows.map { hasNames ? $0.name : "" })
    return Chart(
      // One step more than the scale has, so that the ticks stay where they are.
      x: Axis(column.title, scale, ticks: 5), y: Axis("", names, hasGrid: true),
      isYDownward: true, height: .points(13 * Double(rows.count))
    ) {
      for place in rows.indices.dropFirst() where rows[place].isApart(from: rows[place - 1]) {
        Rule(.horizontal(Double(place) - 0.5))
      }
      for (place, row) in rows.enumerated() {
        marks(of: row, at: Double(place), column.estimates[place], column.score)
      }
    }
  }

  @MarkBuilder private func marks(
    of row: ForestRow, at place: Double, _ estimate: ScoreEstimate?, _ score: Score
  ) -> [any Mark] {
    for result in row.published {
      if let value = score.published(result) {
        Point(
          x: value, y: place + (estimate == nil ? 0 : 0.22), ink: .series(1), marker: .diamond,
          isFilled: false, radius: 2)
      }
    }
    if let estimate, let mean = estimate.mean {
      Point(
        x: mean, y: place - (row.published.isEmpty ? 0 : 0.18),
        interval: estimate.interval.map { $0.low...$0.high }, ink: .series(0), marker: .circle,
        isFilled: row.kind != .otherRecipe, radius: 2)
    }
  }

  private func legend(_ rows: [ForestRow]) -> [LegendEntry] {
    let hasOthers = rows.contains { $0.kind == .otherRecipe }
    let remark = hasOthers ? ", published recipe or ensemble" : ""
    return [
      LegendEntry("this run\(remark), 95 % interval", .point(.series(0), .circle, isFilled: true)),
      hasOthers
        ? LegendEntry("this run, another recipe", .point(.series(0), .circle, isFilled: false))
        : nil,
      rows.contains { !$0.published.isEmpty }
        ? LegendEntry("published", .point(.series(1), .diamond, isFilled: false)) : nil,
    ].compactMap(\.self)
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
