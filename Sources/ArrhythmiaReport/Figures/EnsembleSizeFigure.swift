internal import Datasets
internal import Experiments
internal import Plotting

/// What ensembles of every size reach: one column a method, one row a score.
struct EnsembleSizeFigure: Figure {
  let id = "ensemble-size"
  let title = "Ensembles by size"
  let placement = Placement.ensembles

  private static let scores = [Score.accuracy, .f1]

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    // Of several folds each has a curve of its own.
    let findings = task.ensembleFindings.filter { !$0.isOfFolds }
    guard !findings.isEmpty else { return .pictures([]) }
    let rows = Self.scores.map { score in
      let axis = Axis("", scale(score, findings))
      return findings.enumerated().map { column, finding in
        chart(finding, score, axis, in: task, column: column)
      }
    }
    return .pictures([
      Picture(
        sheet: Sheet(
          width: findings.count == 1 ? .column : .full, columns: findings.count,
          panels: rows.flatMap(\.self), legend: legend(task)),
        caption: caption(task, findings), data: table(task, findings),
        sources: task.sources(of: task.ensembles))
    ])
  }

  /// One scale for all methods, so that they can be compared.
  private func scale(_ score: Score, _ findings: [EnsembleFinding]) -> LinearScale {
    let values = findings.flatMap(\.files).flatMap { file in
      file.sizes.flatMap { [$0.validation(score), $0.test(score)] }
        + [file.chosenOnTest.test(score)]
    }
    return LinearScale(covering: values.compactMap(\.self), ticks: 5).padded(by: 0.03)
  }

  private func chart(
    _ finding: EnsembleFinding, _ score: Score, _ y: Axis, in task: EvaluatedTask, column: Int
  ) -> Chart {
    let isFirstRow = score == Self.scores.first
    let last = finding.files.map(\.sizes.count).max() ?? 1
    return Chart(
      isFirstRow ? task.title(of: finding.ensemble) : nil,
      x: Axis(
        isFirstRow ? "" : "members", LinearScale(1...Double(max(2, last))).padded(by: 0.03),
        ticks: min(6, max(2, last))),
      y: Axis(column == 0 ? task.title(of: score) : "", y.scale), height: .ratio(0.75)
    ) {
      for (ink, value) in Self.curves(score) {
        if finding.files.count > 1 {
          for file in finding.files {
            line(file.sizes.map { ($0.size, value($0)) }, ink, .thin, opacity: 0.6)
          }
        }
        line(finding.mean(value), ink, finding.files.count > 1 ? .thick : .regular)
      }
      for file in finding.files {
        if let chosen = file.chosen {
          for (ink, value) in Self.curves(score) { point(chosen, value(chosen), ink) }
        }
        point(file.chosenOnTest, file.chosenOnTest.test(score), .foreground, .cross)
      }
    }
  }

  private typealias Value = (EnsembleFile.Size) -> Double?

  private static func curves(_ score: Score) -> [(ink: Ink, value: Value)] {
    [(.series(0), { $0.validation(score) }), (.series(1), { $0.test(score) })]
  }

  private func line(
    _ values: [(size: Int, value: Double?)], _ ink: Ink, _ weight: LineWeight, opacity: Double = 1
  ) -> Line {
    Line(
      x: values.map { Double($0.size) }, y: values.map { $0.value ?? .nan }, ink: ink,
      weight: weight, opacity: opacity)
  }

  @MarkBuilder private func point(
    _ size: EnsembleFile.Size, _ value: Double?, _ ink: Ink, _ marker: Marker = .circle
  ) -> [any Mark] {
    if let value {
      Point(x: Double(size.size), y: value, ink: ink, marker: marker, isFilled: false, radius: 2.2)
    }
  }

  private func legend(_ task: EvaluatedTask) -> [LegendEntry] {
    let isSeveral = task.ensembles.contains { $0.cells.count > 1 }
    let mean = isSeveral ? ", mean of seeds" : ""
    let weight = isSeveral ? LineWeight.thick : .regular
    return [
      LegendEntry("validation\(mean)", .line(.series(0), weight, isSolid: false)),
      LegendEntry("test\(mean)", .line(.series(1), weight, isSolid: false)),
      LegendEntry("size chosen on validation", .point(.muted, .circle, isFilled: false)),
      LegendEntry(
        "chosen on test rows (not ours)", .point(.foreground, .cross, isFilled: false)),
    ]
  }

  private func caption(_ task: EvaluatedTask, _ findings: [EnsembleFinding]) -> String {
    let seeds = findings.map(\.files.count).max() ?? 1
    let folds = task.foldCount > 1 ? " Members, sizes and scores are those of the first fold." : ""
    return "Ensembles of the first members of a ranking by accuracy on validation rows. "
      + "Validation: each fifth of the validation rows is answered by ensembles that were ranked "
      + "and fitted on the other four; test: ranked and fitted on all validation rows; "
      + "\(task.testDescription). "
      + (seeds > 1 ? "Thin: each of \(seeds) seeds; thick: their mean. " : "One seed. ")
      + "Rings: the size with the best validation accuracy. Crosses: what ranking and choosing on "
      + "the test rows, as published, would have given: a finding, not a result. "
      + "No intervals are drawn; they stand in the tables.\(folds)"
  }

  private func table(_ task: EvaluatedTask, _ findings: [EnsembleFinding]) -> FigureData {
    let rows = findings.flatMap { finding in
      zip(finding.ensemble.cells, finding.files).flatMap { cell, file in
        file.sizes.map { (seed: cell.result.seed, file: file, finding: finding, size: $0) }
      }
    }
    return FigureData([
      .texts("method", rows.map { task.title(of: $0.finding.ensemble) }),
      .integers("seed", rows.map(\.seed)), .integers("members", rows.map(\.size.size)),
      .texts(
        "last_member",
        rows.map { task.title(ofMember: $0.file.ranking.prefix($0.size.size).last ?? "") }),
      .numbers("validation_accuracy", rows.map(\.size.validationAccuracy)),
      .numbers("validation_f1", rows.map(\.size.validationF1)),
      .numbers("test_accuracy", rows.map(\.size.testAccuracy)),
      .numbers("test_f1", rows.map(\.size.testF1)),
      .integers("chosen_members", rows.map(\.file.size)),
      .integers("members_chosen_on_test", rows.map(\.file.chosenOnTest.size)),
      .numbers("accuracy_chosen_on_test", rows.map(\.file.chosenOnTest.testAccuracy)),
      .numbers("f1_chosen_on_test", rows.map(\.file.chosenOnTest.testF1)),
    ])
  }
}

extension EnsembleFinding {
  /// The mean over the seeds of a value, for the sizes that every seed has.
  fileprivate func mean(
    _ value: (EnsembleFile.Size) -> Double?
  ) -> [(size: Int, value: Double?)] {
    let count = files.map(\.sizes.count).min() ?? 0
    return (0..<count).map { place in
      (files[0].sizes[place].size, ScoreEstimate(files.map { value($0.sizes[place]) }).mean)
    }
  }
}
