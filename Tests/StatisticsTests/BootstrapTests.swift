import Tensors
import Testing

@testable import Statistics

@Suite("Bootstrap")
struct BootstrapTests {
  static func predictions(_ rows: Int, _ classes: Int, seed: Int) throws -> Predictions {
    let (labels, p) = randomPredictions(rows: rows, classes: classes, seed: seed)
    return try Predictions(labels: labels, probabilities: p, classCount: classes)
  }

  @Test("Weighting a row is the same as repeating it", arguments: [2, 4])
  func weights(classes: Int) throws {
    let (labels, p) = randomPredictions(rows: 120, classes: classes, seed: 3)
    let predictions = try Predictions(labels: labels, probabilities: p, classCount: classes)
    let weights = Resampling(rowCount: 120, seed: 1).weights(draw: 0)
    let rows = weights.indices.flatMap { [Int](repeating: $0, count: Int(weights[$0])) }
    let repeated = try ClassificationMetrics(
      labels: rows.map { labels[$0] },
      probabilities: rows.flatMap { p[$0 * classes..<($0 + 1) * classes] }, classCount: classes)
    let weighted = predictions.metrics(weights: weights)
    #expect(weighted.confusion == repeated.confusion)
    for metric in Metric.all(classCount: classes) {
      let (a, b) = (weighted[metric].value ?? .nan, repeated[metric].value ?? .nan)
      #expect((a - b).magnitude < 1e-12, "\(metric)")
    }
  }

  @Test("No rows at all leave every metric undefined")
  func zeroWeights() throws {
    let metrics = try Self.predictions(20, 3, seed: 1)
      .metrics(weights: [UInt16](repeating: 0, count: 20))
    #expect(Metric.all(classCount: 3).allSatisfy { metrics[$0].value == nil })
  }

  @Test("Draws of rows sum to the number of rows, each row being drawn once on average")
  func rowDraws() {
    let resampling = Resampling(rowCount: 50, seed: 4)
    var totals = [Int](repeating: 0, count: 50)
    for draw in 0..<2000 {
      let weights = resampling.weights(draw: draw)
      #expect(weights.reduce(0) { $0 + Int($1) } == 50)
      for (row, weight) in weights.enumerated() { totals[row] += Int(weight) }
    }
    // Standard deviation 44; the farthest of 50 lies within 4.5 of them.
    #expect(totals.allSatisfy { (1800...2200).contains($0) })
    #expect(resampling.weights(draw: 7) == resampling.weights(draw: 7))
    #expect(resampling.weights(draw: 7) != resampling.weights(draw: 8))
    #expect(resampling.weights(draw: 7) != Resampling(rowCount: 50, seed: 5).weights(draw: 7))
  }

  @Test("Rows of a subject are drawn together")
  func subjectDraws() {
    let subjects = (0..<60).map { "subject \($0 % 7)" }
    let resampling = Resampling(subjects: subjects, seed: 4)
    #expect(resampling.unitCount == 7 && resampling.rowCount == 60)
    for draw in 0..<50 {
      let weights = resampling.weights(draw: draw)
      #expect((7..<60).allSatisfy { weights[$0] == weights[$0 - 7] })
      #expect(weights.prefix(7).reduce(0) { $0 + Int($1) } == 7)
    }
  }

  @Test("Replicates do not depend on the number of workers or of models")
  func workers() throws {
    let first = try Self.predictions(80, 3, seed: 1)
    let second = try Self.predictions(80, 3, seed: 2)
    let resampling = Resampling(rowCount: 80, seed: 9)
    let alone = resampling.replicates(of: [first], draws: 37, workers: 1)
    let together = resampling.replicates(of: [first, second], draws: 37, workers: 3)
    for metric in Metric.all(classCount: 3) {
      let values = zip(alone[0].values(of: metric), together[0].values(of: metric))
      #expect(values.allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN })
      #expect(alone[0].values(of: metric).count == 37)
    }
    let expected = first.metrics(weights: resampling.weights(draw: 36)).accuracy.value
    #expect(alone[0].values(of: .summary(.accuracy)).last == expected)
  }

