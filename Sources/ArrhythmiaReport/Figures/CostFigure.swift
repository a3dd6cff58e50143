internal import Datasets
internal import Experiments
internal import Plotting
internal import Statistics

/// Accuracy against what a training takes, and against the size of the network.
struct CostFigure: Figure {
  let id = "cost"
  let title = "Accuracy and cost"
  let placement = Placement.cost

  /// A variant with its accuracy and a cost of it.
  private struct Place {
    let number: Int
    let variant: EvaluatedVariant
    let accuracy: Double
    let cost: Double
  }

  func draw(_ task: EvaluatedTask, of study: EvaluatedStudy) throws(ReportError) -> FigureContent {
    let costs = task.networkCosts.filter { $0.variant != nil }
    guard !costs.isEmpty else { return .nothing(reason: "no training has finished") }
    let trainings = places(costs, in: task) { $0.training }
    let sizes = places(costs, in: task) { $0.parameters }
    let scale = LinearScale(covering: sizes.map(\.accuracy)).padded(by: 0.05)
    return .pictures([
      Picture(
        sheet: Sheet(
          width: .full, columns: 2,
          panels: [
            chart("multiply-adds of the training", trainings, Axis("accuracy", scale)),
            chart("parameters", sizes, Axis("", scale)),
          ], legend: legend(costs)),
        caption: caption(task, unknown: costs.filter { $0.training == nil }),
        data: table(costs, in: task), sources: task.sources(of: costs.compactMap(\.variant)))
    ])
  }

  private func places(
    _ costs: [NetworkCost], in task: EvaluatedTask, by cost: (NetworkCost) -> Double?
  ) -> [Place] {
    costs.enumerated().compactMap { index, network in
      guard let variant = network.variant, let cost = cost(network), cost > 0,
        let accuracy = variant.mean(of: task.metric(.accuracy))
      else { return nil }
      return Place(number: index + 1, variant: variant, accuracy: accuracy, cost: cost)
    }
  }

  private func chart(_ title: String, _ places: [Place], _ y: Axis) -> Chart {
    let costs = places.map(\.cost)
    let domain = (costs.min() ?? 1) / 1.6...(costs.max() ?? 1) * 1.6
    let front = Self.front(of: places)
    return Chart(
      x: Axis("\(title) (logarithmic)", LogarithmicScale(domain)), y: y, height: .ratio(0.85)
    ) {
      Step(
        x: front.map(\.cost) + [domain.upperBound],
        y: front.map(\.accuracy) + [front.last?.accuracy ?? .nan], holding: .forward, ink: .muted,
        weight: .thin)
      NumberedPoints(
        places.map { place in
          .init(
            x: place.cost, y: place.accuracy, number: place.number,
            ink: .series(place.variant.isEnsemble ? 1 : 0),
            marker: place.variant.isEnsemble ? .diamond : .circle,
            isFilled: place.variant.isEnsemble || place.variant.recipeName.isPublished)
        })
    }
  }

  /// Those that nothing as cheap surpasses, the cheapest first.
  private static func front(of places: [Place]) -> [Place] {
    places.sorted { ($0.cost, $1.accuracy) < ($1.cost, $0.accuracy) }.reduce(into: []) {
      if $1.accuracy > $0.last?.accuracy ?? -1 { $0.append($1) }
    }
  }

  private func legend(_ costs: [NetworkCost]) -> [LegendEntry] {
    let variants = costs.compactMap(\.variant)
    let kinds: [LegendEntry?] = [
      LegendEntry("published recipe", .point(.series(0), .circle, isFilled: true)),
      variants.contains { !$0.isEnsemble && !$0.recipeName.isPublished }
        ? LegendEntry("another recipe", .point(.series(0), .circle, isFilled: false)) : nil,
      variants.contains(where: \.isEnsemble)
        ? LegendEntry("ensemble", .point(.series(1), .diamond, isFilled: true)) : nil,
    ]
    return kinds.compactMap(\.self)
      + costs.enumerated().map { LegendEntry("\($0.offset + 1)  \($0.element.title)", .heading) }
  }

  private func caption(_ task: EvaluatedTask, unknown: [NetworkCost]) -> String {
    let gap =
      unknown.isEmpty
      ? ""
      : " Without a training's cost, as the epochs of a member are not known: "
        + unknown.map(\.title).joined(separator: ", ") + "."
    return "Accuracy against the multiply-adds of the training (forward passes over "
      + "\(NumberText.grouped(task.learntRows(share: 1, validation: task.validationCount))) rows in all epochs) and against the "
      + "number of parameters; of an ensemble the sum over its members. Grey: the highest accuracy "
      + "at that cost or less. \(task.testDescription); \(task.meansWords). No intervals are drawn; "
      + "they stand in the table of results.\(gap)"
  }

  private func table(_ costs: [NetworkCost], in task: EvaluatedTask) -> FigureData {
    FigureData([
      .integers("number", costs.indices.map { $0 + 1 }), .texts("variant", costs.map(\.title)),
      .numbers(
        "accuracy", costs.map { $0.variant?.mean(of: task.metric(.accuracy)) }),
      .numbers("training_multiply_adds", costs.map(\.training)),
      .numbers("parameters", costs.map(\.parameters)),
    ])
  }
}
