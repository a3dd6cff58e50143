internal import Datasets
internal import Experiments
internal import Plotting

/// The mistakes that a network was surest of, class by class.
struct ErrorGalleryFigure: Figure {
  let id = "error-gallery"
  let title = "Surest mistakes"
  let placement = Placement.mistakes

  private static let columns = MistakesFile.countPerClass

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard task.data.rowSamplingRate > 0 else { return .pictures([]) }
    return .pictures(
      task.variantsInGallery.compactMap { variant in
        let cell = variant.cells[0].result
        guard let mistakes = cell.findings.mistakes?.mistakes, !mistakes.isEmpty else { return nil }
        return picture(of: mistakes, by: variant, seed: cell.seed, in: task)
      })
  }

  private func picture(
    of mistakes: [MistakesFile.Mistake], by variant: EvaluatedVariant, seed: Int,
    in task: EvaluatedTask
  ) -> Picture {
    let rows = task.data.classes.indices.map { label in mistakes.filter { $0.label == label } }
      .filter { !$0.isEmpty }
    let panels = rows.enumerated().flatMap { place, row -> [any Panel] in
      let charts = row.prefix(Self.columns).enumerated().map { column, mistake in
        chart(mistake, in: task, hasLabel: column == 0, isLast: place == rows.count - 1)
      }
      return charts + (charts.count..<Self.columns).map { _ in EmptyPanel() }
    }
    return Picture(
      sheet: Sheet(
        width: .full, columns: Self.columns, panels: panels,
        legend: [LegendEntry("padding", .patch(.muted, opacity: 0.16))]),
      caption: caption(variant, seed: seed, mistakes, in: task),
      data: table(rows.flatMap(\.self), in: task),
      sources: task.sources(of: [variant]))
  }

  private func chart(
    _ mistake: MistakesFile.Mistake, in task: EvaluatedTask, hasLabel: Bool, isLast: Bool
  ) -> Chart {
    let samples = mistake.row.samples
    let step = 1000 / task.data.rowSamplingRate
    let end = Double(max(2, samples.count) - 1) * step
    let scale = LinearScale(covering: [0, 1] + samples.map(Double.init).filter(\.isFinite))
    return Chart(
      title(of: mistake, in: task),
      x: Axis(isLast ? "time (ms)" : "", LinearScale(0...end), ticks: 4),
      y: Axis(hasLabel ? "normalised" : "", scale, ticks: 2), height: .ratio(0.36)
    ) {
      if mistake.length < samples.count {
        Area(
          x: [Double(mistake.length) * step, end],
          low: [scale.domain.lowerBound, scale.domain.lowerBound],
          high: [scale.domain.upperBound, scale.domain.upperBound], ink: .muted, opacity: 0.16)
      }
      Trace(samples, step: step, ink: .series(0))
    }
  }

  private func title(of mistake: MistakesFile.Mistake, in task: EvaluatedTask) -> String {
    let share = NumberText.fixed(100 * mistake.probability, decimals: 2)
    let answer =
      "\(task.symbol(mistake.label)) → \(task.symbol(mistake.answer)), \(share) %"
    guard let record = mistake.record else { return answer }
    return answer + "; \(record)" + (task.place(of: mistake).map { " at \($0)" } ?? "")
  }

  private func caption(
    _ variant: EvaluatedVariant, seed: Int, _ mistakes: [MistakesFile.Mistake],
    in task: EvaluatedTask
  ) -> String {
    let places =
      mistakes.contains { $0.record != nil }
      ? " Behind it, the record and where the row begins in it, in minutes and seconds."
      : " The source names no records."
    return "The test rows that \(task.title(of: variant)), seed \(seed), answered wrongly with the "
      + "highest probability, up to \(Self.columns) a class: above each its class, → the answer "
      + "and the probability of the answer.\(places) Rows are scaled to 0…1; grey: padding. "
      + "\(task.testDescription). \(task.classKey)."
  }

  private func table(_ mistakes: [MistakesFile.Mistake], in task: EvaluatedTask) -> FigureData {
    let step = 1000 / task.data.rowSamplingRate
    let rows = mistakes.enumerated().flatMap { number, mistake in
      mistake.row.samples.enumerated().map {
        (number: number + 1, mistake: mistake, sample: $0.offset, value: $0.element)
      }
    }
    return FigureData([
      .integers("row", rows.map(\.number)),
      .texts("class", rows.map { task.symbol($0.mistake.label) }),
      .texts("answer", rows.map { task.symbol($0.mistake.answer) }),
      .numbers("probability", rows.map(\.mistake.probability)),
      .texts("record", rows.map { $0.mistake.record ?? "" }),
      .texts("first_sample", rows.map { $0.mistake.sample.map { "\($0)" } ?? "" }),
      .numbers("time_ms", rows.map { Double($0.sample) * step }),
      .samples("normalised", rows.map(\.value)),
    ])
  }
}

extension EvaluatedTask {
  /// Minutes and seconds of its record at which a mistake begins; `nil` where they are not known.
  fileprivate func place(of mistake: MistakesFile.Mistake) -> String? {
    guard let sample = mistake.sample, let rate = data.strips.first?.samplingRate else {
      return nil
    }
    let tenths = Int((10 * Double(sample) / rate).rounded())
    let seconds = tenths % 600
    return "\(tenths / 600):\(seconds < 100 ? "0" : "")\(seconds / 10).\(seconds % 10)"
  }

  /// Whose mistakes are shown: the network that leads on validation rows, the baseline, and what was
  /// made for this split.
  fileprivate var variantsInGallery: [EvaluatedVariant] {
    let wanted = [leadingNetwork, baseline].compactMap(\.self) + variantsByRecordIfAny
    return networks.filter { network in wanted.contains { $0.isSame(as: network) } }
  }

  private var variantsByRecordIfAny: [EvaluatedVariant] {
    recordsOfTestRows == nil ? [] : variantsByRecord
  }

  /// The symbol of a class by its number.
  fileprivate func symbol(_ label: Int) -> String {
    data.classes.indices.contains(label) ? data.classes[label].symbol : "?"
  }
}