  @Test("What follows from counts is the same to the bit without rankings", arguments: [2, 4])
  func counted(classes: Int) throws {
    let models = try [1, 2].map { try Self.predictions(90, classes, seed: $0) }
    let chosen: [Metric] = [.summary(.macroF1), .summary(.accuracy), .perClass(.f1, 1)]
    for subjects in [nil, (0..<90).map { "\($0 % 7)" }] {
      let resampling = Resampling(rowCount: 90, subjects: subjects, seed: 3)
      let all = resampling.replicates(of: models, draws: 50, workers: 2)
      let some = resampling.replicates(of: models, metrics: chosen, draws: 50, workers: 2)
      let parts = resampling.contributions(of: models, workers: 2)
      let someParts = resampling.contributions(of: models, metrics: chosen, workers: 2)
      for model in models.indices {
        for metric in chosen {
          #expect(
            some[model].values(of: metric).map(\.bitPattern)
              == all[model].values(of: metric).map(\.bitPattern))
          #expect(someParts[model].values(of: metric) == parts[model].values(of: metric))
          #expect(someParts[model].whole(of: metric) == parts[model].whole(of: metric))
        }
        #expect(some[model].values(of: .summary(.aurocMacro)).isEmpty)
      }
      let mixed = resampling.replicates(
        of: models, metrics: [.summary(.aurocMacro)], draws: 50, workers: 2)
      #expect(mixed[0].values(of: .summary(.aurocMacro)).count == 50)
    }
  }

  @Test("The interval of an accuracy has the width that the binomial distribution gives")
  func interval() throws {
    let predictions = try Self.predictions(400, 2, seed: 5)
    let accuracy = try #require(predictions.metrics().accuracy.value)
    let replicates = Resampling(rowCount: 400, seed: 1)
      .replicates(of: [predictions], draws: 2000, workers: 2)
    let interval = try #require(replicates[0].interval(of: .summary(.accuracy)))
    let half = 1.96 * (accuracy * (1 - accuracy) / 400).squareRoot()
    #expect((interval.low - (accuracy - half)).magnitude < 0.15 * half)
    #expect((interval.high - (accuracy + half)).magnitude < 0.15 * half)
    #expect(interval.undefinedDraws == 0 && interval.level == 0.95)
  }

  @Test("A metric that many draws do not define has no interval")
  func undefinedDraws() throws {
    // The one row of class 1 is missing from about 37 % of the draws.
    let predictions = try Predictions(
      labels: [1] + [Int](repeating: 0, count: 29),
      probabilities: (0..<30).flatMap { _ in [0.75, 0.25] }, classCount: 2)
    let replicates = Resampling(rowCount: 30, seed: 1)
      .replicates(of: [predictions], draws: 300, workers: 1)
    #expect(replicates[0].interval(of: .summary(.aurocMacro)) == nil)
    #expect(replicates[0].interval(of: .summary(.accuracy)) != nil)
    #expect(replicates[0].interval(of: .perClass(.f1, 7)) == nil)
  }

  @Test("A draw that lacks a class says nothing about its F1, even if it is predicted there")
  func absentClass() throws {
    let predictions = try Predictions(
      labels: [1] + [Int](repeating: 0, count: 29),
      probabilities: (0..<30).flatMap { $0 % 9 == 0 ? [0.25, 0.75] : [0.75, 0.25] }, classCount: 2)
    let resampling = Resampling(rowCount: 30, seed: 1)
    let replicates = resampling.replicates(of: [predictions], draws: 100, workers: 1)[0]
    let lacking = (0..<100).filter { resampling.weights(draw: $0)[0] == 0 }
    #expect(!lacking.isEmpty)
    for metric in [Metric.summary(.macroF1), .perClass(.f1, 1)] {
      let values = replicates.values(of: metric)
      #expect(values.indices.filter { values[$0].isNaN } == lacking)
      #expect(replicates.interval(of: metric) == nil)
    }
  }

  @Test("Means and differences are taken draw by draw")
  func combinations() throws {
    let models = try [1, 2].map { try Self.predictions(60, 2, seed: $0) }
    let replicates = Resampling(rowCount: 60, seed: 2)
      .replicates(of: models, draws: 25, workers: 1)
    let metric = Metric.summary(.accuracy)
    let (a, b) = (replicates[0].values(of: metric), replicates[1].values(of: metric))
    let mean = try #require(BootstrapReplicates.mean(ofSeeds: replicates, architecture: "a"))
      .values(of: metric)
    let difference = try #require(replicates[0].difference(to: replicates[1]))
    for draw in 0..<25 {
      #expect((mean[draw] - (a[draw] + b[draw]) / 2).magnitude < 1e-15)
      #expect(difference.values(of: metric)[draw] == a[draw] - b[draw])
    }
    let other = try Self.predictions(60, 3, seed: 1)
    let others = Resampling(rowCount: 60, seed: 2).replicates(of: [other], draws: 25, workers: 1)
    #expect(replicates[0].difference(to: others[0]) == nil)
    #expect(BootstrapReplicates.mean(ofSeeds: [], architecture: "a") == nil)
  }

  /// `numpy.percentile([1, 2, 4, 8, 16], [0, 2.5, 40, 97.5, 100])`.
  @Test("Quantiles are those of NumPy")
  func quantiles() {
    var numbers: [Double] = [1, 2, 4, 8, 16]
    let expected: [(Double, Double)] = [(0, 1), (0.025, 1.1), (0.4, 2.8 + 0.4), (1, 16)]
    for (share, value) in expected {
      #expect((numbers.quantile(share) - value).magnitude < 1e-12, "\(share)")
    }
    #expect((numbers.quantile(0.975) - 15.2).magnitude < 1e-12)
    var (one, none) = ([5.0], [Double]())
    #expect(one.quantile(0.3) == 5 && none.quantile(0.5).isNaN)
  }

  @Test(
    "Quantiles of numbers in any order, with ties, are those of the sorted ones", arguments: 1...6)
  func orderStatistics(seed: Int) {
    var random = Philox(seed: seed, purpose: "order statistics").stream()
    let values = (0..<400 + seed).map { _ in
      Double(random.nextIndex(below: seed < 4 ? 9 : 1_000_000)) - 4
    }
    let sorted = values.sorted()
    var numbers = seed == 2 ? sorted : seed == 3 ? sorted.reversed() : values
    for share in [0, 0.025, 0.31, 0.5, 0.9, 0.975, 1] {
      let position = share * Double(sorted.count - 1)
      let lower = Int(position)
      let upper = min(lower + 1, sorted.count - 1)
      #expect(
        numbers.quantile(share)
          == sorted[lower] + (position - Double(lower)) * (sorted[upper] - sorted[lower]))
    }
    #expect(numbers.sorted() == sorted)
  }
}

