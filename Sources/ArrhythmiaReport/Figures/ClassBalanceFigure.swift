internal import Datasets
internal import Experiments
internal import Plotting

/// How many beats of each class the two parts of the split hold.
struct ClassBalanceFigure: Figure {
  let id = "class-balance"
  let title = "Class balance"
  let placement = Placement.data

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let data = task.data
    let counts = data.beats.flatMap { [$0.trainCount, $0.testCount] }
    guard let largest = counts.max(), largest > 0 else {
      return .nothing(reason: "the data set has no beats")
    }
    let smallest = counts.filter { $0 > 0 }.min() ?? largest
    let isLogarithmic = largest / smallest > 20
    return .pictures([
      Picture(
        sheet: Sheet(
          width: .column, columns: 1, panels: [chart(data, largest, isLogarithmic)]),
        caption: caption(task, isLogarithmic),
        data: FigureData([
          .texts("class", data.classes.map(\.symbol)), .texts("name", data.classes.map(\.name)),
          .integers("train", data.beats.map(\.trainCount)),
          .integers("test", data.beats.map(\.testCount)),
        ]), sources: task.dataSources)
    ])
  }

  /// The scale ends well beyond the longest bar, so that its number stands inside the frame.
  private func chart(_ data: DatasetSummary, _ largest: Int, _ isLogarithmic: Bool) -> Chart {
    let scale: any Scale =
      isLogarithmic
      ? LogarithmicScale(1...(6 * Double(largest)))
      : LinearScale(0...(1.3 * Double(largest)))
    return Chart(
      x: Axis(isLogarithmic ? "beats (logarithmic)" : "beats", scale, ticks: 7),
      y: Axis("", BandScale(data.classes.map(\.symbol)), hasGrid: false), isYDownward: true,
      height: .points(26 * Double(data.classes.count))
    ) {
      for (row, beats) in data.beats.enumerated() {
        bar(
          row, -0.2, beats.trainCount, isLogarithmic, .series(0), .solid,
          label: row == 0 ? "training" : nil)
        bar(
          row, 0.2, beats.testCount, isLogarithmic, .series(1), .hatched,
          label: row == 0 ? "test" : nil)
      }
    }
  }

  @MarkBuilder private func bar(
    _ row: Int, _ offset: Double, _ count: Int, _ isLogarithmic: Bool, _ ink: Ink,
    _ filling: Bar.Filling, label: String?
  ) -> [any Mark] {
    let base = isLogarithmic ? 1.0 : 0
    let end = max(base, Double(count))
    Bar(
      at: Double(row) + offset, thickness: 0.34, from: base, to: end, orientation: .horizontal,
      ink: ink, filling: filling, label: label)
    Text(
      NumberText.grouped(count), x: end, y: Double(row) + offset,
      anchor: TextAnchor(.start, .middle), offset: Size(width: 3, height: 0))
  }

  private func caption(_ task: EvaluatedTask, _ isLogarithmic: Bool) -> String {
    let data = task.data
    let folds = data.foldCount.map { " Each beat is tested in one of \($0) folds." } ?? ""
    return "Beats of each class\(isLogarithmic ? " (logarithmic scale)" : ""); \(data.title), "
      + "\(task.splitWords); n = \(NumberText.grouped(data.trainCount)) training and "
      + "\(NumberText.grouped(data.testCount)) test beats.\(folds) \(task.classKey)."
  }
}
