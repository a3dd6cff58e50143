extension RunSide {
  /// Whether the trainings of a pair gave the same answers: the same seeds, and the same bytes of
  /// each.
  public func hasSameAnswers(
    _ old: TrainingGroup, as new: TrainingGroup, of newer: RunSide
  ) throws(ExperimentsError) -> Bool {
    let (one, other) = (old.cells, new.cells)
    guard !one.isEmpty, one.map(\.seed) == other.map(\.seed), one.map(\.fold) == other.map(\.fold)
    else { return false }
    for (cell, partner) in zip(one, other) {
      guard try store.hasSameAnswers(cell, as: partner, in: newer.store) else { return false }
    }
    return true
  }

  /// The inputs in which the trainings of a pair differ.
  ///
  /// - Parameter isSame: Whether they gave the same answers; if not, and no input differs, the
  ///   machines are held against each other.
  public func causes(
    of old: TrainingGroup, _ new: TrainingGroup, of newer: RunSide, isSame: Bool
  ) throws -> [ChangeCause] {
    try CauseFinder(self, newer).causes(old, new, isSame: isSame)
  }

  /// Whether a task's test rows are the same in both runs, in the same order: by their hashes where
  /// both stores have them, else only where all of the data is the same.
  public func hasSameTestRows(of task: String, as newer: RunSide) throws(ExperimentsError) -> Bool {
    guard let old = record.data.first(where: { $0.task == task })?.fingerprint,
      let new = newer.record.data.first(where: { $0.task == task })?.fingerprint
    else { return false }
    if old == new { return true }
    guard let one = store.parts(old), let other = newer.store.parts(new) else {
      return false
    }
    return one.test == other.test
  }
}
