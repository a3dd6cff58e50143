import Tensors
import Testing

@testable import Statistics

/// `Golden/intervals.json`.
private struct GoldenIntervals: Decodable {
  let losses: [Double]
  let percentile: [Double]
  let BCa: [Double]
}

@Suite("Intervals and what units contribute")
struct IntervalTests {
  @Test("Percentile and BCa intervals are those of scipy, as far as draws agree")
  func golden() throws {
    let golden = try StatisticsTests.golden("intervals", as: GoldenIntervals.self)
    let model = try Predictions(
      labels: golden.losses.map { _ in 1 },
      probabilities: golden.losses.flatMap { loss in
        let p = Elementary.exp(-loss)
        return [1 - p, p]
      }, classCount: 2)
    let resampling = Resampling(rowCount: golden.losses.count, seed: 1)
    let replicates = resampling.replicates(of: [model], draws: 20_000, workers: 2)[0]
    let parts = resampling.contributions(of: [model], workers: 1)[0]
    for (method, ends) in [
      (IntervalMethod.percentile, golden.percentile), (.biasCorrected, golden.BCa),
    ] {
      let interval = try #require(
        replicates.interval(of: .summary(.logLoss), method: method, contributions: parts))
      // An end varies by 1 % of the width from one set of 20,000 draws to another.
      #expect((interval.low - ends[0]).magnitude < 0.02 * (ends[1] - ends[0]), "\(method)")
      #expect((interval.high - ends[1]).magnitude < 0.02 * (ends[1] - ends[0]), "\(method)")
    }
  }

  @Test("Intervals for few units are wider, as those of Student's t are")
  func expanded() throws {
    let model = try BootstrapTests.predictions(200, 2, seed: 1)
    let resampling = Resampling(subjects: (0..<200).map { "\($0 % 10)" }, seed: 1)
    let replicates = resampling.replicates(of: [model], draws: 4000, workers: 2)[0]
    let parts = resampling.contributions(of: [model], workers: 1)[0]
    func width(_ method: IntervalMethod) throws -> Double {
      let interval = try #require(
        replicates.interval(of: .summary(.logLoss), method: method, contributions: parts))
      return interval.high - interval.low
    }
    // √(10/9) · 2.262 / 1.960 of a normal distribution.
    let ratio = try width(.expandedPercentile) / width(.percentile)
    #expect((1.12...1.32).contains(ratio), "\(ratio)")
    let plain = replicates.interval(of: .summary(.logLoss), method: .expandedPercentile)
    #expect(plain == replicates.interval(of: .summary(.logLoss)))
  }

  @Test("No end is that of a few draws, however skewed a metric of few people is")
  func farthest() throws {
    let skewed = (0..<120).map { $0 % 6 == 0 && $0 < 60 ? 0.02 : 0.98 }
    let model = try Predictions(
      labels: skewed.map { _ in 1 }, probabilities: skewed.flatMap { [1 - $0, $0] }, classCount: 2)
    let resampling = Resampling(subjects: (0..<120).map { "\($0 % 6)" }, seed: 1)
    let replicates = resampling.replicates(of: [model], draws: 10_000, workers: 2)[0]
    let parts = resampling.contributions(of: [model], workers: 1)[0]
    let metric = Metric.summary(.accuracy)
    let interval = try #require(
      replicates.interval(of: metric, method: .expandedBiasCorrected, contributions: parts))
    let draws = replicates.values(of: metric)
    #expect(draws.count { $0 <= interval.low } >= 10 && draws.count { $0 >= interval.high } >= 10)
    let rare = try #require(replicates.interval(of: metric, level: 0.9999))
    #expect(rare.low <= interval.low)
  }

  @Test("Three seeds are drawn too and widen the interval by what varies between them, two are not")
  func seeds() throws {
    let models = try (1...3).map { try BootstrapTests.predictions(2000, 2, seed: $0) }
    let replicates = Resampling(rowCount: 2000, seed: 1)
      .replicates(of: models, draws: 4000, workers: 2)
    let metric = Metric.summary(.logLoss)
    func values(_ count: Int, _ name: String) throws -> [Double] {
      try #require(
        BootstrapReplicates.mean(ofSeeds: Array(replicates.prefix(count)), architecture: name)
      ).values(of: metric)
    }
    let single = replicates.map { $0.values(of: metric) }
    #expect(try values(2, "a") == zip(single[0], single[1]).map { ($0 + $1) / 2 })
    #expect(try values(3, "a") == values(3, "a"))
    #expect(try values(3, "a") != values(3, "b"))
    func variance(_ x: [Double]) -> Double {
      let mean = x.reduce(0, +) / Double(x.count)
      return x.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(x.count)
    }
    let fixed = single[0].indices.map { (single[0][$0] + single[1][$0] + single[2][$0]) / 3 }
    let between = variance(single.map { $0.reduce(0, +) / Double($0.count) }) / 3
    // The rows' variance of a mean over drawn seeds is a little more than over fixed ones.
    let ratio = try (variance(values(3, "a")) - between) / variance(fixed)
    #expect(between > 0 && (0.9...2.0).contains(ratio), "\(ratio)")
  }

  @Test("Units add their own terms to a mean, whatever their sizes")
  func contributions() throws {
    let subjects = (0..<90).map { $0 < 60 ? "a" : $0 < 80 ? "b" : "c" }
    let model = try BootstrapTests.predictions(90, 3, seed: 4)
    let parts = Resampling(subjects: subjects, seed: 1).contributions(of: [model], workers: 2)[0]
    #expect(parts.unitCount == 3)
    let values = try #require(parts.values(of: .summary(.accuracy)))
    for (subject, value) in zip(["a", "b", "c"], values) {
      let right = subjects.indices.count {
        subjects[$0] == subject && model.predicted[$0] == model.labels[$0]
      }
      #expect(isClose(value, Double(right) / 90, within: 1e-10))
    }
    #expect(parts.whole(of: .summary(.accuracy)) == model.metrics().accuracy.value)
  }

  @Test("What units add sums up to every smooth metric, also if one holds most of a class")
  func sums() throws {
    let (labels, p) = randomPredictions(rows: 120, classes: 3, seed: 6)
    let model = try Predictions(labels: labels, probabilities: p, classCount: 3)
    // All rows of class 2 but one are those of one subject.
    let first = try #require(labels.firstIndex(of: 2))
    let subjects = labels.indices.map { labels[$0] == 2 && $0 != first ? "one" : "s\($0 % 9)" }
    let parts = Resampling(subjects: subjects, seed: 1).contributions(of: [model], workers: 1)[0]
    for metric in Metric.all(classCount: 3) where metric != .summary(.expectedCalibrationError) {
      let sum = try #require(parts.values(of: metric)).reduce(0, +)
      #expect(isClose(sum, model.metrics()[metric].value, within: 1e-5), "\(metric)")
    }
  }

  @Test("Rows are weighted in 200 groups of one size, each once")
  func groups() throws {
    let model = try BootstrapTests.predictions(500, 2, seed: 4)
    let parts = Resampling(rowCount: 500, seed: 1).contributions(of: [model], workers: 1)[0]
    #expect(parts.unitCount == 200)
    let sum = try #require(parts.values(of: .summary(.accuracy))).reduce(0, +)
    #expect(isClose(sum, model.metrics().accuracy.value, within: 1e-9))
  }

  @Test("A metric that is undefined has no contributions")
  func undefined() throws {
    let model = try Predictions(
      labels: [0, 0, 0, 0], probabilities: [1.0, 0, 1, 0, 0.5, 0.5, 0, 1], classCount: 2)
    let resampling = Resampling(subjects: ["a", "b", "a", "c"], seed: 1)
    let parts = resampling.contributions(of: [model, model], workers: 1)
    #expect(parts[0].values(of: .summary(.aurocMacro)) == nil)
    #expect(parts[0].values(of: .perClass(.f1, 9)) == nil)
    #expect(parts[0].values(of: .summary(.accuracy)) != nil)
    let difference = try #require(parts[0].difference(to: parts[1]))
    #expect(difference.values(of: .summary(.accuracy)) == [0, 0, 0])
    #expect(parts[0].whole(of: .summary(.aurocMacro)) == nil)
    let mean = UnitContributions.mean(parts)
    #expect(mean?.values(of: .summary(.logLoss)) == parts[0].values(of: .summary(.logLoss)))
    #expect(UnitContributions.mean([]) == nil)
  }
}

