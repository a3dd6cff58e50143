internal import Datasets
internal import Experiments

/// A curve averaged over seeds, with its area and pointwise bootstrap bands.
struct CurveSeries {
  /// What it belongs to: a class, or a variant.
  let name: String
  /// Whether it is the mean of the other series of its set.
  let isMean: Bool
  /// Mean area over seeds.
  let area: Estimate
  /// Mean over seeds at the curve's places.
  let values: [Double]
  /// 2.5th percentile of the resampled means.
  let low: [Double]
  /// 97.5th percentile of the resampled means.
  let high: [Double]
  /// Share of positive rows.
  let prevalence: Double
}

/// The curves of one panel.
struct CurveSet {
  let title: String?
  let series: [CurveSeries]
}

extension TaskResults {
  /// One panel a variant with a curve for each class, or, for two classes, panels of up to eight
  /// variants each.
  func curveSets(_ curve: ClassifierCurve) throws(ReportError) -> [CurveSet] {
    let variants = try variants()
    if isBinary {
      return variants.pages(of: 7).map { page in
        CurveSet(
          title: nil,
          series: curve.series(
            page.map { ($0.facts.title, ranked($0.cells, positive: 1, for: curve)) },
            withMean: false))
      }
    }
    return variants.map { variant in
      let members = data.classes.indices.map {
        (data.classes[$0].symbol, ranked(variant.cells, positive: $0, for: curve))
      }
      return CurveSet(
        title: variant.facts.title, series: curve.series(members, withMean: curve == .roc))
    }
  }

  func ranked(
    _ cells: [CellResult], positive: Int, for curve: ClassifierCurve
  ) -> [RankedRows] {
    let classes = data.classes.count
    return cells.map { cell in
      RankedRows(
        scores: cell.labels.indices.map { cell.probabilities[$0 * classes + positive] },
        isPositive: cell.labels.map { $0 == positive }, for: curve)
    }
  }
}

extension ClassifierCurve {
  /// Curves of members, each with the ranked rows of its seeds; members without rows on both sides
  /// have none.
  func series(_ members: [(name: String, seeds: [RankedRows])], withMean: Bool) -> [CurveSeries] {
    guard let rowCount = members.first?.seeds.first?.rowCount else { return [] }
    let whole = [UInt16](repeating: 1, count: rowCount)
    let defined = members.filter { mean(over: $0.seeds, whole) != nil }
    let hasMean = withMean && defined.count > 1
    var draws = [Draws](repeating: Draws(), count: defined.count + (hasMean ? 1 : 0))
    let bootstrap = RowBootstrap(rowCount: rowCount)
    for draw in 0..<RowBootstrap.drawCount {
      let weights = bootstrap.weights(draw: draw)
      let reads = defined.map { mean(over: $0.seeds, weights) }
      for (index, read) in reads.enumerated() { draws[index].append(read) }
      if hasMean { draws[defined.count].append(Self.mean(reads.compactMap { $0 })) }
    }
    var reads = defined.compactMap { mean(over: $0.seeds, whole) }
    if hasMean, let mean = Self.mean(reads) { reads.append(mean) }
    return zip(reads, draws).enumerated().map { index, pair in
      let isMean = index == defined.count
      return pair.1.series(
        around: pair.0, name: isMean ? "macro" : defined[index].name, isMean: isMean,
        prevalence: isMean ? .nan : defined[index].seeds[0].prevalence)
    }
  }

  private typealias Read = (area: Double, values: [Double])

  private func mean(over seeds: [RankedRows], _ weights: [UInt16]) -> Read? {
    let reads = seeds.compactMap { read($0.points(weights: weights)) }
    return reads.count == seeds.count ? Self.mean(reads) : nil
  }

  private static func mean(_ reads: [Read]) -> Read? {
    guard let first = reads.first else { return nil }
    let count = Double(reads.count)
    let sums = reads.dropFirst().reduce(into: first.values) { sums, read in
      for index in sums.indices { sums[index] += read.values[index] }
    }
    return (reads.reduce(0) { $0 + $1.area } / count, sums.map { $0 / count })
  }

  /// The resampled means of one series.
  private struct Draws {
    var areas: [Double] = []
    var values: [[Double]] = []

    mutating func append(_ read: Read?) {
      guard let read else { return }
      areas.append(read.area)
      values.append(read.values)
    }

    func series(around read: Read, name: String, isMean: Bool, prevalence: Double) -> CurveSeries {
      let bands = read.values.indices.map { index in
        Estimate(value: read.values[index], draws: values.map { $0[index] })
      }
      return CurveSeries(
        name: name, isMean: isMean, area: Estimate(value: read.area, draws: areas),
        values: read.values, low: bands.map(\.low), high: bands.map(\.high),
        prevalence: prevalence)
    }
  }
}
