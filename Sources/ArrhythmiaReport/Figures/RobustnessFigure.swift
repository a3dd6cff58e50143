internal import Datasets
internal import Experiments
internal import Plotting

/// Scores of every network against the noise that is added to test rows: a column a noise, a row a
/// score.
struct RobustnessFigure: Figure {
  let id = "robustness"
  let title = "Robustness to noise"
  let placement = Placement.robustness

  private static let scores = [Score.accuracy, .f1]
  private static let ratios = RobustnessFile.ratios.reversed().map(\.self)

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let asked = task.robustness
    let scales = Self.scores.map { scale($0, asked) }
    return .pictures(
      asked.sheets(of: 7).map { variants in
        let panels = zip(Self.scores, scales).flatMap { score, scale in
          Disturbance.allCases.enumerated().map { column, disturbance in
            chart(score, disturbance, scale, variants, in: task, column: column)
          }
        }
        return Picture(
          sheet: Sheet(
            width: .full, columns: Disturbance.allCases.count, panels: panels,
            legend: variants.enumerated().map { index, variant in
              LegendEntry(
                task.title(of: variant.variant), .line(.series(index), .regular, isSolid: false))
            }),
          caption: caption(task, variants), data: table(variants, in: task),
          sources: task.sources(of: variants.map(\.variant)))
      })
  }

  /// One scale for all sheets, so that they can be compared.
  private func scale(_ score: Score, _ variants: [VariantRobustness]) -> LinearScale {
    LinearScale(
      covering: [1]
        + variants.flatMap { variant in
          Disturbance.allCases.flatMap { disturbance in
            Self.ratios.compactMap { variant.score(score, disturbance, decibels: $0) }
          }
        })
  }

  private func chart(
    _ score: Score, _ disturbance: Disturbance, _ scale: LinearScale,
    _ variants: [VariantRobustness], in task: EvaluatedTask, column: Int
  ) -> Chart {
    let isFirstRow = score == Self.scores.first
    return Chart(
      isFirstRow ? disturbance.title : nil,
      x: Axis(isFirstRow ? "" : "signal-to-noise ratio (dB)", DecibelScale(Self.ratios)),
      y: Axis(column == 0 ? task.title(of: score) : "", scale), height: .ratio(0.85)
    ) {
      for (index, variant) in variants.enumerated() {
        Line(
          x: Self.ratios.map(Double.init),
          y: Self.ratios.map { variant.score(score, disturbance, decibels: $0) ?? .nan },
          ink: .series(index))
      }
    }
  }

  private func caption(_ task: EvaluatedTask, _ variants: [VariantRobustness]) -> String {
    let rowCount = variants.map(\.rowCount).max() ?? 0
    let error = 50 / Double(max(1, rowCount)).squareRoot()
    return "Scores on \(NumberText.grouped(rowCount)) test rows with noise added, by the ratio of "
      + "powers: left, the noise has four times the power of the beat; right, a 250th of it. The "
      + "networks were not trained on such noise. \(task.data.title), \(task.splitWords); "
      + "\(task.meansWords). No intervals are drawn: of independent rows, one standard error of an "
      + "accuracy is at most \(NumberText.fixed(error, decimals: 1)) points.\(task.meanF1Words)"
  }

  private func table(_ variants: [VariantRobustness], in task: EvaluatedTask) -> FigureData {
    let rows = variants.flatMap { variant in
      Disturbance.allCases.flatMap { disturbance in
        Self.ratios.map { (variant: variant, disturbance: disturbance, decibels: $0) }
      }
    }
    func values(_ score: Score) -> [Double?] {
      rows.map { $0.variant.score(score, $0.disturbance, decibels: $0.decibels) }
    }
    return FigureData([
      .texts("variant", rows.map { task.title(of: $0.variant.variant) }),
      .texts("noise", rows.map(\.disturbance.rawValue)),
      .integers("decibels", rows.map(\.decibels)), .numbers("accuracy", values(.accuracy)),
      .numbers("f1", values(.f1)),
      .numbers("accuracy_without_noise", rows.map { $0.variant.clean(.accuracy) }),
      .numbers("f1_without_noise", rows.map { $0.variant.clean(.f1) }),
    ])
  }
}

/// Ratios along an axis that marks the given ones only.
private struct DecibelScale: Scale {
  private let ratios: [Int]
  private let scale: LinearScale

  init(_ ratios: [Int]) {
    self.ratios = ratios
    scale = LinearScale(Double(ratios.min() ?? 0)...Double(ratios.max() ?? 1))
  }

  func fraction(_ value: Double) -> Double? { scale.fraction(value) }

  func ticks(about count: Int) -> [Tick] {
    ratios.map { Tick(Double($0), NumberText.fixed(Double($0), decimals: 0)) }
  }
}
