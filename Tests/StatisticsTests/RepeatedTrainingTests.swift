import SimulatedStudies
import Testing

@testable import Statistics

/// `Golden/trainings.json`.
private struct GoldenTrainings: Decodable {
  struct Comparison: Decodable {
    let subjects: [Int]
    let first: [[Int]]
    let second: [[Int]]
    let difference: Double
    let error: Double
    let freedom: Double
    let p: Double
    let low: Double
    let high: Double
  }

  let comparisons: [Comparison]
  let student: [[Double]]
}

@Suite("Recipes with several trainings each")
struct RepeatedTrainingTests {
  /// Models of two classes that are right in given rows.
  private func contributions(
    _ right: [[Int]], subjects: [Int]
  ) throws -> [UnitContributions] {
    let labels = subjects.indices.map { $0 % 2 }
    let models = try right.map { right in
      try Predictions(
        labels: labels,
        probabilities: zip(right, labels).flatMap { right, label in
          (right == 1) == (label == 1) ? [0.1, 0.9] : [0.9, 0.1]
        }, classCount: 2)
    }
    return Resampling(subjects: subjects.map { "\($0)" }, seed: 1)
      .contributions(of: models, workers: 2)
  }

  @Test("Difference, error, degrees of freedom, p and interval are those of the definition")
  func golden() throws {
    let golden: GoldenTrainings = try StatisticsTests.golden("trainings")
    #expect(golden.comparisons.count == 4)
    for comparison in golden.comparisons {
      let test = try #require(
        RepeatedTrainingTest(
          try contributions(comparison.first, subjects: comparison.subjects),
          try contributions(comparison.second, subjects: comparison.subjects),
          by: .summary(.accuracy)))
      let interval = try #require(test.interval())
      #expect(isClose(test.difference, comparison.difference))
      #expect(isClose(test.standardError, comparison.error, within: 1e-9))
      #expect(isClose(test.degreesOfFreedom, comparison.freedom, within: 1e-6))
      #expect(isClose(test.pValue, comparison.p, within: 1e-8))
      #expect(isClose(interval.low, comparison.low, within: 1e-8))
      #expect(isClose(interval.high, comparison.high, within: 1e-8))
    }
    for row in golden.student {
      let value = StudentDistribution(degreesOfFreedom: row[0]).cdf(row[1])
      #expect(isClose(value, row[2], within: 1e-11), "\(row)")
    }
  }

  @Test("Models that all give the same answers do not differ; one training a side says nothing")
  func degenerate() throws {
    let same = try contributions([[1, 0, 1, 1], [1, 0, 1, 1]], subjects: [0, 1, 2, 3])
    let test = try #require(RepeatedTrainingTest(same, same, by: .summary(.accuracy)))
    #expect(test.difference == 0 && test.standardError == 0 && test.pValue == 1)
    #expect(test.interval() == nil)
    let other = try contributions([[1, 1, 1, 1], [1, 1, 1, 1]], subjects: [0, 1, 2, 3])
    #expect(RepeatedTrainingTest([same[0]], other, by: .summary(.accuracy)) == nil)
    let units = try contributions([[1, 1, 1, 1], [1, 1, 1, 1]], subjects: [0, 0, 2, 3])
    #expect(RepeatedTrainingTest(same, units, by: .summary(.accuracy)) == nil)
  }

  @Test("It keeps to its level where trainings vary, finds what theory finds, and others do not")
  func simulated() throws {
    let rows = try TrainingStudy(
      SimulatedPopulation(subjects: 47, rowsPerSubject: 20), trainingDeviation: 0.15, sets: 200,
      draws: 100
    ).rows(workers: 2)
    for row in rows where row.theory != nil {
      #expect(row.falseClaims <= 0.1, "\(row)")
      #expect(abs(row.power - (row.theory ?? .nan)) < 0.15, "\(row)")
    }
    // What holds the trainings fixed says nothing about the recipes.
    let fixed = rows.filter { $0.procedure.hasPrefix("sign flips") }.map(\.falseClaims)
    #expect(fixed.allSatisfy { $0 > 0.1 })
  }
}
