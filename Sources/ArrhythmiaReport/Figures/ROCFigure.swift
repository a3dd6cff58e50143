internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// One-vs-rest ROC curves with their pointwise bootstrap bands, and the corner where they crowd.
struct ROCFigure: Figure {
  let id = "roc"
  let title = "Receiver operating characteristic"

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let sets = task.curveSets(.roc)
    guard !sets.isEmpty else {
      return .nothing(reason: "no training with test rows of two classes has finished")
    }
    return .pictures(
      sets.sheets(of: 3).map { page in
        let corner = Self.corner(of: page)
        let isSingle = page.count == 1
        let wholes = page.enumerated().map { index, set in
          chart(
            set, title: set.title ?? "whole range", upTo: 1, hasName: index == 0,
            hasLegend: false)
        }
        let corners = page.enumerated().map { index, set in
          chart(
            set, title: "upper left corner", upTo: corner, hasName: index == 0 && !isSingle,
            hasLegend: !isSingle)
        }
        return Picture(
          sheet: Sheet(
            width: .full, columns: isSingle ? 2 : page.count, panels: wholes + corners,
            legend: isSingle ? chart(page[0], hasLegend: true).legendEntries : []),
          caption: caption(task),
          data: CurveBand.Kind.roc.table(
            page, x: "false_positive_rate", y: "sensitivity", area: "auroc"),
          sources: task.sources(of: page.flatMap(\.variants)))
      })
  }

  private func chart(
    _ set: CurveSet, title: String? = nil, upTo end: Double = 1, hasName: Bool = true,
    hasLegend: Bool
  ) -> Chart {
    Chart(
      title, x: Axis("false-positive rate", LinearScale(0...end)),
      y: Axis(hasName ? "sensitivity" : "", LinearScale((1 - end)...1)), height: .ratio(0.92),
      legendTitle: "AUROC (95 % interval)"
    ) {
      set.marks(.roc, hasLegend: hasLegend)
      Rule(
        .segment(from: (0, 0), to: (1, 1)), dash: [3, 3], label: hasLegend ? "chance" : nil)
    }
  }

  /// Side of the smallest round corner that holds the bend of every curve with some room.
  private static func corner(of sets: [CurveSet]) -> Double {
    let places = CurveBand.Kind.roc.places
    return [0.05, 0.1, 0.2, 0.5].first { side in
      sets.allSatisfy { set in
        set.series.allSatisfy { series in
          zip(places, series.values).contains { $0 < 0.8 * side && $1 > 1 - 0.8 * side }
        }
      }
    } ?? 0.5
  }

  private func caption(_ task: EvaluatedTask) -> String {
    let subject =
      task.isBinary
      ? "ROC curves of \(task.data.classes[1].name) against \(task.data.classes[0].name)"
      : "One-vs-rest ROC curves for each class and their mean (macro)"
    return "\(subject), whole and upper left corner; \(task.testDescription). "
      + "Lines: \(task.meansWords); "
      + "\(task.intervalWords(hasBands: true))."
      + (task.isBinary ? "" : " \(task.classKey).")
  }
}
