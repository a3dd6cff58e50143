internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// Precision over recall in steps, with the prevalence that a constant score reaches.
struct PrecisionRecallFigure: Figure {
  let id = "precision-recall"
  let title = "Precision and recall"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let sets = task.curveSets(.precisionRecall)
    guard !sets.isEmpty else {
      return .nothing(reason: "no training with test rows of two classes has finished")
    }
    return .pictures(
      sets.sheets(rows: rows(of: sets), columns: 3).map { page in
        let columns = min(3, page.count)
        return Picture(
          sheet: Sheet(
            width: columns == 1 ? .column : .full, columns: columns,
            panels: page.enumerated().map { chart($1, hasName: $0.isMultiple(of: columns)) }),
          caption: caption(task),
          data: CurveBand.Kind.precisionRecall.table(
            page, x: "recall", y: "precision", area: "average_precision"),
          sources: task.sources(of: page.flatMap(\.variants)))
      })
  }

  /// Rows of panels on a sheet: two, where their legends leave room for them.
  private func rows(of sets: [CurveSet]) -> Int {
    (sets.map(\.series.count).max() ?? 0) > 5 ? 1 : 2
  }

  private func chart(_ set: CurveSet, hasName: Bool) -> Chart {
    // Series of one prevalence share one line.
    let prevalences = set.series.compactMap(\.prevalence)
    let isCommon = Set(prevalences).count == 1 && prevalences.count > 1
    return Chart(
      set.title, x: Axis("recall", LinearScale(0...1)),
      y: Axis(hasName ? "precision" : "", LinearScale(0...1)),
      height: .ratio(0.92), legendTitle: "average precision (95 % interval)"
    ) {
      set.marks(.precisionRecall, hasLegend: true)
      for (index, prevalence) in prevalences.enumerated() where !isCommon || index == 0 {
        Rule(
          .horizontal(prevalence), ink: isCommon ? .muted : set.ink(index), dash: [1, 3],
          label: isCommon ? "prevalence" : nil)
      }
    }
  }

  private func caption(_ task: EvaluatedTask) -> String {
    let subject =
      task.isBinary
      ? "Precision and recall of \(task.data.classes[1].name)"
      : "Precision and recall of each class against the rest"
    let prevalence = task.isBinary ? "prevalence" : "prevalence of each class, in its colour"
    return "\(subject), drawn in steps; dotted: \(prevalence); \(task.testDescription). "
      + "Lines: \(task.meansWords); "
      + "\(task.intervalWords(hasBands: true))."
      + (task.isBinary ? "" : " \(task.classKey).")
  }
}
