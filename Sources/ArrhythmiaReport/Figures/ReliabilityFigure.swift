internal import Plotting
internal import Statistics

/// How often answers of a confidence are right, as the networks give them and at temperatures that
/// were fitted on validation rows; below, how many answers have that confidence.
struct ReliabilityFigure: Figure {
  let id = "reliability"
  let title = "Reliability of probabilities"
  let placement = Placement.calibration

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    // What has no temperature has its uncalibrated curve all the same.
    .pictures(
      task.calibrations.sheets(rows: 2, columns: 4).map { page in
        let columns = min(4, page.count)
        let panels = page.pages(of: columns).flatMap { row in
          filled(row.enumerated().map { curves($1, in: task, isFirst: $0 == 0) }, columns)
            + filled(row.enumerated().map { counts($1, isFirst: $0 == 0) }, columns)
        }
        return Picture(
          sheet: Sheet(
            width: columns == 1 ? .column : .full, columns: columns, panels: panels,
            legend: Self.legend),
          caption: caption(task), data: table(page, in: task),
          sources: task.sources(of: page.map(\.before)))
      })
  }

  private func filled(_ row: [any Panel], _ columns: Int) -> [any Panel] {
    row + (row.count..<max(row.count, columns)).map { _ in EmptyPanel() }
  }

  private func curves(
    _ variant: CalibratedVariant, in task: EvaluatedTask, isFirst: Bool
  ) -> Chart {
    Chart(
      task.title(of: variant.before),
      x: Axis("ECE \(Self.words(variant))", LinearScale(0...1), ticks: 4),
      y: Axis(isFirst ? "share that is right" : "", LinearScale(0...1), ticks: 4)
    ) {
      Rule(.segment(from: (0, 0), to: (1, 1)), dash: [3, 3])
      for (variant, ink) in Self.series(variant) { curve(ReliabilityBins(of: variant), ink) }
    }
  }

  @MarkBuilder private func curve(_ bins: ReliabilityBins, _ ink: Ink) -> [any Mark] {
    Line(x: bins.filled.map(\.confidence), y: bins.filled.map(\.accuracy), ink: ink)
    for bin in bins.filled {
      Point(x: bin.confidence, y: bin.accuracy, ink: ink, radius: 1.6)
    }
  }

  private func counts(_ variant: CalibratedVariant, isFirst: Bool) -> Chart {
    let series = Self.series(variant).map {
      (bins: ReliabilityBins(of: $0.variant).bins, ink: $0.ink)
    }
    let scale = LogarithmicScale(
      from: 0.5, covering: series.flatMap { $0.bins.map { Double($0.count) } })
    let width = 0.4 / Double(CalibrationBin.count)
    return Chart(
      x: Axis("confidence", LinearScale(0...1), ticks: 4),
      y: Axis(isFirst ? "answers" : "", scale, ticks: 3), height: .ratio(0.4)
    ) {
      for (place, series) in series.enumerated() {
        for bin in series.bins where bin.count > 0 {
          Bar(
            at: (bin.lower + bin.upper) / 2 + (Double(place) - 0.5) * width, thickness: width,
            from: scale.domain.lowerBound, to: Double(bin.count), orientation: .vertical,
            ink: series.ink, filling: place == 0 ? .hatched : .solid)
        }
      }
    }
  }

  private static func series(
    _ variant: CalibratedVariant
  ) -> [(variant: EvaluatedVariant, ink: Ink)] {
    [(variant.before, .series(0))] + (variant.after.map { [($0, .series(1))] } ?? [])
  }

  private static func words(_ variant: CalibratedVariant) -> String {
    [variant.before, variant.after].compactMap { variant in
      variant.map { $0.estimate(of: CalibratedVariant.Score.calibrationError.metric).mean }
        .map { $0.map { NumberText.fixed($0, decimals: 4) } ?? "n/a" }
    }.joined(separator: " → ")
  }

  private static let legend = [
    LegendEntry("as the network answers", .line(.series(0), .regular, isSolid: false)),
    LegendEntry("at its temperature", .line(.series(1), .regular, isSolid: false)),
  ]

  private func caption(_ task: EvaluatedTask) -> String {
    "Reliability diagrams: the share of right answers against their mean confidence, the highest "
      + "probability of a row, in \(CalibrationBin.count) bins of equal width; on the dashed line "
      + "answers are right as often as they say. Below, on a logarithmic scale, how many answers "
      + "are in each bin (hatched: as the network answers). Temperatures are fitted on validation "
      + "rows. ECE: expected calibration error before and after, mean over the seeds; curves and "
      + "counts: the answers of all seeds together (\(task.seedWords)). \(task.testDescription). "
      + "No intervals are drawn; they stand in the table."
  }

  private func table(_ variants: [CalibratedVariant], in task: EvaluatedTask) -> FigureData {
    let rows = variants.flatMap { variant in
      Self.series(variant).enumerated().flatMap { place, series in
        ReliabilityBins(of: series.variant).bins.map {
          (name: task.title(of: variant.before), isScaled: place == 1, bin: $0)
        }
      }
    }
    return FigureData([
      .texts("variant", rows.map(\.name)),
      .texts("answers", rows.map { $0.isScaled ? "at the temperature" : "as given" }),
      .numbers("above", rows.map(\.bin.lower)), .numbers("up_to", rows.map(\.bin.upper)),
      .integers("count", rows.map(\.bin.count)),
      .numbers("mean_confidence", rows.map(\.bin.meanConfidence)),
      .numbers("accuracy", rows.map(\.bin.accuracy)),
    ])
  }
}
