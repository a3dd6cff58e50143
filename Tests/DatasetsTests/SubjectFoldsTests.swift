import Testing

@testable import Datasets

struct SubjectFoldsTests {
  /// Subjects with 1, 2, 3, 1, 2, 3 … rows each, healthy ones first.
  private func subjects(_ counts: [Int]) -> (labels: [UInt8], subjects: [String]) {
    var labels: [UInt8] = []
    var subjects: [String] = []
    for (label, count) in counts.enumerated() {
      for subject in 0..<count {
        for _ in 0...subject % 3 {
          labels.append(UInt8(label))
          subjects.append("\(label)-\(subject)")
        }
      }
    }
    return (labels, subjects)
  }

  private func splits(_ counts: [Int], folds: Int = 5, task: String = "a") -> [Split] {
    let (labels, subjects) = subjects(counts)
    return SubjectFolds(labels: labels, subjects: subjects, classCount: counts.count)
      .splits(folds, task: task)
  }

  @Test(
    "Every row is tested once, and subjects stand on one side only",
    arguments: [
      [18, 30], [16, 29], [3, 3], [4, 100], [5, 5],
    ])
  func sides(counts: [Int]) throws {
    let (labels, subjects) = subjects(counts)
    let splits = splits(counts)
    #expect(splits.flatMap(\.test).sorted() == Array(labels.indices))
    for split in splits {
      #expect((split.train + split.test).sorted() == Array(labels.indices))
      let validation = try #require(split.validation)
      #expect(Set(validation).isSubset(of: split.train))
      let fitting = Set(split.train).subtracting(validation)
      let people = [fitting, Set(validation), Set(split.test)].map { rows in
        Set(rows.map { subjects[$0] })
      }
      #expect(people.map(\.count).reduce(0, +) == counts.reduce(0, +))
      // Both classes are learnt from and validated on.
      for rows in [fitting, Set(validation)] {
        #expect(Set(rows.map { labels[$0] }).count == counts.count)
      }
    }
  }

  @Test("Folds differ by at most one subject in each class and in all")
  func balance() {
    let (labels, subjects) = subjects([16, 29])
    for split in splits([16, 29]) {
      let people = (0..<2).map { label in
        Set(split.test.filter { Int(labels[$0]) == label }.map { subjects[$0] }).count
      }
      #expect([3, 4].contains(people[0]) && [5, 6].contains(people[1]))
      #expect(people[0] + people[1] == 9)
      let held = Set((split.validation ?? []).map { subjects[$0] }).count
      #expect(held == 6)
    }
  }

  @Test("The draw depends on the task alone and is the same everywhere")
  func draw() {
    #expect(splits([18, 30]) == splits([18, 30]))
    #expect(splits([18, 30]) != splits([18, 30], task: "b"))
    let (_, subjects) = subjects([18, 30])
    let first = splits([18, 30], task: "ptb-10s")[0]
    let people = Set(first.test.map { subjects[$0] }).sorted()
    let golden = ["0-12", "0-5", "0-6", "0-8", "1-0", "1-15", "1-18", "1-5", "1-6", "1-8"]
    #expect(people == golden)
  }
}
