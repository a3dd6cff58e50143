internal import Datasets
internal import Experiments
internal import Plotting

/// Loss and accuracy by epoch: every seed thin, their mean thick, the kept epoch marked.
struct TrainingCurvesFigure: Figure {
  let id = "training"
  let title = "Training curves"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let variants = task.variants.filter { variant in
      variant.cells.contains { !$0.result.history.isEmpty }
    }
    guard !variants.isEmpty else { return .nothing(reason: "no training has left a history") }
    return .pictures(
      variants.sheets(rows: 2, columns: 3).map { page in
        let columns = min(3, page.count)
        let panels = page.pages(of: columns).flatMap { row in
          Self.filled(losses(row, in: task), columns)
            + Self.filled(accuracies(row), columns)
        }
        return Picture(
          sheet: Sheet(
            width: page.count == 1 ? .column : .full, columns: columns,
            panels: panels, legend: Self.legend(isSeveral: task.seedCount > 1)),
          caption: caption(task), data: table(page), sources: task.sources(of: page))
      })
  }

  private func losses(_ row: [EvaluatedVariant], in task: EvaluatedTask) -> [any Panel] {
    row.enumerated().map { index, variant in
      let scale = Self.scale(of: variant, from: [0]) { [$0.trainLoss, $0.validationLoss] }
      return chart(
        variant, title: task.title(of: variant), Axis(index == 0 ? "loss" : "", scale), "",
        train: \.trainLoss, validation: \.validationLoss)
    }
  }

  private func accuracies(_ row: [EvaluatedVariant]) -> [any Panel] {
    row.enumerated().map { index, variant in
      let scale = Self.scale(of: variant) { [$0.trainAccuracy, $0.validationAccuracy] }
      return chart(
        variant, title: nil, Axis(index == 0 ? "accuracy" : "", scale), "epoch",
        train: \.trainAccuracy, validation: \.validationAccuracy)
    }
  }

  /// A scale of the variant's own: one that jumps would flatten the others.
  private static func scale(
    of variant: EvaluatedVariant, from start: [Double] = [], _ values: (EpochRecord) -> [Double?]
  ) -> LinearScale {
    LinearScale(
      covering: start
        + variant.cells.flatMap(\.result.history).flatMap(values).compactMap(\.self))
  }

  /// A row of panels, filled up to so many columns.
  private static func filled(_ row: [any Panel], _ columns: Int) -> [any Panel] {
    row + (row.count..<max(row.count, columns)).map { _ in EmptyPanel() }
  }

  private typealias Value = (EpochRecord) -> Double?

  private func chart(
    _ variant: EvaluatedVariant, title: String?, _ y: Axis, _ x: String, train: @escaping Value,
    validation: @escaping Value
  ) -> Chart {
    let last = variant.cells.map(\.result.history.count).max() ?? 1
    return Chart(
      title, x: Axis(x, LinearScale(1...Double(max(2, last))), ticks: min(5, max(1, last - 1))),
      y: y, height: .ratio(0.75)
    ) {
      for (value, ink) in [(train, Ink.series(0)), (validation, .series(1))] {
        if variant.cells.count > 1 {
          for cell in variant.cells {
            line(cell.result.history.compactMap { value($0) }, ink, .thin, opacity: 0.7)
          }
        }
        line(variant.mean(value), ink, .thick)
      }
      for cell in variant.cells.map(\.result)
      where cell.history.indices.contains(cell.bestEpoch - 1) {
        if let value = validation(cell.history[cell.bestEpoch - 1]) {
          Point(
            x: Double(cell.bestEpoch), y: value, ink: .series(1), marker: .circle, isFilled: false)
        }
      }
    }
  }

  private func line(
    _ values: [Double], _ ink: Ink, _ weight: LineWeight, opacity: Double = 1
  ) -> Line {
    Line(
      x: values.indices.map { Double($0 + 1) }, y: values, ink: ink, weight: weight,
      opacity: opacity)
  }

  private static func legend(isSeveral: Bool) -> [LegendEntry] {
    let words = isSeveral ? ", mean of seeds" : ""
    return [
      LegendEntry("training\(words)", .line(.series(0), .thick, isSolid: false)),
      LegendEntry("validation\(words)", .line(.series(1), .thick, isSolid: false)),
      LegendEntry("epoch whose weights were kept", .point(.series(1), .circle, isFilled: false)),
    ] + (isSeveral ? [LegendEntry("one seed", .line(.series(0), .thin, isSolid: false))] : [])
  }

  private func caption(_ task: EvaluatedTask) -> String {
    "Loss and accuracy by epoch, on scales of each variant's own, on training rows (with dropout) and validation rows; "
      + "\(task.data.title), \(task.splitWords); "
      + "n = \(NumberText.grouped(task.data.trainCount)) beats to learn from, validation included. "
      + (task.seedCount > 1
        ? "Thin: each of \(task.seedWords); thick: their mean while all train. " : "One seed. ")
      + "Rings: the epoch whose weights were kept."
  }

  private func table(_ variants: [EvaluatedVariant]) -> FigureData {
    let rows = variants.flatMap(\.cells).map(\.result).flatMap { cell in
      cell.history.map { (cell, $0) }
    }
    return FigureData([
      .texts("variant", rows.map(\.0.variant.id)), .texts("recipe", rows.map(\.0.recipe)),
      .integers("seed", rows.map(\.0.seed)),
      .integers("epoch", rows.map(\.1.epoch)),
      .numbers("train_loss", rows.map(\.1.trainLoss)),
      .numbers("validation_loss", rows.map(\.1.validationLoss)),
      .numbers("train_accuracy", rows.map(\.1.trainAccuracy)),
      .numbers("validation_accuracy", rows.map(\.1.validationAccuracy)),
      .integers("kept_epoch", rows.map(\.0.bestEpoch)),
    ])
  }
}

extension EvaluatedVariant {
  /// The mean over seeds of a value, for the epochs that every seed has.
  fileprivate func mean(_ value: (EpochRecord) -> Double?) -> [Double] {
    let epochs = cells.map(\.result.history.count).min() ?? 0
    return (0..<epochs).compactMap { epoch in
      let values = cells.compactMap { value($0.result.history[epoch]) }
      return values.count == cells.count ? values.reduce(0, +) / Double(values.count) : nil
    }
  }
}