@Suite("Bands of curves")
struct CurveBandTests {
  @Test("The centre of a band lies on the curve", arguments: 1...4)
  func center(seed: Int) throws {
    let predictions = try BootstrapTests.predictions(100, 3, seed: seed)
    let resampling = Resampling(rowCount: 100, seed: 1)
    let band = try #require(
      resampling.band(.roc, of: [predictions], classes: [1], draws: 50, workers: 1))
    let curve = try predictions.rocCurve(of: 1)
    for (x, y) in zip(band.grid, band.center) {
      // The highest point at or left of x, and the line from it to the next.
      let index = curve.falsePositiveRates.lastIndex { $0 <= x } ?? 0
      let next = min(index + 1, curve.falsePositiveRates.count - 1)
      let run = curve.falsePositiveRates[next] - curve.falsePositiveRates[index]
      let rise = curve.truePositiveRates[next] - curve.truePositiveRates[index]
      let share = run == 0 ? 0 : (x - curve.falsePositiveRates[index]) / run
      #expect((y - (curve.truePositiveRates[index] + share * rise)).magnitude < 1e-12)
    }
    let steps = try #require(
      resampling.band(.precisionRecall, of: [predictions], classes: [1], draws: 50, workers: 1))
    let points = try predictions.precisionRecallCurve(of: 1)
    for (recall, precision) in zip(steps.grid, steps.center) where recall > 0 {
      let index = try #require(points.recalls.lastIndex { $0 >= recall })
      #expect((precision - points.precisions[index]).magnitude < 1e-12)
    }
  }

  @Test("Bands are ordered, around the curve, and the same for any number of workers")
  func order() throws {
    let models = try [1, 2].map { try BootstrapTests.predictions(150, 3, seed: $0) }
    let resampling = Resampling(rowCount: 150, seed: 1)
    for kind in [CurveBand.Kind.roc, .precisionRecall] {
      let band = try #require(
        resampling.band(kind, of: models, classes: [0, 1, 2], draws: 200, workers: 1))
      let again = resampling.band(kind, of: models, classes: [0, 1, 2], draws: 200, workers: 3)
      #expect(band == again)
      for index in band.grid.indices {
        #expect(band.low[index] <= band.high[index])
        #expect((0...1).contains(band.low[index]) && (0...1).contains(band.high[index]))
      }
      let middle = 20..<80
      #expect(middle.allSatisfy { band.low[$0] <= band.center[$0] + 0.03 })
      #expect(middle.allSatisfy { band.high[$0] >= band.center[$0] - 0.03 })
    }
  }

  @Test("Bands of several series are those of each alone, from the same draws")
  func several() throws {
    let models = try [1, 2].map { try BootstrapTests.predictions(120, 3, seed: $0) }
    let resampling = Resampling(rowCount: 120, seed: 1)
    func members(_ classes: [Int]) -> [CurveMember] {
      models.indices.flatMap { model in
        classes.map { CurveMember(model: model, classIndex: $0) }
      }
    }
    for kind in [CurveBand.Kind.roc, .precisionRecall] {
      let groups = [[0], [2], [0, 1, 2]]
      let bands = resampling.bands(
        kind, of: models, series: groups.map(members), draws: 60, workers: 2)
      for (group, band) in zip(groups, bands) {
        let alone = resampling.band(kind, of: models, classes: group, draws: 60, workers: 1)
        #expect(band != nil && band == alone)
        #expect(kind.mean(of: models, classes: group, grid: CurveBand.grid()) == band?.center)
      }
    }
    #expect(
      CurveBand.Kind.roc.mean(of: [], classes: [0], grid: [0, 1]).allSatisfy { $0.isNaN })
  }

  @Test("A class that does not occur has no band")
  func undefined() throws {
    let predictions = try Predictions(
      labels: [0, 0, 1], probabilities: [1.0, 0, 0, 1, 0, 0, 0, 1, 0] as [Double], classCount: 3)
    let resampling = Resampling(rowCount: 3, seed: 1)
    #expect(
      resampling.band(.roc, of: [predictions], classes: [2], draws: 9, workers: 1) == nil)
    #expect(
      resampling.band(.precisionRecall, of: [predictions], classes: [2], draws: 9, workers: 1)
        == nil)
    #expect(resampling.band(.roc, of: [], classes: [0], draws: 9, workers: 1) == nil)
  }
}

