import SimulatedStudies
import Statistics
import Testing

/// Small forms of the simulations whose full results stand in docs/statistics.md. The bounds are four
/// standard errors of a share around what the full ones found.
@Suite("Coverage and false claims in simulated studies")
struct SimulationTests {
  @Test("Intervals over rows hold the true value in 95 % of the sets")
  func rowCoverage() throws {
    let rows = try CoverageStudy(
      SimulatedPopulation(subjects: 1000, rowsPerSubject: 1), sets: 200, draws: 200
    ).rows(workers: 2)
    for row in rows {
      #expect((0.88...0.995).contains(row.coverage), "\(row)")
    }
  }

  @Test("Intervals over few subjects hold it less often, and more often when they are expanded")
  func subjectCoverage() throws {
    let rows = try CoverageStudy(
      SimulatedPopulation(subjects: 22, rowsPerSubject: 12), sets: 200, draws: 200
    ).rows(workers: 2)
    func mean(_ method: IntervalMethod) -> Double {
      let values = rows.filter { $0.method == method }.map(\.coverage)
      return values.reduce(0, +) / Double(values.count)
    }
    #expect((0.85...0.95).contains(mean(.percentile)))
    #expect((0.88...0.98).contains(mean(.expandedPercentile)))
    #expect(mean(.expandedPercentile) > mean(.percentile))
  }

  @Test("Tests by subject keep to their level; tests that take rows as independent do not")
  func falseClaims() throws {
    let rows = try NullStudy(
      SimulatedPopulation(subjects: 47, rowsPerSubject: 20), sets: 200, draws: 100
    ).rows(workers: 2)
    for row in rows where row.procedure.hasPrefix("sign flips") {
      let isUncorrected = row.procedure.hasSuffix("without Holm")
      #expect((isUncorrected ? 0.06...0.3 : 0...0.11).contains(row.rejected), "\(row)")
    }
    for row in rows where row.procedure.hasPrefix("rank sum") {
      #expect(row.rejected <= 0.11, "\(row)")
    }
    for row in rows where row.procedure == "McNemar" || row.procedure == "DeLong" {
      #expect(row.rejected > 0.11, "\(row)")
    }
  }

  @Test("A difference that is there is found")
  func power() throws {
    let sample = try SimulatedPopulation(subjects: 47, rowsPerSubject: 20).sample(1, models: 1)
    let better = sample.models[0]
    // Every subject's right answers of a tenth of the rows are taken away.
    let worse = try Predictions(
      labels: better.labels,
      probabilities: better.labels.indices.flatMap { row in
        row % 10 == 0 && better.predicted[row] == better.labels[row]
          ? better.labels[row] == 0 ? [0.0, 1.0] : [1, 0]
          : better.predicted[row] == 0 ? [1, 0] : [0, 1]
      }, classCount: 2)
    let resampling = Resampling(subjects: sample.subjects, seed: 1)
    let parts = resampling.contributions(of: [better, worse], workers: 1)
    let difference = try #require(parts[0].difference(to: parts[1]))
    let values = try #require(difference.values(of: .summary(.accuracy)))
    #expect(SignFlipTest(differences: values).pValue < 0.001)
  }
}
