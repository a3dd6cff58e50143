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
    if let one = old.store.parts(oldFingerprint),
      let other = new.store.parts(newFingerprint)
    {
      return Self.causes(one, summaries.old, other, summaries.new)
    }
    let kinds = try kinds(oldFingerprint, newFingerprint, summaries.old, summaries.new)
    return kinds.map { kind in
      kind == .split
        ? ChangeCause(
          .split, "split", old: summaries.old.map(Self.words), new: summaries.new.map(Self.words))
        : ChangeCause(
          .data, "rows", old: Self.words(summaries.old.map(Self.counts), oldFingerprint),
          new: Self.words(summaries.new.map(Self.counts), newFingerprint))
    }
  }

  /// By the hashes of rows, labels and split, which both stores have.
  private static func causes(
    _ old: DataParts, _ oldData: DatasetSummary?, _ new: DataParts, _ newData: DatasetSummary?
  ) -> [ChangeCause] {
    let rows = [("rows", old.rows, new.rows), ("labels", old.labels, new.labels)]
      .filter { $0.1 != $0.2 }
      .map {
        ChangeCause(
          .data, $0.0, old: words(oldData.map(counts), $0.1), new: words(newData.map(counts), $0.2))
      }
    // Rows and labels alike, it can only be the split.
    guard old.split != new.split || rows.isEmpty else { return rows }
    return rows + [
      ChangeCause(
        .split, "split", old: words(oldData.map(words), old.split),
        new: words(newData.map(words), new.split))
    ]
  }

  /// By the files that the rows were read from; else by the counts of the classes, which another
  /// split leaves alone.
  private func kinds(
    _ oldFingerprint: String, _ newFingerprint: String, _ oldData: DatasetSummary?,
    _ newData: DatasetSummary?
  ) throws -> [ChangeKind] {
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

  private static func counts(_ data: DatasetSummary) -> String {
    "\(data.trainCount) + \(data.testCount) rows"
  }

  private static func words(_ text: String?, _ hash: String) -> String {
    "\(text.map { "\($0), " } ?? "")SHA-256 \(hash.prefix(12))"
  }
}
