import Tensors
import Testing

@testable import Statistics

/// `Golden/comparisons.json`.
private struct GoldenComparisons: Decodable {
  struct Counts: Decodable {
    let first: Int
    let second: Int
    let p: Double
  }
  struct Areas: Decodable {
    let labels: [Int]
    let first: [Double]
    let second: [Double]
    let difference: Double
    let error: Double
    let p: Double?
  }
  struct Signs: Decodable {
    let values: [Double]
    let p: Double
  }
  struct Ranks: Decodable {
    let first: [Double]
    let second: [Double]
    let p: Double
    let delta: Double
  }
  struct Family: Decodable {
    let p: [Double]
    let adjusted: [Double]
  }

  let mcnemar: [Counts]
  let delong: [Areas]
  let signs: [Signs]
  let ranks: [Ranks]
  let holm: [Family]
  let normal: [[Double]]
  let normalQuantile: [[Double]]
  let student: [[Double]]
  let studentQuantile: [[Double]]

  private enum CodingKeys: String, CodingKey {
    case mcnemar, delong, signs, ranks, holm, normal, student
    case normalQuantile = "normal_quantile"
    case studentQuantile = "student_quantile"
  }
}

@Suite("Tests of differences against other programs")
struct GoldenComparisonTests {
  private let golden: GoldenComparisons

  init() throws { golden = try StatisticsTests.golden("comparisons") }

  @Test("McNemar's test is that of statsmodels, exact below 25 discordant rows")
  func mcNemar() {
    #expect(golden.mcnemar.count == 10)
    for counts in golden.mcnemar {
      let test = McNemarTest(onlyFirst: counts.first, onlySecond: counts.second)
      #expect(isRelativelyClose(test.pValue, counts.p), "\(counts)")
    }
    #expect(McNemarTest(onlyFirst: 24, onlySecond: 0).isExact)
    #expect(!McNemarTest(onlyFirst: 25, onlySecond: 0).isExact)
    #expect(McNemarTest(onlyFirst: 6, onlySecond: 4).oddsRatio == 1.5)
    #expect(McNemarTest(onlyFirst: 6, onlySecond: 0).oddsRatio == nil)
  }

  @Test("DeLong's test in O(n log n) is its definition over all pairs, ties included")
  func deLong() throws {
    for areas in golden.delong {
      let predictions = try [areas.first, areas.second].map { scores in
        try Predictions(
          labels: areas.labels, probabilities: scores.flatMap { [1 - $0, $0] }, classCount: 2)
      }
      let test = try #require(DeLongTest(predictions[0], predictions[1], classes: [1]))
      #expect(isClose(test.difference, areas.difference))
      #expect(isClose(test.standardError, areas.error))
      #expect(isRelativelyClose(test.pValue, areas.p, within: 1e-8))
      let back = try #require(DeLongTest(predictions[1], predictions[0], classes: [1]))
      #expect(back.pValue == test.pValue && back.difference == -test.difference)
    }
  }

  @Test("Sign flips of few units are all tried")
  func signs() {
    for signs in golden.signs {
      #expect(isClose(SignFlipTest(differences: signs.values).pValue, signs.p))
    }
    let test = SignFlipTest(differences: [1, 1, 1])
    #expect(test.pValue == 0.25 && test.smallestPValue == 0.25)
    #expect(test.standardizedDifference == nil)
    #expect(isClose(SignFlipTest(differences: [1, 2, 3]).standardizedDifference, 2))
    #expect(SignFlipTest(differences: [0, 0]).pValue == 1)
    #expect(SignFlipTest(differences: []).pValue == 1)
    // Three and one of four, but for rounding: 10 of the 16 ways reach two more than half.
    let rounded = SignFlipTest(differences: [1, 1 - 1e-13, 1 + 1e-13, -1, 1e-14])
    #expect(rounded.pValue == 10 / 16.0 && rounded.smallestPValue == 2 / 16.0)
  }

  @Test("Sign flips of many units are counted as if all were tried")
  func manySigns() throws {
    // Thirteen units are tried in all ways; with a fourteenth, of little weight, they are counted.
    let values = try #require(golden.signs.last).values
    let all = SignFlipTest(differences: values)
    let counted = SignFlipTest(differences: values + [1e-7])
    #expect((all.pValue - counted.pValue).magnitude < 5e-4)
    #expect(isClose(counted.smallestPValue, all.smallestPValue / 2))
    let alike = [Double](repeating: 0.1, count: 40)
    #expect(isClose(SignFlipTest(differences: alike).pValue * 549_755_813_888, 1))
    #expect(SignFlipTest(differences: alike + alike.map { -$0 }).pValue == 1)
  }

