import Datasets
import Documents
import Experiments
import Plotting

/// The pictures of a comparison: curves of both runs, and beats that became right or wrong.
struct DiffPictures {
  /// A picture with its place in the document.
  struct Drawn {
    let figure: Document.Figure
    let svg: [UInt8]
  }

  private let renderer: Plotting.Renderer
  private let runID: String

  init(of diff: RunDiff) throws(ReportError) {
    do throws(PlottingError) { renderer = try Renderer() } catch {
      throw .drawing(figure: "diff", error)
    }
    runID = diff.new.runID ?? diff.old.runID ?? ""
  }

  /// The pictures of a task, variant by variant.
  ///
  /// - Parameter rows: The task's rows, where they are at hand.
  func drawn(_ task: TaskDiff, rows: Dataset?) throws(ReportError) -> [Drawn] {
    var drawn: [Drawn] = []
    for variant in task.variants {
      for kind in CurveGap.Kind.allCases {
        let gaps = variant.curves.filter { $0.kind == kind }
        guard !gaps.isEmpty else { continue }
        drawn.append(
          try draw(
            CurveGapSheet(gaps, task: task, variant: variant), name: kind.rawValue, task, variant))
      }
      if let rows, let changed = variant.rows, !(changed.gained + changed.lost).isEmpty {
        drawn.append(
          try draw(
            ChangedBeatsSheet(changed, rows: rows, variant: variant), name: "beats", task, variant))
      }
    }
    return drawn
  }

  private func draw(
    _ content: some DiffSheet, name: String, _ task: TaskDiff, _ variant: VariantDiff
  ) throws(ReportError) -> Drawn {
    let id = Identifier("\(name)-\(task.id)-\(variant.name)")
    let stamped = content.sheet.stamped(task.isSynthetic ? Sheet.syntheticStamp : nil)
    let provenance = Provenance(
      title: content.title, subject: content.caption, runID: runID, sources: [])
    do throws(PlottingError) {
      let svg = try renderer.render(stamped, .svg, provenance)
      return Drawn(
        figure: Document.Figure(
          id: id, path: id.text, caption: Prose(content.caption), alternativeText: content.title,
          mark: task.isSynthetic ? Report.syntheticMark : nil), svg: svg)
    } catch {
      throw .drawing(figure: id.text, error)
    }
  }
}

/// A sheet with its words.
protocol DiffSheet {
  var title: String { get }
  var caption: String { get }
  var sheet: Sheet { get }
}

/// The curves of both runs over each other, a panel a class, with the area between them.
struct CurveGapSheet: DiffSheet {
  private let gaps: [CurveGap]
  private let task: TaskDiff
  private let variant: VariantDiff

  init(_ gaps: [CurveGap], task: TaskDiff, variant: VariantDiff) {
    (self.gaps, self.task, self.variant) = (gaps, task, variant)
  }

  private var isROC: Bool { gaps[0].kind == .roc }

  var title: String {
    "\(isROC ? "ROC" : "Precision-recall") curves of both runs, \(variant.title)"
  }

  var caption: String {
    "\(isROC ? "ROC" : "Precision-recall") curves of \(variant.title) in both runs, each class "
      + "against the rest, means over the seeds; \(task.title). Shaded: what lies between them, "
      + "with its area."
  }

  var sheet: Sheet {
    Sheet(
      width: .full, columns: min(3, gaps.count), panels: gaps.map { chart($0) },
      legend: chart(gaps[0], hasLegend: true).legendEntries)
  }

  private func chart(_ gap: CurveGap, hasLegend: Bool = false) -> Chart {
    let (low, high) = (zip(gap.old, gap.new).map(min), zip(gap.old, gap.new).map(max))
    let area = NumberText.fixed(gap.area, decimals: 4)
    return Chart(
      "\(task.classes[gap.classIndex]), area between: \(area)",
      x: Axis(isROC ? "false-positive rate" : "recall", LinearScale(0...1)),
      y: Axis(isROC ? "sensitivity" : "precision", LinearScale(0...1)), height: .ratio(0.9)
    ) {
      Area(
        x: gap.places, low: low, high: high, steps: isROC ? nil : .backward, ink: .muted,
        opacity: 0.35)
      for (index, side) in [("old", gap.old), ("new", gap.new)].enumerated() {
        let label = hasLegend ? side.0 : nil
        if isROC {
          Line(x: gap.places, y: side.1, ink: .series(index), label: label)
        } else {
          Step(x: gap.places, y: side.1, holding: .backward, ink: .series(index), label: label)
        }
      }
    }
  }
}

/// Some beats that only one of the runs has right, drawn from their rows.
struct ChangedBeatsSheet: DiffSheet {
  /// So many of each kind are drawn.
  private static let limit = 6

  private let changed: ChangedRows
  private let rows: Dataset
  private let variant: VariantDiff

  init(_ changed: ChangedRows, rows: Dataset, variant: VariantDiff) {
    (self.changed, self.rows, self.variant) = (changed, rows, variant)
  }

  var title: String { "Beats that only one run has right, \(variant.title)" }

  var caption: String {
    "Test beats that only one of the runs has right, \(variant.title): \(changed.lost.count) only "
      + "the old one, \(changed.gained.count) only the new one, of each up to \(Self.limit), evenly "
      + "spread; rows scaled to 0…1. Above each: record, its class, and what the old and the new "
      + "run say."
  }

  var sheet: Sheet {
    let shown = Self.spread(changed.lost) + Self.spread(changed.gained)
    return Sheet(width: .full, columns: 3, panels: shown.map(chart))
  }

  private static func spread(_ rows: [ChangedRows.Row]) -> [ChangedRows.Row] {
    let count = min(limit, rows.count)
    return (0..<count).map { rows[(2 * $0 + 1) * rows.count / (2 * count)] }
  }

  /// Samples before the zeros that fill a row up.
  private static func length(_ row: ArraySlice<Float>) -> Int {
    row.count - row.reversed().prefix { $0 == 0 }.count
  }

  private func chart(_ changed: ChangedRows.Row) -> Chart {
    let row = rows.testRows[changed.place]
    let samples = Array(rows.row(row).prefix(Self.length(rows.row(row))))
    let step = 1000 / rows.rowSamplingRate
    let symbols = [changed.label, changed.old, changed.new].map { rows.classes[$0].symbol }
    let record = changed.record.map { "\($0), " } ?? ""
    return Chart(
      "\(record)\(symbols[0]): old \(symbols[1]), new \(symbols[2])",
      x: Axis("time (ms)", LinearScale(0...(Double(Dataset.rowLength) * step)), ticks: 4),
      y: Axis("", LinearScale(0...1)), height: .ratio(0.5)
    ) {
      Trace(samples, step: step, ink: .foreground)
    }
  }
}
