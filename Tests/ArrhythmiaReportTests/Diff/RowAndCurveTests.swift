import Statistics
import Testing

@testable import ArrhythmiaReport
@testable import Datasets

@Suite("Rows and curves of two runs")
struct RowAndCurveTests {
  /// Models of two classes by the probability of the second.
  private func models(_ scores: [[Double]], labels: [Int]) throws -> [Predictions] {
    try scores.map { scores in
      try Predictions(
        labels: labels, probabilities: scores.flatMap { [1 - $0, $0] }, classCount: 2)
    }
  }

  @Test("A row is right where more than half of the seeds have it, and counted by class and record")
  func rows() throws {
    let labels = [0, 0, 1, 1]
    let old = try models(
      [[0.1, 0.9, 0.9, 0.9], [0.1, 0.9, 0.9, 0.2], [0.9, 0.1, 0.9, 0.2]], labels: labels)
    let new = try models([[0.9, 0.1, 0.9, 0.9]], labels: labels)
    let data = StudyFixture.data(
      "ptb", "PTB", ["normal", "abnormal"], [2, 2], .recordings, "", subjects: ["a", "a", "b", "b"])
    let changed = ChangedRows(old, new, of: data)
    #expect(changed.lost.map(\.place) == [0] && changed.gained.map(\.place) == [1, 3])
    #expect(changed.gained[1].old == 0 && changed.gained[1].new == 1)
    let counts = changed.counts(classCount: 2)
    #expect(counts.map(\.gained) == [1, 1] && counts.map(\.lost) == [1, 0])
    #expect(changed.recordCounts.map(\.record) == ["a", "b"])
    #expect(changed.recordCounts.map(\.gained) == [1, 1])
  }

  @Test("The area between the curves of a perfect and of a worthless ranking is half of all")
  func area() throws {
    let labels = (0..<1000).map { $0 % 2 }
    let perfect = try models([labels.map { $0 == 1 ? 0.9 : 0.1 }], labels: labels)
    let worthless = try models([labels.map { _ in 0.5 }], labels: labels)
    let gap = try #require(CurveGap(.roc, of: 1, worthless, perfect))
    #expect((gap.area - 0.5).magnitude < 0.01)
    let same = try #require(CurveGap(.precisionRecall, of: 1, perfect, perfect))
    #expect(same.area == 0)
    let one = try models([[0.5, 0.6]], labels: [1, 1])
    #expect(CurveGap(.roc, of: 1, one, one) == nil)
  }
}