  @Test("Whole multiples of a step are counted exactly, ties included, whatever the step")
  func signsOfCounts() {
    // Binomial: of 20 signs of one size, 15 and more, or 5 and fewer, alike: 43,400 of 2²⁰ ways.
    let counts = (0..<20).map { $0 < 15 ? 1.0 : -1 }
    for step in [1, 1 / 21_892.0, 2 / 3.0, 1e-7] {
      let test = SignFlipTest(differences: counts.map { $0 * step })
      #expect(isClose(test.pValue, 43_400 / 1_048_576.0))
    }
    // Sizes 2 and 3 have no common step but 1: tried in all ways by hand.
    let mixed = (0..<16).map { Double($0 % 2 == 0 ? 2 : 3) * ($0 < 13 ? 1 : -1) / 271 }
    let sizes = mixed.map { Int(($0 * 271).rounded()) }
    let bound = sizes.reduce(0, +).magnitude
    let reaching = (0..<65_536).count { way in
      sizes.enumerated().reduce(0) { $0 + (way >> $1.0 & 1 == 0 ? $1.1 : -$1.1) }.magnitude >= bound
    }
    #expect(isClose(SignFlipTest(differences: mixed).pValue, Double(reaching) / 65_536))
  }

  @Test("What subjects add to accuracy is counted like the rows themselves, however many there are")
  func signsOfManyRows() throws {
    // 22 subjects of 1,500 to 3,250 rows, as those of the split by record.
    let subjects = (0..<22).flatMap { Array(repeating: $0, count: 1500 + 83 * $0 + $0 % 3) }
    var random = Philox(seed: 3, purpose: "many rows").stream()
    let labels = subjects.map { _ in random.nextIndex(below: 2) }
    func answers(_ skill: (Int) -> Double) -> [Int] {
      zip(labels, subjects).map { random.nextUniform() < skill($1) ? $0 : 1 - $0 }
    }
    for shift in [0.0, 0.02, 0.05] {
      let first = answers { 0.7 + 0.01 * Double($0 % 7) + ($0 % 4 == 0 ? -0.04 : shift) }
      let second = answers { 0.7 + 0.01 * Double($0 % 5) }
      let models = try [first, second].map { given in
        try Predictions(
          labels: labels, probabilities: given.flatMap { $0 == 0 ? [1.0, 0] : [0, 1] },
          classCount: 2)
      }
      let parts = Resampling(subjects: subjects.map(String.init), seed: 1)
        .contributions(of: models, workers: 1)
      let added = try #require(
        parts[0].difference(to: parts[1])?.values(of: .summary(.accuracy)))
      var counts = [Int](repeating: 0, count: 22)
      for (row, subject) in subjects.enumerated() {
        counts[subject] +=
          (first[row] == labels[row] ? 1 : 0) - (second[row] == labels[row] ? 1 : 0)
      }
      let sum = counts.reduce(0, +).magnitude
      // All signs, from the sums of two halves.
      let halves = [counts[..<11], counts[11...]].map { half in
        (0..<2048).map { way in
          half.enumerated().reduce(0) { $0 + (way >> $1.0 & 1 == 0 ? $1.1 : -$1.1) }
        }
      }
      let reaching = halves[0].reduce(0) { count, one in
        count + halves[1].count { (one + $0).magnitude >= sum }
      }
      let test = SignFlipTest(differences: added)
      #expect(isClose(test.pValue, Double(reaching) / 4_194_304), "\(shift)")
    }
  }

  @Test("Rank sums are exact, ties included, with Cliff's delta")
  func ranks() throws {
    for ranks in golden.ranks {
      let test = try #require(RankSumTest(ranks.first, ranks.second))
      #expect(isClose(test.pValue, ranks.p))
      #expect(isClose(test.cliffsDelta, ranks.delta))
    }
    let least = try #require(RankSumTest([1, 2, 3, 4, 5], [6, 7, 8, 9, 10]))
    #expect(least.pValue == least.smallestPValue && isClose(least.pValue, 2 / 252.0))
    #expect(RankSumTest([], [1]) == nil)
    #expect(RankSumTest([1], [2])?.smallestPValue == 1)
  }

  @Test("Holm's correction is that of statsmodels, and leaves out what has no p-value")
  func holm() {
    for family in golden.holm {
      let adjusted = HolmCorrection.adjusted(family.p)
      #expect(zip(adjusted, family.adjusted).allSatisfy { isClose($0, $1) })
    }
    #expect(HolmCorrection.adjusted([nil, 0.02, nil, 0.5]) == [nil, 0.04, nil, 0.5])
    #expect(HolmCorrection.adjusted([]).isEmpty)
    #expect(HolmCorrection.smallest(0.0625, comparisons: 14) == 0.875)
  }

  @Test("Distributions and their quantiles are those of scipy")
  func distributions() {
    for row in golden.normal {
      #expect(isRelativelyClose(NormalDistribution.cdf(row[0]), row[1]), "\(row)")
    }
    for row in golden.normalQuantile {
      #expect(isClose(NormalDistribution.quantile(row[0]), row[1]), "\(row)")
    }
    for row in golden.student {
      let value = StudentDistribution(degreesOfFreedom: row[0]).cdf(row[1])
      #expect(isRelativelyClose(value, row[2], within: 1e-10), "\(row)")
    }
    for row in golden.studentQuantile {
      let value = StudentDistribution(degreesOfFreedom: row[0]).quantile(row[1])
      #expect(isClose(value, row[2], within: 1e-9), "\(row)")
    }
    #expect(NormalDistribution.quantile(0) == -.infinity)
    #expect(NormalDistribution.quantile(1) == .infinity)
  }

  private func isRelativelyClose(
    _ value: Double?, _ expected: Double?, within tolerance: Double = 1e-11
  ) -> Bool {
    guard let value, let expected else { return value == nil && expected == nil }
    return (value - expected).magnitude <= tolerance * expected.magnitude + 1e-300
  }
}

