internal import Tensors

/// Folds by subject, stratified by class: all rows of a subject stand on one side of each split.
///
/// The subjects of each class are shuffled by ``Philox`` with seed 0, purpose `folds by subject` and
/// the task as path (one stream a class), and dealt to the folds in turn; a class begins where the
/// one before ended, so that the folds differ by at most one subject in each class and in all. What
/// a fold validates on is a sixth of its training subjects of each class, rounded and at least one,
/// drawn likewise with purpose `validation by subject` and path `task/fold`.
struct SubjectFolds {
  /// Subjects of each class that are needed: one to learn from, one to validate, one to test.
  static let fewest = 3

  /// The rows of each subject, by class; subjects in order of appearance.
  private let rows: [[[Int]]]

  /// Collects the rows of each subject.
  ///
  /// - Precondition: A subject has rows of one class only.
  init(labels: [UInt8], subjects: [String], classCount: Int) {
    var rows = [[[Int]]](repeating: [], count: classCount)
    var places: [String: (label: Int, subject: Int)] = [:]
    for (row, subject) in subjects.enumerated() {
      let label = Int(labels[row])
      if let place = places[subject] {
        precondition(place.label == label, "subject \(subject) has rows of two classes")
        rows[label][place.subject].append(row)
      } else {
        places[subject] = (label, rows[label].count)
        rows[label].append([row])
      }
    }
    self.rows = rows
  }

  /// Subjects of each class.
  var subjectCounts: [Int] { rows.map(\.count) }

  /// The folds; rows in ascending order.
  ///
  /// - Precondition: There are at least ``fewest`` subjects of each class.
  func splits(_ count: Int, task: String) -> [Split] {
    precondition(
      count > 1 && subjectCounts.allSatisfy { $0 >= Self.fewest },
      "\(subjectCounts) subjects are too few for \(count) folds")
    let generator = Philox(seed: 0, purpose: "folds by subject", path: task)
    // The fold of each subject of each class.
    var folds: [[Int]] = []
    var dealt = 0
    for (label, subjects) in rows.enumerated() {
      var random = generator.stream(UInt32(label))
      var fold = [Int](repeating: 0, count: subjects.count)
      for subject in random.shuffled(Array(subjects.indices)) {
        fold[subject] = dealt % count
        dealt += 1
      }
      folds.append(fold)
    }
    return (0..<count).map { split($0, folds, task: task) }
  }

  private func split(_ fold: Int, _ folds: [[Int]], task: String) -> Split {
    let generator = Philox(seed: 0, purpose: "validation by subject", path: "\(task)/\(fold)")
    var train: [Int] = []
    var validation: [Int] = []
    var test: [Int] = []
    for (label, subjects) in rows.enumerated() {
      let learnt = subjects.indices.filter { folds[label][$0] != fold }
      var random = generator.stream(UInt32(label))
      let held = random.shuffled(learnt).prefix(max(1, (learnt.count + 3) / 6))
      train += learnt.flatMap { subjects[$0] }
      validation += held.flatMap { subjects[$0] }
      test += subjects.indices.filter { folds[label][$0] == fold }.flatMap { subjects[$0] }
    }
    return Split(train: train.sorted(), test: test.sorted(), validation: validation.sorted())
  }
}