@Suite("Where intervals would say nothing")
struct MissingIntervalTests {
  @Test("A score that no draw changes has no interval, and a difference may have one")
  func constant() throws {
    let metric = Metric.summary(.accuracy)
    let same = Replicates(metrics: [metric], drawCount: 4, values: [1, 1, 1, 1])
    #expect(same.scoreInterval(of: metric) == nil)
    let rounded = Replicates(
      metrics: [metric], drawCount: 40,
      values: (0..<40).map { 36.04 * (1 + Double($0 % 3) * 2.3e-16) })
    #expect(rounded.scoreInterval(of: metric) == nil)
    #expect(same.interval(of: metric)?.low == 1)
    let other = Replicates(metrics: [metric], drawCount: 4, values: [1, 1, 0.5, 1])
    #expect(other.scoreInterval(of: metric) != nil)
  }

  @Test("Of fewer than five people nothing has an interval, of unknown people everything")
  func fewPeople() {
    let metric = Metric.summary(.accuracy)
    #expect(ClassHolders([[9, 9, 9, 9], [1, 1, 1, 1]]).effectiveCount(metric).isTooFew)
    #expect(
      ClassHolders([[90, 1, 1, 1, 1, 1], [1, 1, 1, 1, 1, 1]]).effectiveCount(metric).isTooFew)
    #expect(!ClassHolders([[9, 9, 9, 9, 9], [1, 1, 1, 1, 1]]).effectiveCount(metric).isTooFew)
    #expect(!ClassHolders([]).effectiveCount(metric).isTooFew)
  }
}

