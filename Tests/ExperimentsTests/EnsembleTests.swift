import Tensors
import Testing

@testable import Experiments

@Suite("Ensembles")
struct EnsembleTests {
  @Test("The mean is that of the members' probabilities")
  func mean() {
    let answers: [[Float]] = [[0.5, 0.25, 0.25, 0, 1, 0], [0, 0.75, 0.25, 1, 0, 0]]
    let ensemble = FittedEnsemble(.mean, answers, labels: [0, 0], rows: [0, 1], classCount: 3)
    #expect(ensemble.join(answers, rows: [0, 1]) == [0.25, 0.5, 0.25, 0.5, 0.5, 0])
    #expect(ensemble.join(answers, rows: [1]) == [0.5, 0.5, 0])
  }

  @Test("A vote shares what is tied, and a member with two equal classes votes for the lower one")
  func vote() {
    let answers: [[Float]] = [
      [0.6, 0.4, 0], [0, 0.4, 0.6], [0.5, 0.5, 0], [0.1, 0.2, 0.7],
    ]
    let ensemble = FittedEnsemble(.vote, answers, labels: [0], rows: [0], classCount: 3)
    #expect(ensemble.join(answers, rows: [0]) == [0.5, 0, 0.5])
  }

  @Test("However many members agree, no probability is above 1", arguments: [3, 7, 11, 13])
  func agreement(count: Int) {
    let answers = [[Float]](repeating: [1, 0], count: count)
    for method in [EnsembleMethod.mean, .vote] {
      let ensemble = FittedEnsemble(method, answers, labels: [0], rows: [0], classCount: 2)
      #expect(ensemble.join(answers, rows: [0]) == [1, 0])
    }
  }

  /// Members that are right with the given probabilities, on rows with labels drawn at random.
  private func members(
    _ skills: [Double], rows: Int, classCount: Int, seed: Int = 1
  ) -> (members: [EnsembleMember], validation: [Int], test: [Int]) {
    var random = Philox(seed: seed, purpose: "members").stream()
    var labels: [[Int]] = []
    var answers: [[[Float]]] = []
    for _ in 0..<2 {
      let part = (0..<rows).map { _ in random.nextIndex(below: classCount) }
      labels.append(part)
      answers.append(
        skills.map { skill in
          part.flatMap { label in
            let said =
              random.nextUniform() < skill
              ? label : (label + 1 + random.nextIndex(below: classCount - 1)) % classCount
            return (0..<classCount).map {
              $0 == said ? Float(0.8) : 0.2 / Float(classCount - 1)
            }
          }
        })
    }
    let members = skills.indices.map {
      EnsembleMember(name: "\($0)", validation: answers[0][$0], test: answers[1][$0])
    }
    return (members, labels[0], labels[1])
  }

  private func selection(
    _ method: EnsembleMethod, _ skills: [Double], classCount: Int = 3, rows: Int = 400
  ) -> EnsembleSelection {
    let drawn = members(skills, rows: rows, classCount: classCount)
    return EnsembleSelection(
      method: method, members: drawn.members, validationLabels: drawn.validation,
      testLabels: drawn.test, classCount: classCount)
  }

  private func accuracy(_ answers: [Float], _ labels: [Int], classCount: Int = 3) -> Double {
    let right = labels.indices.count { row in
      let probabilities = Array(answers[row * classCount..<(row + 1) * classCount])
      return probabilities.firstIndex(of: probabilities.max() ?? 0) == labels[row]
    }
    return Double(right) / Double(labels.count)
  }

  @Test("Members are ranked by validation accuracy, the first of equals first")
  func ranking() {
    let chosen = selection(.mean, [0.5, 0.9, 0.7])
    #expect(chosen.ranking(on: Array(0..<400)) == [1, 2, 0])
    let answer: [Float] = [1, 0, 0]
    let equal = EnsembleSelection(
      method: .mean,
      members: (0..<3).map { EnsembleMember(name: "\($0)", validation: answer, test: answer) },
      validationLabels: [0], testLabels: [0], classCount: 3)
    #expect(equal.ranking(on: [0]) == [0, 1, 2])
  }

  @Test("The logistic layer finds out whom to trust, for many classes and for two")
  func stacking() throws {
    for classCount in [3, 2] {
      // One that is always wrong, one that is mostly right.
      let chosen = selection(.logistic, [0.95, 0.05, 0.5], classCount: classCount)
      let (answers, stacker) = chosen.test([0, 1, 2], size: 3)
      #expect(accuracy(answers, chosen.testLabels, classCount: classCount) > 0.93)
      let outputs = classCount == 2 ? 1 : 3
      #expect(try #require(stacker).parameterCount == (3 * outputs + 1) * outputs)
      for row in 0..<10 {
        let sum = answers[row * classCount..<(row + 1) * classCount].reduce(0, +)
        #expect(abs(sum - 1) < 1e-5)
      }
    }
  }

  @Test(
    "The logistic layer comes close to the least loss that such a layer can have",
    arguments: [300, 4000])
  func convergence(count: Int) {
    // Two members that are independent given the label: the best layer adds their log odds, which
    // is what Bayes' rule says.
    let drawn = members([0.9, 0.8], rows: count, classCount: 2)
    let rows = Array(0..<count)
    let stacker = Stacker(
      drawn.members.map(\.validation), labels: drawn.validation, rows: rows, classCount: 2)
    let answers = stacker.join(drawn.members.map(\.validation), rows: rows)
    func loss(_ probability: (Int) -> Double) -> Double {
      rows.reduce(0) { $0 - Elementary.log(probability($1)) } / Double(rows.count)
    }
    let ours = loss { Double(answers[2 * $0 + drawn.validation[$0]]) }
    func isRight(_ member: Int, _ row: Int) -> Bool {
      drawn.members[member].validation[2 * row + drawn.validation[row]] > 0.5
    }
    let bayes = loss { row -> Double in
      let first: Double = isRight(0, row) ? 9 : 1 / 9
      let second: Double = isRight(1, row) ? 4 : 1 / 4
      return first * second / (1 + first * second)
    }
    #expect(ours < bayes + 0.002)
  }

  @Test("No validation row takes part in its own answer", arguments: EnsembleMethod.allCases)
  func crossFitted(method: EnsembleMethod) {
    let chosen = selection(method, [0.6, 0.9, 0.7], rows: 100)
    let answers = chosen.crossFitted()
    for row in [0, 41, 99] {
      var labels = chosen.validationLabels
      labels[row] = (labels[row] + 1) % 3
      let other = EnsembleSelection(
        method: method, members: chosen.members, validationLabels: labels,
        testLabels: chosen.testLabels, classCount: 3
      ).crossFitted()
      for size in 0..<3 {
        #expect(other[size][row * 3..<row * 3 + 3] == answers[size][row * 3..<row * 3 + 3])
      }
    }
  }

  @Test("Test labels decide nothing but the finding that is named so")
  func testLabels() {
    let chosen = selection(.logistic, [0.6, 0.9, 0.7], rows: 100)
    let other = EnsembleSelection(
      method: .logistic, members: chosen.members, validationLabels: chosen.validationLabels,
      testLabels: chosen.testLabels.map { ($0 + 1) % 3 }, classCount: 3)
    #expect(chosen.crossFitted() == other.crossFitted())
    #expect(chosen.test([1, 2, 0], size: 2).answers == other.test([1, 2, 0], size: 2).answers)
    #expect(chosen.testRanking != other.testRanking)
  }
}
