/// Where a training stands.
public struct TrainingProgress: Sendable, Equatable {
  /// The epoch under way, counted from 1.
  public let epoch: Int
  /// Rows of this epoch that were learnt from.
  public let rows: Int
  /// Rows that an epoch learns from.
  public let rowsPerEpoch: Int
  /// The last whole epoch.
  public let lastEpoch: EpochRecord?
}
