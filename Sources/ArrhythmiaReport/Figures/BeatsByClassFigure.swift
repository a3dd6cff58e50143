internal import Datasets
internal import Experiments
internal import Plotting

/// Several beats of each class, the median beat, and the band that holds nine tenths of them.
struct BeatsByClassFigure: Figure {
  let id = "beats"
  let title = "Beats by class"
  let placement = Placement.data

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let data = task.data
    let classes = zip(data.classes, data.beats).filter { !$1.median.isEmpty }
    guard !classes.isEmpty, data.rowSamplingRate > 0 else {
      return .nothing(reason: "the data set has no training beats to show")
    }
    let columns = min(3, classes.count)
    return .pictures([
      Picture(
        sheet: Sheet(
          width: classes.count == 1 ? .column : .full, columns: columns,
          panels: classes.enumerated().map { index, pair in
            chart(
              pair.0, pair.1, step: 1000 / data.rowSamplingRate,
              hasLabel: index.isMultiple(of: columns), isLast: index + columns >= classes.count)
          }, legend: legend),
        caption: caption(task), data: table(Array(classes), rate: data.rowSamplingRate),
        sources: task.dataSources)
    ])
  }

  private func chart(
    _ label: ClassLabel, _ beats: DatasetSummary.ClassBeats, step: Double, hasLabel: Bool,
    isLast: Bool
  ) -> Chart {
    let times = beats.median.indices.map { Double($0) * step }
    let shown = beats.shownCount
    let end = times.last ?? step
    return Chart(
      "\(label.symbol), n\u{A0}=\u{A0}\(NumberText.grouped(beats.trainCount))",
      x: Axis(isLast ? "time (ms)" : "", LinearScale(0...end), ticks: 4),
      y: Axis(hasLabel ? "amplitude (normalised)" : "", LinearScale(0...1)), height: .ratio(0.62)
    ) {
      if let padding = beats.paddingStart {
        Area(
          x: [times[padding], end], low: [0, 0], high: [1, 1], ink: .muted, opacity: 0.16)
      }
      Area(
        x: Array(times.prefix(shown)), low: beats.low.prefix(shown).map(Double.init),
        high: beats.high.prefix(shown).map(Double.init), ink: .series(0), opacity: 0.25)
      for (example, length) in zip(beats.examples, beats.exampleLengths) {
        Trace(
          Array(example.prefix(length)), step: step, ink: .muted, weight: .thin, opacity: 0.7)
      }
      Trace(Array(beats.median.prefix(shown)), step: step, ink: .series(0), weight: .thick)
    }
  }

  private var legend: [LegendEntry] {
    [
      LegendEntry("median beat", .line(.series(0), .thick, isSolid: true)),
      LegendEntry("5th to 95th percentile", .patch(.series(0), opacity: 0.25)),
      LegendEntry("single beats", .line(.muted, .thin, isSolid: true)),
      LegendEntry("padding in most beats", .patch(.muted, opacity: 0.16)),
    ]
  }

  private func caption(_ task: EvaluatedTask) -> String {
    let examples = task.data.beats.map(\.examples.count).max() ?? 0
    return "Training beats of each class, scaled to 0…1: up to \(examples) single beats, the "
      + "sample-wise median and the 5th to 95th percentile of all beats that are not yet padding; "
      + "grey: more than half of the beats are padding; median and band end where fewer than one "
      + "in twenty remain. \(task.data.title), \(task.splitWords); "
      + "n = \(NumberText.grouped(task.data.trainCount)) training beats. \(task.classKey)."
  }

  private func table(
    _ classes: [(ClassLabel, DatasetSummary.ClassBeats)], rate: Double
  ) -> FigureData {
    let rows = classes.flatMap { label, beats in
      beats.median.indices.map { (label: label, beats: beats, index: $0) }
    }
    return FigureData([
      .texts("class", rows.map(\.label.symbol)),
      .numbers("time_ms", rows.map { Double($0.index) * 1000 / rate }),
      .samples("median", rows.map { $0.beats.median[$0.index] }),
      .samples("percentile_5", rows.map { $0.beats.low[$0.index] }),
      .samples("percentile_95", rows.map { $0.beats.high[$0.index] }),
      .samples("coverage", rows.map { $0.beats.coverage[$0.index] }),
    ])
  }
}

extension DatasetSummary.ClassBeats {
  /// Samples that at least one beat in twenty reaches.
  fileprivate var shownCount: Int {
    coverage.firstIndex { $0 < 0.05 } ?? median.count
  }

  /// The first sample at which most beats are padding.
  fileprivate var paddingStart: Int? { coverage.firstIndex { $0 < 0.5 } }
}
