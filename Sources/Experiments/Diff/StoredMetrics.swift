public import Statistics

/// The metrics of a finished cell as they stand in its `metrics.json`, so that its answers need not
/// be read for them.
public struct StoredMetrics: Decodable, Sendable {
  private struct Estimate: Decodable {
    let value: Double?
  }

  private let metrics: [String: Estimate]

  /// The value of a metric that `MetricsDocument` writes for all rows together; `nil` where it is
  /// undefined or not there.
  public subscript(metric: Metric) -> Double? {
    switch metric {
    case .summary(let metric): metrics[metric.rawValue]?.value
    case .perClass(let metric, _): metrics[metric.rawValue]?.value
    }
  }
}

extension RunStore {
  /// The metrics of a finished cell that answers for all test rows of its task.
  public func storedMetrics(
    of cell: RunRecord.Cell
  ) throws(ExperimentsError) -> StoredMetrics {
    try decoded(CellFile.metrics, cell: cell.key)
  }

  /// How well a finished autoencoder gives rows back.
  public func reconstruction(
    of cell: RunRecord.Cell
  ) throws(ExperimentsError) -> ReconstructionFile {
    try decoded(CellFile.reconstruction, cell: cell.key)
  }

  /// Whether two finished cells gave the same answers on test rows, in the 16 bits that everything
  /// after training takes; read only where their hashes leave it open.
  public func hasSameAnswers(
    _ cell: RunRecord.Cell, as other: RunRecord.Cell, in otherStore: RunStore
  ) throws(ExperimentsError) -> Bool {
    let (mine, theirs) = (try manifest(of: cell.key), try otherStore.manifest(of: other.key))
    let names =
      cell.kind == .autoencoder
      ? [CellFile.reconstruction] : [CellFile.predictions, CellFile.packedPredictions]
    if names.contains(where: { mine.files[$0] != nil && mine.files[$0] == theirs.files[$0] }) {
      return true
    }
    let metrics = [mine, theirs].compactMap { $0.files[CellFile.metrics] }
    guard cell.kind != .autoencoder, metrics.count < 2 || metrics[0] == metrics[1] else {
      return false
    }
    return try answers(.test, cell: cell.key) == otherStore.answers(.test, cell: other.key)
  }
}
