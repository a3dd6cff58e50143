import Testing

@testable import ArrhythmiaReport

/// Golden values: `roc_auc_score` and `average_precision_score` of scikit-learn, see each test.
@Suite("Curves for figures")
struct CurveTests {
  private func area(
    _ curve: ClassifierCurve, _ scores: [Float], _ truth: [Int]
  ) -> (area: Double, values: [Double])? {
    let rows = RankedRows(scores: scores, isPositive: truth.map { $0 == 1 }, for: curve)
    return curve.read(rows.points(weights: [UInt16](repeating: 1, count: truth.count)))
  }

  @Test("Areas equal scikit-learn's, ties included")
  func areas() throws {
    // roc_auc_score([0,0,1,1], [.1,.4,.35,.8]) = .75; average_precision_score = .8333333333333333
    let plain: [Float] = [0.1, 0.4, 0.35, 0.8]
    #expect(area(.roc, plain, [0, 0, 1, 1])?.area == 0.75)
    #expect(
      abs(try #require(area(.precisionRecall, plain, [0, 0, 1, 1])).area - 5.0 / 6) < 1e-12)
    // y = [1,0,1,0,1,0,0], s = [.5,.5,.5,.2,.2,.2,.9]: .5 and .47619047619047616
    let tied: [Float] = [0.5, 0.5, 0.5, 0.2, 0.2, 0.2, 0.9]
    let truth = [1, 0, 1, 0, 1, 0, 0]
    #expect(abs(try #require(area(.roc, tied, truth)).area - 0.5) < 1e-12)
    #expect(
      abs(try #require(area(.precisionRecall, tied, truth)).area - 0.47619047619047616) < 1e-12)
  }

  @Test("A perfect score has areas of 1 and a curve along the edge")
  func perfect() throws {
    let roc = try #require(area(.roc, [0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]))
    #expect(roc.area == 1)
    #expect(roc.values.allSatisfy { $0 == 1 })
    let precision = try #require(area(.precisionRecall, [0.9, 0.8, 0.2, 0.1], [1, 1, 0, 0]))
    #expect(precision.area == 1)
    #expect(precision.values.allSatisfy { $0 == 1 })
  }

  @Test("A constant score lies on the diagonal, and its precision is the prevalence")
  func constant() throws {
    let roc = try #require(area(.roc, [0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]))
    #expect(roc.area == 0.5)
    for (place, value) in zip(ClassifierCurve.roc.places, roc.values) {
      #expect(abs(place - value) < 1e-12)
    }
    let precision = try #require(area(.precisionRecall, [0.5, 0.5, 0.5, 0.5], [1, 0, 0, 0]))
    #expect(precision.values.allSatisfy { $0 == 0.25 })
  }

  @Test("One class alone has no curve")
  func oneClass() {
    #expect(area(.roc, [0.5, 0.1], [1, 1]) == nil)
    #expect(area(.precisionRecall, [0.5, 0.1], [0, 0]) == nil)
  }

  @Test("Leaving out corners on straight runs changes no area")
  func corners() throws {
    var noise = InventedResults.Noise(state: 5)
    for _ in 0..<50 {
      let scores = (0..<60).map { _ in Float((noise.normal() * 4).rounded() / 4) }
      let truth = scores.map { Double($0) + noise.normal() > 0.5 ? 1 : 0 }
      guard let roc = area(.roc, scores, truth) else { continue }
      // Mann–Whitney: the share of pairs in the right order, ties one half.
      var (right, pairs) = (0.0, 0.0)
      for (one, isPositive) in zip(scores, truth) where isPositive == 1 {
        for (other, isOther) in zip(scores, truth) where isOther == 0 {
          right += one > other ? 1 : one == other ? 0.5 : 0
          pairs += 1
        }
      }
      #expect(abs(roc.area - right / pairs) < 1e-12)
    }
  }

  @Test("A draw takes as many rows as there are, the same in every run")
  func bootstrap() {
    let bootstrap = RowBootstrap(rowCount: 1000)
    let weights = bootstrap.weights(draw: 3)
    #expect(weights.reduce(0) { $0 + Int($1) } == 1000)
    #expect(weights == bootstrap.weights(draw: 3))
    #expect(weights != bootstrap.weights(draw: 4))
    // Some e⁻¹ of the rows are not drawn.
    #expect((330...406).contains(weights.count { $0 == 0 }))
  }

  @Test("Quantiles interpolate between order statistics as numpy's do")
  func quantiles() {
    #expect(Estimate.quantile(0.5, of: [1, 2, 3, 4]) == 2.5)
    #expect(abs(Estimate.quantile(0.025, of: [0, 10, 20, 30, 40]) - 1) < 1e-12)
    #expect(Estimate.quantile(1, of: [1, 2]) == 2)
    #expect(Estimate.quantile(0.5, of: []).isNaN)
  }
}
