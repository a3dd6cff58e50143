internal import Plotting
internal import Statistics

extension CurveSet {
  /// Bands, then curves; labels with area and interval where a legend is wanted.
  func marks(_ kind: CurveBand.Kind, hasLegend: Bool) -> [any Mark] {
    let places = kind.places
    let bands: [any Mark] = series.enumerated().compactMap { index, series in
      series.band.map { band in
        Area(
          x: places, low: band.low, high: band.high, steps: kind == .roc ? nil : .backward,
          ink: ink(index), opacity: 0.15)
      }
    }
    let lines: [any Mark] = series.enumerated().map { index, series in
      let label = hasLegend ? "\(series.name) \(series.area.text)" : nil
      let weight = series.isMean ? LineWeight.thick : .regular
      return kind == .roc
        ? Line(
          x: [0] + places, y: [0] + series.values, ink: ink(index), weight: weight, label: label)
        : Step(
          x: places, y: series.values, holding: .backward, ink: ink(index), weight: weight,
          label: label)
    }
    return bands + lines
  }

  /// The series' own ink; the mean stands out in the colour of text.
  func ink(_ index: Int) -> Ink { series[index].isMean ? .foreground : .series(index) }
}

extension ScoreEstimate {
  /// The value, with its interval in brackets where there is one, three decimals each.
  fileprivate var text: String {
    func digits(_ value: Double) -> String { NumberText.fixed(value, decimals: 3) }
    let value = mean.map(digits) ?? "n/a"
    return value + (interval.map { " (\(digits($0.low))–\(digits($0.high)))" } ?? "")
  }
}

extension CurveBand.Kind {
  /// The values of curves as a table.
  func table(_ sets: [CurveSet], x: String, y: String, area: String) -> FigureData {
    let rows = sets.flatMap { set in
      set.series.flatMap { series in
        places.indices.map { (set: set, series: series, index: $0) }
      }
    }
    return FigureData([
      .texts("panel", rows.map { $0.set.title ?? "" }),
      .texts("series", rows.map(\.series.name)),
      .numbers(x, rows.map { places[$0.index] }),
      .numbers(y, rows.map { $0.series.values[$0.index] }),
      .numbers("\(y)_low", rows.map { $0.series.band?.low[$0.index] }),
      .numbers("\(y)_high", rows.map { $0.series.band?.high[$0.index] }),
      .numbers(area, rows.map(\.series.area.mean)),
      .numbers("\(area)_low", rows.map(\.series.area.interval?.low)),
      .numbers("\(area)_high", rows.map(\.series.area.interval?.high)),
    ])
  }
}
