/// What a reviewer asks of a data set and its split: copies, near copies, people on both sides,
/// unusual rows, leads. Small, so that it can be kept beside the results.
public struct DataAudit: Sendable, Codable, Equatable {
  /// A person with several records.
  public struct Person: Sendable, Codable, Equatable {
    /// Records with rows that are learnt from.
    public let trainRecords: [String]
    /// Records with rows that are tested.
    public let testRecords: [String]
  }

  /// Rows by the lead that they were cut from.
  public struct Lead: Sendable, Codable, Equatable {
    /// Name of the lead.
    public let lead: String
    /// The records, in record order.
    public let records: [String]
    /// Their rows that are learnt from.
    public let trainCount: Int
    /// Their rows that are tested.
    public let testCount: Int
  }

  /// Stable name of the task.
  public let task: String
  /// SHA-256 over rows, labels and splits of the data that was looked at.
  public let fingerprint: String
  /// What the split means.
  public let protocolLabel: String
  /// Symbols of the classes, in label order.
  public let classes: [String]
  /// Rows that are learnt from, of several folds in any.
  public let train: RowFacts
  /// Rows that are tested.
  public let test: RowFacts
  /// People on both sides, sorted; `nil` where the source names nobody.
  public let sharedSubjects: [String]?
  /// People with more than one record, by their first one; `nil` where the source names nobody.
  public let peopleWithSeveralRecords: [Person]?
  /// Leads, the one with the most rows first; empty where the source names none.
  public let leads: [Lead]
  /// Test rows that equal a training row.
  public let copyCount: Int
  /// Test rows that equal a training row of another class.
  public let contradictionCount: Int
  /// The nearest training row of every test row.
  public let nearest: NeighbourFacts
  /// The nearest training row of another person; `nil` where nobody is named.
  public let nearestOfOthers: NeighbourFacts?
  /// The nearest other training row of as many training rows as there are test rows, evenly spread.
  public let withinTrain: NeighbourFacts
  /// The nearest other test row of every test row.
  public let withinTest: NeighbourFacts

  /// Looks at a data set; of several folds each test row is held against the training rows of its
  /// own.
  ///
  /// - Parameters:
  ///   - workers: Threads; the result does not depend on it.
  ///   - isCancelled: Asked now and then; then `CancellationError` is thrown.
  /// - Complexity: O(test rows × training rows × 187).
  public init(
    of data: Dataset, workers: Int, isCancelled: @escaping @Sendable () -> Bool = { false }
  ) throws {
    func neighbours(of rows: [Int], among others: [Int]) throws -> [NearestRows.Neighbours] {
      try NearestRows(others, of: data)
        .neighbours(of: rows, workers: workers, isCancelled: isCancelled)
    }
    let (trainRows, testRows) = (data.trainRows, data.testRows)
    var between: [NearestRows.Neighbours] = []
    var (copies, contradictions) = (0, 0)
    for fold in data.folds {
      between += try neighbours(of: fold.test, among: fold.train)
      let learnt = RowCopies(fold.train, of: data)
      copies += fold.test.count { learnt.hold($0) }
      contradictions += fold.test.count { learnt.contradict($0) }
    }
    let sample = Self.spread(testRows.count, over: trainRows)
    task = data.id
    fingerprint = data.fingerprint
    protocolLabel = data.protocolLabel
    classes = data.classes.map(\.symbol)
    train = RowFacts(trainRows, of: data)
    test = RowFacts(testRows, of: data)
    sharedSubjects = data.sharedSubjects
    peopleWithSeveralRecords = data.origins.map { Person.all($0, trainRows, testRows) }
    leads = Lead.all(data, trainRows, testRows)
    copyCount = copies
    contradictionCount = contradictions
    nearest = NeighbourFacts(testRows, nearest: between.map(\.nearest), in: data)
    nearestOfOthers =
      data.origins == nil
      ? nil : NeighbourFacts(testRows, nearest: between.map(\.nearestOfOthers), in: data)
    withinTrain = NeighbourFacts(
      sample, nearest: try neighbours(of: sample, among: trainRows).map(\.nearest), in: data)
    withinTest = NeighbourFacts(
      testRows, nearest: try neighbours(of: testRows, among: testRows).map(\.nearest), in: data)
  }

  /// At most `count` of the rows, evenly spread.
  private static func spread(_ count: Int, over rows: [Int]) -> [Int] {
    let count = min(count, rows.count)
    return (0..<count).map { rows[$0 * rows.count / count] }
  }
}

extension DataAudit.Person {
  fileprivate static func all(
    _ origins: [BeatOrigin], _ train: [Int], _ test: [Int]
  ) -> [DataAudit.Person] {
    var sides: [String: (train: Set<String>, test: Set<String>)] = [:]
    for origin in train.map({ origins[$0] }) {
      sides[origin.subject, default: ([], [])].train.insert(origin.record)
    }
    for origin in test.map({ origins[$0] }) {
      sides[origin.subject, default: ([], [])].test.insert(origin.record)
    }
    return sides.sorted { $0.key < $1.key }.map(\.value)
      .filter { $0.train.union($0.test).count > 1 }
      .map { DataAudit.Person(trainRecords: $0.train.sorted(), testRecords: $0.test.sorted()) }
  }
}

extension DataAudit.Lead {
  fileprivate static func all(
    _ data: Dataset, _ train: [Int], _ test: [Int]
  ) -> [DataAudit.Lead] {
    guard let origins = data.origins else { return [] }
    let names = Set(data.leads.map(\.lead)).sorted()
    let leads = names.map { name in
      let records = data.leads.filter { $0.lead == name }.map(\.record)
      let known = Set(records)
      func count(_ rows: [Int]) -> Int { rows.count { known.contains(origins[$0].record) } }
      return DataAudit.Lead(
        lead: name, records: records, trainCount: count(train), testCount: count(test))
    }
    return leads.sorted { ($1.trainCount, $0.lead) < ($0.trainCount, $1.lead) }
  }
}
