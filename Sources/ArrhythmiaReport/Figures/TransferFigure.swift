internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// Scores against the number of training rows, from scratch and with weights of another task: one
/// column a kind of network, one row a score.
struct TransferFigure: Figure {
  let id = "transfer"
  let title = "Transfer by training rows"
  let placement = Placement.transfer

  private static let scores = [Score.accuracy, .f1]

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let families = task.transferFamilies.filter { $0.shares.count > 1 }
    guard !families.isEmpty else { return .pictures([]) }
    let panels = Self.scores.flatMap { score in
      let axis = Axis("", scale(score, families, in: task))
      return families.enumerated().map { chart($1, score, axis, in: task, column: $0) }
    }
    return .pictures([
      Picture(
        sheet: Sheet(
          width: families.count == 1 ? .column : .full, columns: families.count, panels: panels,
          legend: families.contains { $0.hasSeveralSeeds }
            ? [LegendEntry("one seed", .point(.muted, .circle, isFilled: false))] : []),
        caption: caption(task, families), data: table(task, families),
        sources: task.sources(of: families.flatMap(\.members).flatMap(\.variants)))
    ])
  }

  private func scale(
    _ score: Score, _ families: [TransferFamily], in task: EvaluatedTask
  ) -> LinearScale {
    let values = families.flatMap(\.members).flatMap(\.variants).flatMap { variant in
      variant.cells.map { $0.metrics[task.metric(score)].value }
    }
    return LinearScale(covering: values.compactMap(\.self)).padded(by: 0.03)
  }

  private func chart(
    _ family: TransferFamily, _ score: Score, _ y: Axis, in task: EvaluatedTask, column: Int
  ) -> Chart {
    let isLastRow = score == Self.scores.last
    let all = family.members.flatMap(\.variants)
    let counts = family.shares.compactMap { share in
      all.first { $0.trainingShare == share }.map { task.learntRows(of: $0) }
    }
    return Chart(
      isLastRow ? nil : family.title(in: task),
      x: Axis(isLastRow ? "training rows (logarithmic)" : "", RowCountScale(counts)),
      y: Axis(column == 0 ? task.title(of: score) : "", y.scale), height: .ratio(0.7)
    ) {
      for (index, member) in family.members.enumerated() {
        let label = family.label(of: member, in: task)
        marks(
          of: member, score, .series(family.ink(index)), label: isLastRow ? label : nil, in: task)
      }
    }
  }

  /// The mean over the seeds as a line with its markers, every seed as a small open one.
  @MarkBuilder private func marks(
    of member: TransferFamily.Member, _ score: Score, _ ink: Ink, label: String?,
    in task: EvaluatedTask
  ) -> [any Mark] {
    let metric = task.metric(score)
    let means = member.variants.map { $0.mean(of: metric) }
    let counts = member.variants.map { Double(task.learntRows(of: $0)) }
    Line(x: counts, y: means.map { $0 ?? .nan }, ink: ink, label: label)
    for (count, variant) in zip(counts, member.variants) where variant.cells.count > 1 {
      for value in variant.cells.compactMap({ $0.metrics[metric].value }) {
        Point(x: count, y: value, ink: ink, isFilled: false, radius: 1.4)
      }
    }
    for (count, mean) in zip(counts, means) {
      if let mean { Point(x: count, y: mean, ink: ink, radius: 2.2) }
    }
  }

  private func caption(_ task: EvaluatedTask, _ families: [TransferFamily]) -> String {
    let shares = Set(families.flatMap(\.shares)).sorted().map { task.percent($0) }
    let seeds =
      families.contains { $0.hasSeveralSeeds }
      ? "Small open marks: each seed, with its own draw of rows; filled: their mean. "
      : "One seed. "
    return
      "Scores against the number of rows that are learnt from (\(shares.joined(separator: ", ")) of "
      + "them), from scratch and with weights that were trained on another task; "
      + "\(task.testDescription). \(seeds)"
      + "No bands are drawn: intervals of the differences stand in the table."
  }

  private func table(_ task: EvaluatedTask, _ families: [TransferFamily]) -> FigureData {
    let rows = families.flatMap(\.members).flatMap { member in
      member.variants.flatMap { variant in
        variant.cells.map { (variant: variant, cell: $0, isTransferred: member.isTransferred) }
      }
    }
    return FigureData([
      .texts("variant", rows.map { task.title(of: $0.variant) }),
      .texts("weights", rows.map { $0.isTransferred ? "transferred" : "from scratch" }),
      .numbers("share", rows.map(\.variant.trainingShare)),
      .integers("training_rows", rows.map { task.learntRows(of: $0.variant) }),
      .integers("seed", rows.map(\.cell.result.seed)),
      .numbers("accuracy", rows.map { $0.cell.metrics[task.metric(.accuracy)].value }),
      .numbers("f1", rows.map { $0.cell.metrics[task.metric(.f1)].value }),
      .numbers("auroc", rows.map { $0.cell.metrics[task.metric(.auroc)].value }),
    ])
  }
}

extension TransferFamily {
  fileprivate var hasSeveralSeeds: Bool {
    members.flatMap(\.variants).contains { $0.cells.count > 1 }
  }

  /// What is trained from scratch, or else the first of what is transferred.
  fileprivate func title(in task: EvaluatedTask) -> String {
    (members.first?.variants.first).map { task.title(of: $0) } ?? ""
  }

  fileprivate func label(of member: Member, in task: EvaluatedTask) -> String {
    guard let variant = member.variants.first else { return "" }
    return task.title(of: variant) + (member.isTransferred ? "" : ", from scratch")
  }

  /// The colour of a member: training from scratch has the first one in every panel.
  fileprivate func ink(_ index: Int) -> Int { scratch == nil ? index + 1 : index }
}
