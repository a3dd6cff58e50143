internal import Datasets
internal import Experiments
internal import Plotting

/// Excerpts of the recordings on ECG paper, true to scale.
struct ECGStripFigure: Figure {
  let id = "ecg-strip"
  let title = "Sample recordings"
  let placement = Placement.data

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let strips = task.data.strips.filter { $0.samplingRate > 0 && !$0.millivolts.isEmpty }
    guard !strips.isEmpty else {
      return .nothing(reason: "the data set carries no excerpts of recordings")
    }
    return .pictures(
      strips.pages(of: 4).map { page in
        Picture(
          sheet: Sheet(width: .full, columns: 1, panels: page.map(paper)),
          caption: caption(task, page), data: table(page), sources: task.dataSources)
      })
  }

  private func paper(_ strip: ECGStrip) -> ECGPaper {
    ECGPaper(
      millivolts: strip.millivolts, samplingRate: strip.samplingRate, start: strip.start,
      annotations: strip.annotations.map {
        ECGPaper.Annotation(time: $0.time, symbol: $0.symbol)
      },
      title: "record \(strip.record)\(strip.finding.map { " (\($0))" } ?? ""), lead \(strip.lead)",
      note: strip.attribution)
  }

  private func caption(_ task: EvaluatedTask, _ strips: [ECGStrip]) -> String {
    let records = strips.map { strip in
      "\(strip.record) (\(strip.finding.map { "\($0), " } ?? "")\(strip.lead))"
    }.joined(separator: ", ")
    return "Excerpts of the recordings behind \(task.data.title): record \(records). "
      + "25 mm/s and 10 mm/mV at printed size; small squares 0.04 s and 0.1 mV, large squares "
      + "0.2 s and 0.5 mV; the pulse before each row is 1 mV for 0.2 s\(Self.key(of: strips))."
  }

  /// What the annotations' symbols mean, as far as they occur; nothing of recordings without any.
  private static func key(of strips: [ECGStrip]) -> String {
    let present = strips.flatMap(\.annotations).map(\.symbol)
    guard !present.isEmpty else { return "" }
    let known = meanings.filter { present.contains($0.symbol) }
      .map { "\($0.symbol) \($0.meaning)" }.joined(separator: ", ")
    return "; symbols above the signal: the annotations" + (known.isEmpty ? "" : " (\(known))")
  }

  /// The annotation codes of the WFDB library, <https://archive.physionet.org/physiobank/annotations.shtml>.
  private static let meanings: [(symbol: String, meaning: String)] = [
    ("N", "normal beat"), ("L", "left bundle branch block beat"),
    ("R", "right bundle branch block beat"), ("e", "atrial escape beat"),
    ("j", "nodal escape beat"), ("A", "atrial premature beat"),
    ("a", "aberrated atrial premature beat"), ("J", "nodal premature beat"),
    ("S", "supraventricular premature beat"), ("V", "premature ventricular contraction"),
    ("E", "ventricular escape beat"), ("F", "fusion of ventricular and normal beat"),
    ("/", "paced beat"), ("f", "fusion of paced and normal beat"), ("Q", "unclassifiable beat"),
    ("+", "change of rhythm"), ("~", "change of signal quality"), ("|", "isolated artefact"),
    ("x", "blocked atrial beat"), ("\"", "comment"), ("!", "ventricular flutter wave"),
    ("[", "start of ventricular flutter"), ("]", "end of ventricular flutter"),
  ]

  private func table(_ strips: [ECGStrip]) -> FigureData {
    let rows = strips.flatMap { strip in strip.millivolts.indices.map { (strip, $0) } }
    return FigureData([
      .texts("record", rows.map(\.0.record)), .texts("lead", rows.map(\.0.lead)),
      .numbers("time_s", rows.map { $0.start + Double($1) / $0.samplingRate }),
      .samples("millivolts", rows.map { $0.millivolts[$1] }),
    ])
  }
}
