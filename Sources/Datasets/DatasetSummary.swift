/// The facts and excerpts of a data set that its figures and tables need once the rows are gone.
public struct DatasetSummary: Sendable, Codable, Equatable {
  /// Some rows of one class and the spread of all of them.
  public struct ClassBeats: Sendable, Codable, Equatable {
    /// Rows of this class in the training part, of several folds in that of any.
    public let trainCount: Int
    /// Rows of this class in the test part, of several folds in all of them together.
    public let testCount: Int
    /// A few training rows, each 187 samples.
    public let examples: [[Float]]
    /// Samples before the zero padding of each example.
    public let exampleLengths: [Int]
    /// Sample-wise median of the training rows that are not padding at that sample.
    public let median: [Float]
    /// Sample-wise 5th percentile, over the same rows.
    public let low: [Float]
    /// Sample-wise 95th percentile, over the same rows.
    public let high: [Float]
    /// Share of the training rows that are not yet padding at each sample, 0…1.
    public let coverage: [Float]
  }

  /// Stable name of the task.
  public let id: String
  /// Title for tables and figures.
  public let title: String
  /// The classes, in label order.
  public let classes: [ClassLabel]
  /// What the split means for a reader.
  public let protocolLabel: String
  /// What the rows were read from.
  public let source: DataSource
  /// SHA-256 over rows, labels and splits.
  public let fingerprint: String
  /// Samples a second of the rows.
  public let rowSamplingRate: Double
  /// Distinct subjects, where the source names them.
  public let subjectCount: Int?
  /// Counts and example beats, in class order.
  public let beats: [ClassBeats]
  /// Excerpts of recordings.
  public let strips: [ECGStrip]
  /// Subject of each test row, in the order of the test rows and fold by fold, where the source
  /// names them: resampling by subject needs it.
  public private(set) var testSubjects: [String]? = nil
  /// How many folds there are, where there are several: together they test each row once.
  public private(set) var foldCount: Int? = nil
  /// What a reader has to know of this copy of the data, each a whole sentence.
  public private(set) var notes: [String]? = nil
  /// How many people have rows on both sides of the split, where the source names them.
  public private(set) var sharedSubjectCount: Int? = nil
  /// The records of the test rows, in the order of the test rows, where the rows of each record
  /// stand together.
  public private(set) var testRecords: [RecordRows]? = nil

  /// A record and how many rows are its.
  public struct RecordRows: Sendable, Codable, Equatable {
    /// Name of the record.
    public let record: String
    /// Its rows.
    public let count: Int
  }

  /// Whether it is called a split between people though it shares some, or does not know them. No data
  /// set of this program is; a stored summary that was changed may be.
  public var isWronglyCalledInterPatient: Bool {
    protocolLabel.contains(Dataset.interPatient) && sharedSubjectCount != 0
  }

  /// Whether the test rows are those that others have published results on: generated rows are
  /// not, nor are those of the task `ptb` from recordings, which are split by patient.
  public var hasPublishedSplit: Bool {
    source != .synthetic && !(id == "ptb" && source == .recordings)
  }

  /// Rows in the training part, of several folds in that of any.
  public var trainCount: Int { beats.reduce(0) { $0 + $1.trainCount } }
  /// Rows that one training may learn from: of several folds their mean, rounded, since together
  /// they test each row once.
  public var rowsPerTraining: Int {
    guard let foldCount else { return trainCount }
    return Int((Double(trainCount) - Double(testCount) / Double(foldCount)).rounded())
  }
  /// Rows in the test part, of several folds in all of them together.
  public var testCount: Int { beats.reduce(0) { $0 + $1.testCount } }
}

extension DatasetSummary {
  /// Example beats of each class.
  static let exampleCount = 5

  /// Summarises a data set.
  public init(of dataset: Dataset) {
    self.init(
      id: dataset.id, title: dataset.title, classes: dataset.classes,
      protocolLabel: dataset.protocolLabel, source: dataset.source,
      fingerprint: dataset.fingerprint, rowSamplingRate: dataset.rowSamplingRate,
      subjectCount: dataset.origins.map { Set($0.map(\.subject)).count },
      beats: dataset.classes.indices.map { ClassBeats(of: $0, in: dataset) },
      strips: dataset.strips,
      testSubjects: dataset.origins.map { origins in
        dataset.testRows.map { origins[$0].subject }
      },
      foldCount: dataset.folds.count > 1 ? dataset.folds.count : nil,
      notes: dataset.notes.isEmpty ? nil : dataset.notes,
      sharedSubjectCount: dataset.sharedSubjects?.count, testRecords: Self.testRecords(of: dataset))
  }

  private static func testRecords(of dataset: Dataset) -> [RecordRows]? {
    guard let origins = dataset.origins else { return nil }
    let records = dataset.testRows.map { origins[$0].record }
    var runs: [RecordRows] = []
    for record in records {
      let isLonger = runs.last?.record == record
      let count = isLonger ? runs.removeLast().count : 0
      runs.append(RecordRows(record: record, count: count + 1))
    }
    return runs.count == Set(records).count ? runs : nil
  }
}

extension DatasetSummary.ClassBeats {
  fileprivate init(of classIndex: Int, in dataset: Dataset) {
    let train = dataset.trainRows.filter { Int(dataset.labels[$0]) == classIndex }
    let spread = RowSpread(of: train, in: dataset)
    let examples = Self.examples(from: train, origins: dataset.origins)
    self.init(
      trainCount: train.count,
      testCount: dataset.testRows.count { Int(dataset.labels[$0]) == classIndex },
      examples: examples.map { Array(dataset.row($0)) },
      exampleLengths: examples.map { dataset.unpaddedLength(of: $0) },
      median: spread.median, low: spread.low, high: spread.high, coverage: spread.coverage)
  }

  /// The rows to show: five, spread evenly over the subjects in the order in which they appear, and
  /// within a subject that is chosen m times over its rows, at (2j + 1) / 2m of the way. Where the
  /// subjects are not known, all rows count as one subject's.
  private static func examples(from rows: [Int], origins: [BeatOrigin]?) -> [Int] {
    var subjects: [[Int]] = []
    var places: [String: Int] = [:]
    for row in rows {
      let subject = origins?[row].subject ?? ""
      if let place = places[subject] {
        subjects[place].append(row)
      } else {
        places[subject] = subjects.count
        subjects.append([row])
      }
    }
    let chosen = spread(min(DatasetSummary.exampleCount, rows.count), over: subjects.count)
    return subjects.indices.flatMap { subject in
      let ofSubject = subjects[subject]
      let count = min(chosen.count { $0 == subject }, ofSubject.count)
      return spread(count, over: ofSubject.count).map { ofSubject[$0] }
    }
  }

  /// `count` places among `total`, evenly.
  private static func spread(_ count: Int, over total: Int) -> [Int] {
    (0..<count).map { (2 * $0 + 1) * total / (2 * count) }
  }
}
