internal import Datasets
internal import Experiments
internal import Plotting

/// Beats with the parts that their samples have in the answer: a row a network, a column a class.
struct ExplanationsFigure: Figure {
  let id = "explanations"
  let title = "Parts of the samples in the answer"
  let placement = Placement.explanations

  private static let rowsPerSheet = 4
  /// Where the line of no part lies below the beat, which stands between 0 and 1, and how far the
  /// largest part goes from it.
  private static let floor = -0.65
  private static let reach = 0.5

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard task.data.rowSamplingRate > 0 else { return .pictures([]) }
    let asked = task.explanations.filter { !$0.examples.isEmpty }
    return .pictures(asked.pages(of: Self.rowsPerSheet).map { picture(of: $0, in: task) })
  }

  private func picture(of page: [VariantExplanations], in task: EvaluatedTask) -> Picture {
    let columns = page.map(\.examples.count).max() ?? 1
    let panels = page.enumerated().flatMap { place, asked -> [any Panel] in
      let charts = asked.examples.enumerated().map { column, example in
        chart(
          example, of: column == 0 ? asked : nil, in: task, isLast: place == page.count - 1)
      }
      return charts + (charts.count..<columns).map { _ in EmptyPanel() }
    }
    return Picture(
      sheet: Sheet(width: .full, columns: columns, panels: panels, legend: Self.legend),
      caption: caption(task), data: table(page, in: task),
      sources: task.sources(of: page.map(\.variant)))
  }

  private func chart(
    _ example: ExplanationFile.Example, of asked: VariantExplanations?, in task: EvaluatedTask,
    isLast: Bool
  ) -> Chart {
    let step = 1000 / task.data.rowSamplingRate
    let row = example.row.samples
    let end = Double(max(2, row.count) - 1) * step
    let times = row.indices.map { Double($0) * step }
    let scale = LinearScale(-1.2...1.05)
    let name = asked.map { "\(task.title(of: $0.variant)): " } ?? ""
    return Chart(
      "\(name)\(symbol(example.label, in: task)) → \(symbol(example.answer, in: task))",
      x: Axis(isLast ? "time (ms)" : "", LinearScale(0...end), ticks: 3),
      y: Axis("", UnmarkedScale(scale)),
      // Of two classes the panels are wide.
      height: .ratio(task.data.classes.count > 3 ? 0.75 : 0.3)
    ) {
      if example.length < row.count {
        Area(
          x: [Double(example.length) * step, end], low: [-1.2, -1.2], high: [1.05, 1.05],
          ink: .muted, opacity: 0.16)
      }
      if let activation = example.activation?.samples {
        Area(
          x: times, low: times.map { _ in 0 }, high: activation.map(Double.init), ink: .series(2),
          opacity: 0.3)
      }
      Area(
        x: times, low: times.map { _ in Self.floor },
        high: example.gradients.samples.map { Self.floor + Self.reach * Double($0) },
        ink: .series(1), opacity: 0.7)
      Rule(.horizontal(Self.floor))
      Trace(row, step: step, ink: .series(0))
    }
  }

  private static let legend = [
    LegendEntry("test row", .line(.series(0), .regular, isSolid: true)),
    LegendEntry("integrated gradients", .patch(.series(1), opacity: 0.7)),
    LegendEntry("Grad-CAM", .patch(.series(2), opacity: 0.3)),
    LegendEntry("padding", .patch(.muted, opacity: 0.16)),
  ]

  private func caption(_ task: EvaluatedTask) -> String {
    "One test row of each class, drawn at random and the same for every network; above it its class, "
      + "→ the answer. Below the row, around the line of no part, integrated gradients of the "
      + "answer's logit: above the line what speaks for the answer. Behind the row Grad-CAM, from 0, level before the first "
      + "and behind the last place that the features have. "
      + "Each is scaled to its own largest value in a panel, so that panels cannot be compared by "
      + "height. \(task.testDescription). \(task.classKey). What such a picture is worth stands in "
      + "the table."
  }

  private func symbol(_ label: Int, in task: EvaluatedTask) -> String {
    task.data.classes.indices.contains(label) ? task.data.classes[label].symbol : "?"
  }

  private func table(_ page: [VariantExplanations], in task: EvaluatedTask) -> FigureData {
    let step = 1000 / task.data.rowSamplingRate
    let rows = page.flatMap { asked in
      asked.examples.flatMap { example in
        example.row.samples.indices.map {
          (name: task.title(of: asked.variant), example: example, sample: $0)
        }
      }
    }
    return FigureData([
      .texts("variant", rows.map(\.name)),
      .texts("class", rows.map { symbol($0.example.label, in: task) }),
      .texts("answer", rows.map { symbol($0.example.answer, in: task) }),
      .texts("record", rows.map { $0.example.record ?? "" }),
      .numbers("time_ms", rows.map { Double($0.sample) * step }),
      .samples("normalised", rows.map { $0.example.row.samples[$0.sample] }),
      .samples("integrated_gradients", rows.map { $0.example.gradients.samples[$0.sample] }),
      .numbers(
        "grad_cam",
        rows.map { row in row.example.activation.map { Double($0.samples[row.sample]) } }),
    ])
  }
}

/// A scale without ticks: heights in a panel mean nothing by themselves.
private struct UnmarkedScale: Scale {
  private let scale: LinearScale

  init(_ scale: LinearScale) { self.scale = scale }

  func fraction(_ value: Double) -> Double? { scale.fraction(value) }
  func ticks(about count: Int) -> [Tick] { [] }
}