@Suite("Classes that few subjects have")
struct RareClassTests {
  /// Twenty subjects with thirty rows; of each class but the first the subjects have so many.
  private static func model(_ counts: [[Int]]) throws -> (Predictions, Resampling) {
    let labels = (0..<20).flatMap { subject in
      let rare = counts.enumerated().flatMap { index, counts in
        [Int](
          repeating: index + 1, count: counts.indices.contains(subject) ? counts[subject] : 0)
      }
      return rare + [Int](repeating: 0, count: 30 - rare.count)
    }
    let random = randomPredictions(rows: 600, classes: counts.count + 1, seed: 9)
    return (
      try Predictions(
        labels: labels, probabilities: random.probabilities, classCount: counts.count + 1),
      Resampling(subjects: (0..<600).map { "\($0 / 30)" }, seed: 1)
    )
  }

  @Test(
    "Subjects count by their rows: of alike ones each, of one with almost all hardly more than one")
  func effective() throws {
    let (model, resampling) = try Self.model([[3, 3, 3, 3, 3], [24, 1, 1, 1, 1, 1, 1], []])
    let subjects = try #require(resampling.subjects(of: model.labels, classCount: 4))
    #expect(subjects.map(\.count) == [20, 5, 7, 0])
    #expect(subjects[1].effective == 5 && !subjects[1].areTooFew)
    #expect(subjects[2].effective == 900.0 / 582 && subjects[2].areTooFew)
    #expect(subjects[3].effective == 0 && subjects[3].areTooFew)
    #expect(
      Resampling(rowCount: 600, seed: 1).subjects(of: model.labels, classCount: 4) == nil)
  }

  @Test("A class of fewer than five effective subjects has no intervals, and all else has them")
  func intervals() throws {
    let (model, resampling) = try Self.model([
      [3, 3, 3, 3, 3], [3, 3, 3, 3], [9, 9, 9, 9, 1, 1, 1],
    ])
    let replicates = resampling.replicates(of: [model], draws: 200, workers: 2)[0]
    for index in [2, 3] {
      #expect(replicates.values(of: .perClass(.auroc, index)).allSatisfy { $0.isNaN })
      #expect(replicates.interval(of: .perClass(.sensitivity, index)) == nil)
      #expect(replicates.interval(of: .perClass(.specificity, index)) != nil)
    }
    for kind in ClassMetric.allCases {
      #expect(replicates.interval(of: .perClass(kind, 1)) != nil, "\(kind)")
    }
    #expect(replicates.interval(of: .summary(.aurocMacro)) != nil)
    let counted = resampling.replicates(
      of: [model], metrics: [.perClass(.f1, 2), .perClass(.f1, 1)], draws: 200, workers: 1)[0]
    #expect(counted.interval(of: .perClass(.f1, 2)) == nil)
    #expect(counted.interval(of: .perClass(.f1, 1)) != nil)
    let byRow = Resampling(rowCount: 600, seed: 1)
      .replicates(of: [model], draws: 200, workers: 2)[0]
    #expect(byRow.interval(of: .perClass(.auroc, 2)) != nil)
  }

  @Test("What few subjects lack, such as one class of two, has no intervals of areas either")
  func rest() throws {
    let (model, resampling) = try Self.model([
      [Int](repeating: 29, count: 4) + [Int](repeating: 30, count: 16)
    ])
    let replicates = resampling.replicates(of: [model], draws: 200, workers: 2)[0]
    #expect(replicates.interval(of: .perClass(.auroc, 1)) == nil)
    #expect(replicates.interval(of: .perClass(.specificity, 1)) == nil)
    #expect(replicates.interval(of: .perClass(.sensitivity, 1)) != nil)
    #expect(replicates.interval(of: .summary(.accuracy)) != nil)
  }

  @Test("Its curves have no band, and the mean over classes has one")
  func bands() throws {
    let (model, resampling) = try Self.model([[3, 3, 3, 3, 3], [3, 3, 3, 3]])
    for kind in [CurveBand.Kind.roc, .precisionRecall] {
      func band(_ classes: [Int]) -> CurveBand? {
        resampling.band(kind, of: [model, model], classes: classes, draws: 100, workers: 1)
      }
      #expect(band([2]) == nil)
      #expect(band([1]) != nil && band([0, 1, 2]) != nil)
    }
  }
}
