import Foundation

/// The trainings that were ever evaluated on the test rows of a data set, by their keys: of several
/// folds by that of the first. Cells that were removed since stay in it.
struct TestEvaluations: Codable, Equatable {
  var trainings: [String]
}

/// How often test rows were looked at: `data/<fingerprint>.tested.json`.
extension RunStore {
  private func testedPath(_ fingerprint: String) -> String {
    "\(root)/data/\(fingerprint).tested.json"
  }

  /// The trainings that were evaluated on the test rows of the data set with the fingerprint; `nil`
  /// where nobody counted, or the count is damaged.
  func testEvaluations(_ fingerprint: String) -> TestEvaluations? {
    try? decode(testedPath(fingerprint))
  }

  /// Counts the finished trainings of a run; where nobody has counted yet, those of all runs.
  func countTestEvaluations(of run: RunRecord) throws(ExperimentsError) {
    for data in run.data {
      var trainings = finishedTrainings(of: run, on: data.fingerprint)
      if testEvaluations(data.fingerprint) == nil {
        for (_, run) in try readableRuns().whole {
          trainings += finishedTrainings(of: run, on: data.fingerprint)
        }
      }
      try count(trainings, on: data.fingerprint)
    }
  }

  /// Counts what another store has counted of the data set.
  func countTestEvaluations(
    of other: RunStore, on fingerprint: String
  ) throws(ExperimentsError) {
    if let counted = other.testEvaluations(fingerprint) {
      try count(counted.trainings, on: fingerprint)
    }
  }

  private func count(_ trainings: [String], on fingerprint: String) throws(ExperimentsError) {
    let before = testEvaluations(fingerprint)
    let after = TestEvaluations(trainings: Set(trainings + (before?.trainings ?? [])).sorted())
    if after != before, !after.trainings.isEmpty {
      try write(try json(after), to: testedPath(fingerprint))
    }
  }

  private func finishedTrainings(of run: RunRecord, on fingerprint: String) -> [String] {
    let tasks = run.data.filter { $0.fingerprint == fingerprint }.map(\.task)
    return run.cells.filter { cell in
      tasks.contains(cell.task) && cell.kind != .autoencoder && (cell.fold ?? 0) == 0
        && contains(cell.key)
    }.map(\.key)
  }
}
