import Datasets

/// The trainings that were ever evaluated on the test rows of a data set, by their keys: of several
/// folds by that of the first. Cells that were removed since stay in it.
///
/// That is the history of a store, not of a run: it is in no result, no export and no report.
struct TestEvaluations: Codable, Equatable {
  var trainings: [String]
}

/// How often test rows were looked at.
extension RunStore {
  /// A data set, and how often its test rows were looked at.
  public struct DataEntry: Sendable, Codable, Equatable {
    /// The task's name.
    public let task: String
    /// SHA-256 over rows, labels and splits.
    public let fingerprint: String
    /// Its test rows; `nil` where the summary of the data set cannot be used.
    public let testCount: Int?
    /// Trainings that were ever evaluated on them, those removed since among them; `nil` where nobody
    /// counted.
    public let testEvaluationCount: Int?
    /// Names of the runs that refer to it.
    public let runs: [String]
    /// Why its summary cannot be used, with the remedy; `nil` where it can.
    public let problem: String?
  }

  /// The data sets of all runs whose records are whole, in the order of the runs.
  public func dataEntries() throws(ExperimentsError) -> [DataEntry] {
    let runs = try readableRuns().whole
    var known: [RunRecord.Data] = []
    for data in runs.flatMap(\.run.data) where !known.contains(where: { data.isSame(as: $0) }) {
      known.append(data)
    }
    return known.map { data in
      let (testCount, problem) = testCount(of: data.fingerprint)
      return DataEntry(
        task: data.task, fingerprint: data.fingerprint, testCount: testCount,
        testEvaluationCount: testEvaluations(data.fingerprint)?.trainings.count,
        runs: runs.filter { $0.run.data.contains { data.isSame(as: $0) } }.map(\.name),
        problem: problem)
    }
  }

  private func testCount(of fingerprint: String) -> (count: Int?, problem: String?) {
    do { return (try summary(fingerprint).testCount, nil) } catch { return (nil, "\(error)") }
  }

  /// The trainings that were evaluated on the test rows of the data set with the fingerprint; `nil`
  /// where nobody counted, or the count is damaged.
  func testEvaluations(_ fingerprint: String) -> TestEvaluations? {
    try? decode(path(.testEvaluations, fingerprint))
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

  /// Counts what another store has counted of the data set: exports of earlier programs hold that.
  func countTestEvaluations(
    of other: RunStore, on fingerprint: String
  ) throws(ExperimentsError) {
    if let counted = other.testEvaluations(fingerprint) {
      try count(counted.trainings, on: fingerprint)
    }
  }

  /// The counts that an earlier program left in an export, by path from its root.
  func exportedTestEvaluations() throws(ExperimentsError) -> [String] {
    try names(in: "data", ifThere: true).filter { DataFile(name: $0) == .testEvaluations }
      .map { "data/\($0)" }
  }

  private func count(_ trainings: [String], on fingerprint: String) throws(ExperimentsError) {
    let before = testEvaluations(fingerprint)
    let after = TestEvaluations(trainings: Set(trainings + (before?.trainings ?? [])).sorted())
    if after != before, !after.trainings.isEmpty {
      try write(sealed: after, to: path(.testEvaluations, fingerprint))
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

extension RunRecord.Data {
  fileprivate func isSame(as other: RunRecord.Data) -> Bool { fingerprint == other.fingerprint }
}
