import Statistics
import Testing

@testable import ArrhythmiaReport

@Suite("Curves for figures")
struct CurveTests {
  @Test("Curves are those of the classes that the test rows define, with the areas of the tables")
  func sets() throws {
    let study = try EvaluatedStudy(quick: InventedResults.study(testCounts: [120, 0, 30, 9, 20]))
    for kind in [CurveBand.Kind.roc, .precisionRecall] {
      let sets = study.tasks[0].curveSets(kind)
      #expect(sets.map(\.title) == study.tasks[0].variants.map { study.tasks[0].title(of: $0) })
      for (set, variant) in zip(sets, study.tasks[0].variants) {
        // Without rows of class S there is no mean over all classes.
        #expect(set.series.map(\.name) == ["N", "V", "F", "Q"])
        #expect(set.series[1].area == variant.estimate(of: kind.area(of: 2)))
        for series in set.series {
          let band = try #require(series.band)
          #expect(band.center == series.values && band.grid == kind.places)
          #expect(series.values.allSatisfy { (0...1).contains($0) })
        }
      }
      let binary = study.tasks[1].curveSets(kind)
      #expect(binary.count == 1 && binary[0].series.count == study.tasks[1].variants.count)
    }
  }

  @Test("Sheets are as few and as even as they can be")
  func sheets() {
    #expect([Int]().sheets(of: 3).isEmpty)
    #expect(Array(1...4).sheets(of: 3) == [[1, 2], [3, 4]])
    #expect(Array(1...7).sheets(of: 3).map(\.count) == [2, 2, 3])
    #expect(Array(1...6).sheets(of: 3).map(\.count) == [3, 3])
    #expect(Array(1...31).sheets(of: 9).flatMap { $0 } == Array(1...31))
    #expect(Array(1...9).sheets(rows: 2, columns: 3).map(\.count) == [3, 6])
    #expect(Array(1...25).sheets(rows: 2, columns: 3).map(\.count) == [3, 6, 6, 6, 4])
  }

  @Test("The macro curve bears the mean area of the results table")
  func macro() throws {
    let task = try EvaluatedStudy(quick: InventedResults.study(testCounts: [120, 9, 30, 9, 20]))
      .tasks[0]
    let set = task.curveSets(.roc)[0]
    let macro = try #require(set.series.last)
    #expect(macro.isMean && macro.name == "macro" && macro.prevalence == nil)
    #expect(macro.area == task.estimate(.auroc, of: task.variants[0]))
    #expect(task.curveSets(.precisionRecall)[0].series.allSatisfy { !$0.isMean })
  }

  @Test("A class in few test rows has its curve, but neither band nor interval")
  func rare() throws {
    let task = try EvaluatedStudy(quick: InventedResults.study(testCounts: [120, 2, 30, 9, 20]))
      .tasks[0]
    let series = task.curveSets(.roc)[0].series
    #expect(series.map(\.name) == ["N", "S", "V", "F", "Q", "macro"])
    #expect(series.map { $0.band == nil } == [false, true, false, false, false, true])
    #expect(series[1].area.mean != nil && series[1].area.interval == nil)
  }

  @Test("One class alone has no curve")
  func oneClass() throws {
    let task = try EvaluatedStudy(quick: InventedResults.study(testCounts: [30, 0, 0, 0, 0])).tasks[
      0]
    #expect(task.curveSets(.roc).isEmpty && task.curveSets(.precisionRecall).isEmpty)
  }
}
