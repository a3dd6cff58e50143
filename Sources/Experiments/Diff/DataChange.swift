import Datasets

/// Two data sets of one task that are not the same: whether it is the rows or the split.
struct DataChange {
  let old: RunSide
  let new: RunSide

  /// What differs between the data of two fingerprints.
  func causes(_ oldFingerprint: String, _ newFingerprint: String) throws -> [ChangeCause] {
    let summaries = (
      old: try? old.store.summary(oldFingerprint), new: try? new.store.summary(newFingerprint)
    )
    let kinds = try kinds(oldFingerprint, newFingerprint, summaries.old, summaries.new)
    return kinds.map { kind in
      kind == .split
        ? ChangeCause(
          .split, "split", old: summaries.old.map(Self.words), new: summaries.new.map(Self.words))
        : ChangeCause(
          .data, "rows", old: Self.words(summaries.old, oldFingerprint),
          new: Self.words(summaries.new, newFingerprint))
    }
  }

  /// By the hashes of rows, labels and split where both stores have them; else by the files that the
  /// rows were read from; else by the counts of the classes, which another split leaves alone.
  private func kinds(
    _ oldFingerprint: String, _ newFingerprint: String, _ oldData: DatasetSummary?,
    _ newData: DatasetSummary?
  ) throws -> [ChangeKind] {
    if let one = old.store.parts(oldFingerprint),
      let other = new.store.parts(newFingerprint)
    {
      let isData = one.rows != other.rows || one.labels != other.labels
      return (isData ? [.data] : []) + (one.split == other.split && isData ? [] : [.split])
    }
    if let one = old.store.files(oldFingerprint),
      let other = new.store.files(newFingerprint)
    {
      return one == other ? [.split] : [.data]
    }
    guard let oldData, let newData else { return [.data] }
    let counts = [oldData, newData].map { data in
      data.beats.map { data.foldCount == nil ? $0.trainCount + $0.testCount : $0.testCount }
    }
    return counts[0] == counts[1] && Self.words(oldData) != Self.words(newData)
      ? [.split] : [.data]
  }

  private static func words(_ data: DatasetSummary) -> String {
    let folds = data.foldCount.map { ", \($0) folds" } ?? ""
    return "\(data.protocolLabel) (\(data.trainCount) rows to learn from, "
      + "\(data.testCount) to test\(folds))"
  }

  private static func words(_ data: DatasetSummary?, _ fingerprint: String) -> String {
    let counts = data.map { "\($0.trainCount) + \($0.testCount) rows, " } ?? ""
    return "\(counts)SHA-256 \(fingerprint.prefix(12))"
  }
}