@Suite("Comparisons of predictions")
struct PredictionComparisonTests {
  @Test("Equal models do not differ by any test")
  func equal() throws {
    let model = try BootstrapTests.predictions(60, 3, seed: 1)
    #expect(McNemarTest(model, model).pValue == 1)
    let test = try #require(DeLongTest(model, model, classes: [0, 1, 2]))
    #expect(test.difference == 0 && test.pValue == 1)
  }

  @Test("The mean area of two classes is tested as either of them")
  func twoClasses() throws {
    let models = try [1, 2].map { seed in
      let labels = randomPredictions(rows: 80, classes: 2, seed: 1).labels
      let p = randomPredictions(rows: 80, classes: 2, seed: seed).probabilities
      return try Predictions(labels: labels, probabilities: p, classCount: 2)
    }
    let one = try #require(DeLongTest(models[0], models[1], classes: [1]))
    let both = try #require(DeLongTest(models[0], models[1], classes: [0, 1]))
    #expect(isClose(one.difference, both.difference))
    #expect(isClose(one.standardError, both.standardError))
  }

  @Test("An area that is undefined, or of a single row, is not tested")
  func undefined() throws {
    let model = try Predictions(
      labels: [0, 0, 1], probabilities: [1.0, 0, 0, 0.5, 0.5, 0, 0, 1, 0], classCount: 3)
    #expect(DeLongTest(model, model, classes: [2]) == nil)
    #expect(DeLongTest(model, model, classes: [1]) == nil)
  }

  @Test("Discordant rows are counted")
  func discordant() throws {
    func model(_ predicted: [Int]) throws -> Predictions {
      try Predictions(
        labels: [0, 1, 1, 0], probabilities: predicted.flatMap { $0 == 0 ? [1.0, 0] : [0, 1] },
        classCount: 2)
    }
    let test = McNemarTest(try model([0, 1, 0, 1]), try model([1, 1, 1, 1]))
    #expect(test.onlyFirst == 1 && test.onlySecond == 1 && test.discordant == 2)
  }

  @Test("Rank correlations are those of scipy, and undefined where a side is constant")
  func rankCorrelation() {
    // scipy.stats.spearmanr, 1.17.1.
    let tied = RankCorrelation([1, 2, 2, 3, 5, -1], [2, 1, 4, 4, 4, 0.5]).value
    #expect(isClose(tied.value, 0.8008534347238067))
    #expect(isClose(RankCorrelation([0.1, 0.5, 0.2, 0.9], [4, 1, 3, 2]).value.value, -0.8))
    #expect(isClose(RankCorrelation([1, 2, 3], [10, 100, 1000]).value.value, 1))
    #expect(RankCorrelation([1, 1, 1], [1, 2, 3]).value.value == nil)
    #expect(RankCorrelation([], []).value.value == nil)
  }
}
