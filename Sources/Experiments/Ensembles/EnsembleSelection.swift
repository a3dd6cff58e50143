import Statistics
import Tensors

/// Which members an ensemble has, found on validation rows only.
///
/// Ranking, size and stacker are cross-fitted: each of five parts of the validation rows is answered
/// by ensembles that were ranked and fitted on the other four, so that no row judges what it has
/// shaped. The size with the best accuracy over all parts is taken, the smallest of several; the
/// members are then ranked, and the stacker fitted, on all validation rows.
struct EnsembleSelection {
  static let parts = 5

  let method: EnsembleMethod
  let members: [EnsembleMember]
  let validationLabels: [Int]
  let testLabels: [Int]
  let classCount: Int

  /// Members by accuracy on some validation rows, the first of equals first.
  func ranking(on rows: [Int]) -> [Int] {
    ranking { rightCount(members[$0].validation, validationLabels, rows) }
  }

  /// Members by accuracy on the test rows, which an honest study must not do.
  var testRanking: [Int] {
    ranking { rightCount(members[$0].test, testLabels, Array(testLabels.indices)) }
  }

  private func ranking(by count: (Int) -> Int) -> [Int] {
    let counts = members.indices.map(count)
    return members.indices.sorted { (counts[$1], $0) < (counts[$0], $1) }
  }

  /// The first members of a ranking for every size: out-of-part answers to the validation rows.
  func crossFitted() -> [[Float]] {
    var random = Philox(seed: 0, purpose: "ensemble parts").stream()
    let shuffled = random.shuffled(Array(validationLabels.indices))
    var joined = [[Float]](
      repeating: [Float](repeating: 0, count: validationLabels.count * classCount),
      count: members.count)
    for part in 0..<Self.parts {
      let held = shuffled.indices.filter { $0 % Self.parts == part }.map { shuffled[$0] }
      let fitting = shuffled.indices.filter { $0 % Self.parts != part }.map { shuffled[$0] }
      let order = ranking(on: fitting)
      for size in 1...members.count {
        let answers = order.prefix(size).map { members[$0].validation }
        let ensemble = FittedEnsemble(
          method, answers, labels: validationLabels, rows: fitting, classCount: classCount)
        let answer = ensemble.join(answers, rows: held)
        for (place, row) in held.enumerated() {
          for label in 0..<classCount {
            joined[size - 1][row * classCount + label] = answer[place * classCount + label]
          }
        }
      }
    }
    return joined
  }

  /// The first members of a ranking, fitted on all validation rows: answers to the test rows.
  func test(_ order: [Int], size: Int) -> (answers: [Float], stacker: Stacker?) {
    let rows = Array(validationLabels.indices)
    let chosen = order.prefix(size).map { members[$0] }
    let ensemble = FittedEnsemble(
      method, chosen.map(\.validation), labels: validationLabels, rows: rows,
      classCount: classCount)
    return (
      ensemble.join(chosen.map(\.test), rows: Array(testLabels.indices)), ensemble.stacker
    )
  }

  private func rightCount(_ answers: [Float], _ labels: [Int], _ rows: [Int]) -> Int {
    rows.count { row in
      answers[row * classCount..<(row + 1) * classCount].placeOfLargest == labels[row]
    }
  }
}
