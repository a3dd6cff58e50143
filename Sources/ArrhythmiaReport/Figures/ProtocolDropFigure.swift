internal import Experiments
internal import Plotting
internal import Statistics

/// What the same networks lose when the people who are tested are kept out of the training: a line
/// from one split to the other for every variant.
struct ProtocolDropFigure: Figure {
  let id = "protocol-drop"
  let title = "Drop between people"
  let placement = Placement.interPatient

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    guard task.recordsOfTestRows != nil else { return .pictures([]) }
    guard let mixed = task.intraPatient(in: study) else {
      return .nothing(reason: "the study has no split of the same beats with people on both sides")
    }
    let drops = ProtocolDrop.all(task, mixed)
    guard !drops.isEmpty else {
      return .nothing(reason: "no variant was trained on both splits")
    }
    return .pictures([
      Picture(
        sheet: Sheet(
          width: .full, columns: ProtocolScore.allCases.count,
          panels: ProtocolScore.allCases.map { chart($0, drops) },
          legend: [
            LegendEntry("people on both sides", .point(.series(1), .diamond, isFilled: false)),
            LegendEntry("people kept apart", .point(.series(0), .circle, isFilled: true)),
          ]),
        caption: caption(task, mixed, drops), data: table(drops),
        sources: mixed.sources(of: drops.map(\.mixed)) + task.sources(of: drops.map(\.apart)))
    ])
  }

  private func chart(_ score: ProtocolScore, _ drops: [ProtocolDrop]) -> Chart {
    let values = drops.flatMap { [score.value($0.mixed), score.value($0.apart)] }
    let isFirst = score == ProtocolScore.allCases.first
    return Chart(
      x: Axis(
        score.rawValue, LinearScale(covering: values.compactMap(\.self), ticks: 3).padded(by: 0.06),
        ticks: 4),
      y: Axis("", BandScale(drops.map { isFirst ? $0.name : "" }), hasGrid: true),
      isYDownward: true, height: .points(14 * Double(drops.count) + 8)
    ) {
      for (place, drop) in drops.enumerated() {
        marks(score.value(drop.mixed), score.value(drop.apart), at: Double(place))
      }
    }
  }

  @MarkBuilder private func marks(
    _ mixed: Double?, _ apart: Double?, at place: Double
  ) -> [any Mark] {
    if let mixed, let apart {
      Rule(.segment(from: (x: mixed, y: place), to: (x: apart, y: place)))
    }
    if let mixed {
      Point(x: mixed, y: place, ink: .series(1), marker: .diamond, isFilled: false)
    }
    if let apart { Point(x: apart, y: place, ink: .series(0), marker: .circle) }
  }

  private func caption(
    _ task: EvaluatedTask, _ mixed: EvaluatedTask, _ drops: [ProtocolDrop]
  ) -> String {
    "The same variants and recipes on the same recordings, split in two ways, \(task.meansWords): "
      + "\(mixed.testDescription); \(task.testDescription). The mean F1 is that of N, S, V and F. "
      + "Training and test rows of the two are not the same, so that no interval of a difference is given."
  }

  private func table(_ drops: [ProtocolDrop]) -> FigureData {
    let rows = ProtocolScore.allCases.flatMap { score in drops.map { (score: score, drop: $0) } }
    return FigureData([
      .texts("score", rows.map(\.score.rawValue)), .texts("variant", rows.map(\.drop.name)),
      .numbers("people_on_both_sides", rows.map { $0.score.value($0.drop.mixed) }),
      .numbers("people_apart", rows.map { $0.score.value($0.drop.apart) }),
    ])
  }
}

/// A score that both splits of the five classes have.
enum ProtocolScore: String, CaseIterable {
  case accuracy = "Accuracy"
  case macroF1 = "Mean F1"
  case supraventricular = "F1 of S"
  case ventricular = "F1 of V"

  /// The mean over the seeds.
  func value(_ variant: EvaluatedVariant) -> Double? {
    ScoreEstimate(
      variant.cells.map { cell in
        let beats = cell.metrics.confusion
        return switch self {
        case .accuracy: beats.accuracy.value
        case .macroF1: beats.macroF1WithoutUnknown.value
        case .supraventricular: beats.f1(EC57Class.supraventricular.rawValue).value
        case .ventricular: beats.f1(EC57Class.ventricular.rawValue).value
        }
      }
    ).mean
  }
}

/// One variant under one recipe on both splits.
struct ProtocolDrop {
  let name: String
  /// With people on both sides.
  let mixed: EvaluatedVariant
  /// With people kept apart.
  let apart: EvaluatedVariant

  /// What was trained on both, in study order.
  static func all(_ task: EvaluatedTask, _ mixed: EvaluatedTask) -> [ProtocolDrop] {
    task.variants.compactMap { variant in
      mixed.variants.first { $0.isSame(as: variant) }.map {
        ProtocolDrop(name: task.title(of: variant), mixed: $0, apart: variant)
      }
    }
  }
}
