internal import Datasets
internal import Experiments
internal import Plotting

/// Test rows of each class, and what the autoencoder makes of them.
struct ReconstructionFigure: Figure {
  let id = "reconstruction"
  let title = "Rows and their reconstruction"
  let placement = Placement.reconstruction

  /// Examples on a sheet; classes have two each.
  private static let perPage = 12

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let shown = task.shownReconstructions
    guard !shown.isEmpty, task.data.rowSamplingRate > 0 else { return .pictures([]) }
    return .pictures(
      shown.flatMap { result in
        result.reconstruction.examples.pages(of: Self.perPage).map { page in
          picture(of: result, page, in: task)
        }
      })
  }

  private func picture(
    of result: ReconstructionResult, _ examples: [ReconstructionFile.Example],
    in task: EvaluatedTask
  ) -> Picture {
    let columns = min(2, examples.count)
    let step = 1000 / task.data.rowSamplingRate
    return Picture(
      sheet: Sheet(
        width: columns == 1 ? .column : .full, columns: columns,
        panels: examples.enumerated().map { index, example in
          chart(
            example, step: step, in: task, hasLabel: index.isMultiple(of: columns),
            isLast: index + columns >= examples.count)
        }, legend: Self.legend),
      caption: caption(of: result, in: task), data: table(of: examples, step: step, in: task),
      sources: task.dataSources)
  }

  private func chart(
    _ example: ReconstructionFile.Example, step: Double, in task: EvaluatedTask, hasLabel: Bool,
    isLast: Bool
  ) -> Chart {
    let end = Double(max(2, example.input.count) - 1) * step
    let values = (example.input + example.output).map(Double.init).filter(\.isFinite)
    let error = example.meanSquaredError.map { NumberText.fixed($0, decimals: 5) } ?? "n/a"
    let scale = LinearScale(covering: [0, 1] + values, ticks: 10)
    return Chart(
      "\(task.symbol(of: example)), mean squared error \(error)",
      x: Axis(isLast ? "time (ms)" : "", LinearScale(0...end), ticks: 6),
      y: Axis(hasLabel ? "amplitude (normalised)" : "", scale, ticks: 4), height: .ratio(0.3)
    ) {
      if let start = example.paddingStart {
        Area(
          x: [Double(start) * step, end],
          low: [scale.domain.lowerBound, scale.domain.lowerBound],
          high: [scale.domain.upperBound, scale.domain.upperBound], ink: .muted, opacity: 0.16)
      }
      Trace(example.input, step: step, ink: .series(0), weight: .thick)
      Trace(example.output, step: step, ink: .series(1))
    }
  }

  private static let legend = [
    LegendEntry("test row", .line(.series(0), .thick, isSolid: true)),
    LegendEntry("output of the autoencoder", .line(.series(1), .regular, isSolid: true)),
    LegendEntry("padding", .patch(.muted, opacity: 0.16)),
  ]

  private func caption(of result: ReconstructionResult, in task: EvaluatedTask) -> String {
    "Test rows, scaled to 0…1, and what \(result.variant.title) gives back, seed \(result.seed): "
      + "the first test rows of each class, not chosen by their error; above each, the mean "
      + "squared error of its samples, padding included; grey: padding. \(task.testDescription). "
      + "\(task.classKey)."
  }

  private func table(
    of examples: [ReconstructionFile.Example], step: Double, in task: EvaluatedTask
  ) -> FigureData {
    let rows = examples.enumerated().flatMap { number, example in
      zip(example.input, example.output).enumerated().map { sample, pair in
        (number: number + 1, example: example, sample: sample, input: pair.0, output: pair.1)
      }
    }
    return FigureData([
      .integers("row", rows.map(\.number)),
      .texts("class", rows.map { task.symbol(of: $0.example) }),
      .numbers("time_ms", rows.map { Double($0.sample) * step }),
      .samples("input", rows.map(\.input)), .samples("output", rows.map(\.output)),
      .numbers("mean_squared_error", rows.map(\.example.meanSquaredError)),
    ])
  }
}

extension EvaluatedTask {
  /// One training of each autoencoder, the first seed's, as far as it has rows to show.
  fileprivate var shownReconstructions: [ReconstructionResult] {
    let all = results.reconstructions
    return all.indices.filter { index in
      !all[..<index].contains {
        $0.variant.id == all[index].variant.id && $0.recipe == all[index].recipe
      }
    }.map { all[$0] }.filter { !$0.reconstruction.examples.isEmpty }
  }

  fileprivate func symbol(of example: ReconstructionFile.Example) -> String {
    data.classes.indices.contains(example.label) ? data.classes[example.label].symbol : "?"
  }
}

extension ReconstructionFile.Example {
  /// Mean over the samples of the squared difference; `nil` without samples.
  fileprivate var meanSquaredError: Double? {
    let squares = zip(input, output).map { (Double($0) - Double($1)) * (Double($0) - Double($1)) }
    return squares.isEmpty ? nil : squares.reduce(0, +) / Double(squares.count)
  }

  /// The first sample behind the last one that is not zero; `nil` for a row without padding.
  fileprivate var paddingStart: Int? {
    let length = (input.lastIndex { $0 != 0 } ?? -1) + 1
    return length < input.count ? length : nil
  }
}