@Suite("Mean F1 of some classes")
struct MeanF1Tests {
  private static let subjects = (0..<120).map { "\($0 % 8)" }

  /// Five classes, of which the last two are those of one subject each.
  private static func model(seed: Int) throws -> Predictions {
    let (labels, p) = randomPredictions(rows: 120, classes: 5, seed: seed)
    let rare = labels.indices.map { row in
      labels[row] < 3 ? labels[row] : row % 8 == labels[row] ? labels[row] : row % 3
    }
    return try Predictions(labels: rare, probabilities: p, classCount: 5)
  }

  @Test("Every draw has the mean of its rows, and none where a class that counts is absent")
  func draws() throws {
    let model = try Self.model(seed: 2)
    let statistic = MeanF1(of: [0, 1, 2, 3])
    let resampling = Resampling(subjects: Self.subjects, seed: 1)
    let values = resampling.replicates(of: [model], statistic, draws: 60, workers: 2)[0]
      .values(of: statistic)
    var undefined = (counting: 0, other: 0)
    for (draw, value) in values.enumerated() {
      let drawn = model.metrics(weights: resampling.weights(draw: draw)).confusion
      if drawn.supports[3] == 0 { undefined.counting += 1 }
      if drawn.supports[4] == 0 { undefined.other += 1 }
      let expected = drawn.supports[3] > 0 ? drawn.macroF1(of: [0, 1, 2, 3]).value : nil
      #expect(isClose(value.isNaN ? nil : value, expected))
    }
    #expect(undefined.counting > 0 && undefined.other > 0)
    let whole = MeanF1(of: Array(0..<5))
    let all = resampling.replicates(of: [model], whole, draws: 60, workers: 1)[0]
    let metric = resampling.replicates(of: [model], draws: 60, workers: 1)[0]
    #expect(
      all.values(of: whole).map(\.bitPattern)
        == metric.values(of: .summary(.macroF1)).map(\.bitPattern))
  }

  @Test("What subjects add sums up to it, and its intervals are as far out as those of macro-F1")
  func contributions() throws {
    let model = try Self.model(seed: 2)
    let statistic = MeanF1(of: Array(0..<5))
    for resampling in [
      Resampling(subjects: Self.subjects, seed: 1), Resampling(rowCount: 120, seed: 1),
    ] {
      let parts = resampling.contributions(of: [model], statistic, workers: 2)[0]
      let metric = resampling.contributions(of: [model], workers: 1)[0]
      #expect(parts.values(of: statistic) == metric.values(of: .summary(.macroF1)))
      #expect(
        parts.effectiveCount(of: statistic) == metric.effectiveCount(of: .summary(.macroF1)))
      let sum = try #require(parts.values(of: statistic)).reduce(0, +)
      #expect(isClose(sum, statistic.value(of: model.metrics().confusion).value, within: 1e-5))
    }
  }
}
