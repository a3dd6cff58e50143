/// The facts and excerpts of a data set that its figures and tables need once the rows are gone.
public struct DatasetSummary: Sendable, Codable, Equatable {
  /// Some rows of one class and the spread of all of them.
  public struct ClassBeats: Sendable, Codable, Equatable {
    /// Rows of this class in the training part.
    public let trainCount: Int
    /// Rows of this class in the test part.
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
  /// SHA-256 over rows, labels and split.
  public let fingerprint: String
  /// Samples a second of the rows.
  public let rowSamplingRate: Double
  /// Distinct subjects, where the source names them.
  public let subjectCount: Int?
  /// Counts and example beats, in class order.
  public let beats: [ClassBeats]
  /// Excerpts of recordings.
  public let strips: [ECGStrip]

  /// Rows in the training part.
  public var trainCount: Int { beats.reduce(0) { $0 + $1.trainCount } }
  /// Rows in the test part.
  public var testCount: Int { beats.reduce(0) { $0 + $1.testCount } }
}
