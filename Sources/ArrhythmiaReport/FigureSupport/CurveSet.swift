internal import Datasets
internal import Experiments
internal import Statistics

/// A curve averaged over seeds, with its area and its band.
struct CurveSeries {
  /// What it belongs to: a class, or a variant.
  let name: String
  /// Whether it is the mean over all classes.
  let isMean: Bool
  /// The area over the seeds, as in the tables.
  let area: ScoreEstimate
  /// Mean over seeds at the curve's places.
  let values: [Double]
  /// Pointwise 95 % band; `nil` where too many draws leave the curve undefined.
  let band: CurveBand?
  /// Share of positive rows; `nil` for a mean over classes.
  let prevalence: Double?
}

/// The curves of one panel.
struct CurveSet {
  let title: String?
  /// What the curves belong to.
  let variants: [EvaluatedVariant]
  let series: [CurveSeries]
}

extension EvaluatedTask {
  /// One panel a variant with a curve for each class, or, for two classes, panels of up to seven
  /// variants each, of up to four where there are more, so that bands do not cover each other; only
  /// curves that the test rows define.
  func curveSets(_ kind: CurveBand.Kind) -> [CurveSet] {
    let panels =
      isBinary
      ? variants.sheets(of: variants.count > 7 ? 4 : 7).map(binaryPanel)
      : variants.map(classPanel(kind))
    let models = variants.flatMap(\.cells).map(\.drawn)
    let grid = kind.places
    let drawn = panels.map { panel in
      panel.curves.compactMap { DrawnCurve($0, kind, grid) }
    }
    let bands = bootstrap.bands(
      kind, of: models, series: drawn.joined().map { members(of: $0.plan) }, grid: grid)
    var next = bands.makeIterator()
    return zip(panels, drawn).map { panel, curves in
      CurveSet(
        title: panel.title, variants: panel.variants,
        series: curves.map { series($0, kind, band: next.next() ?? nil) })
    }.filter { !$0.series.isEmpty }
  }

  /// A curve that is wanted: some classes of a variant, averaged.
  fileprivate struct Plan {
    let name: String
    let variant: EvaluatedVariant
    let classes: [Int]
  }

  /// A curve that the test rows define.
  private struct DrawnCurve {
    let plan: Plan
    let values: [Double]

    init?(_ plan: Plan, _ kind: CurveBand.Kind, _ grid: [Double]) {
      self.plan = plan
      // With rows of one kind only there is an average precision, but no curve worth a look.
      let areas = plan.classes.map { plan.variant.mean(of: .perClass(.auroc, $0)) }
      values = kind.mean(
        of: plan.variant.cells.map(\.drawn), classes: plan.classes, grid: grid)
      guard areas.allSatisfy({ $0 != nil }), !values.contains(where: \.isNaN) else { return nil }
    }
  }

  private typealias Panel = (title: String?, variants: [EvaluatedVariant], curves: [Plan])

  private func binaryPanel(_ variants: [EvaluatedVariant]) -> Panel {
    (nil, variants, variants.map { Plan(name: title(of: $0), variant: $0, classes: [1]) })
  }

  private func classPanel(_ kind: CurveBand.Kind) -> (EvaluatedVariant) -> Panel {
    { variant in
      let single = data.classes.indices.map { index in
        Plan(name: data.classes[index].symbol, variant: variant, classes: [index])
      }
      let macro = Plan(name: "macro", variant: variant, classes: Array(data.classes.indices))
      return (title(of: variant), [variant], single + (kind == .roc ? [macro] : []))
    }
  }

  /// The cells of a curve's variant, by their place among all cells, with each of its classes.
  private func members(of plan: Plan) -> [CurveMember] {
    let before = variants.prefix { !$0.isSame(as: plan.variant) }.reduce(0) { $0 + $1.cells.count }
    return plan.variant.cells.indices.flatMap { cell in
      plan.classes.map { CurveMember(model: before + cell, classIndex: $0) }
    }
  }

  private func series(
    _ curve: DrawnCurve, _ kind: CurveBand.Kind, band: CurveBand?
  ) -> CurveSeries {
    let plan = curve.plan
    let isMean = plan.classes.count > 1
    return CurveSeries(
      name: plan.name, isMean: isMean,
      area: plan.variant.estimate(
        of: isMean ? metric(.auroc) : kind.area(of: plan.classes[0])),
      values: curve.values, band: band,
      prevalence: isMean
        ? nil : Double(data.beats[plan.classes[0]].testCount) / Double(data.testCount))
  }
}
