internal import Plotting

extension CurveSet {
  /// Bands, then curves; labels with area and interval where a legend is wanted.
  func marks(_ curve: ClassifierCurve, hasLegend: Bool) -> [any Mark] {
    let places = curve.places
    let bands = series.enumerated().map { index, series in
      Area(
        x: places, low: series.low, high: series.high,
        steps: curve == .roc ? nil : .backward, ink: ink(index), opacity: 0.15)
    }
    let lines: [any Mark] = series.enumerated().map { index, series in
      let label = hasLegend ? series.label : nil
      let weight = series.isMean ? LineWeight.thick : .regular
      return curve == .roc
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

extension CurveSeries {
  /// Name, area and interval.
  var label: String {
    "\(name) \(area.text)"
  }
}

extension Estimate {
  /// The value with its interval in brackets, three decimals each.
  var text: String {
    let numbers = [value, low, high].map { NumberText.fixed($0, decimals: 3) }
    return "\(numbers[0]) (\(numbers[1])–\(numbers[2]))"
  }
}

extension ClassifierCurve {
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
      .numbers("\(y)_low", rows.map { $0.series.low[$0.index] }),
      .numbers("\(y)_high", rows.map { $0.series.high[$0.index] }),
      .numbers(area, rows.map(\.series.area.value)),
      .numbers("\(area)_low", rows.map(\.series.area.low)),
      .numbers("\(area)_high", rows.map(\.series.area.high)),
    ])
  }
}

/// What captions say about the bands of curves and the intervals beside points.
enum IntervalNote {
  /// Seeds, draws, and what is resampled.
  static func text(seeds: Int) -> String {
    let mean = seeds > 1 ? "means over \(seeds) seeds" : "one seed, training variance not included"
    return "\(mean); 95 % intervals by \(NumberText.grouped(RowBootstrap.drawCount)) bootstrap "
      + "draws of test beats, optimistic where beats of one subject are alike"
  }
}
