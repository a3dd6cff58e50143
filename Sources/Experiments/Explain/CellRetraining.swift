/// Making a finished cell again, to see whether it is still the same.
public struct CellRetraining {
  /// What came of it.
  public enum Outcome: Sendable, Equatable {
    /// The cell was made again.
    case compared(CellName, CellComparison)
    /// The study of now has another cell of that name: inputs that differ.
    case notComparable(CellName, [CellInputs.Change])
  }

  private let run: RunRecord
  private let store: RunStore
  private let scratch: RunStore
  private let jobs: [CellJob]
  private let threads: Int

  /// Prepares it.
  ///
  /// - Parameters:
  ///   - run: The run that has the finished cell.
  ///   - store: Where that is.
  ///   - scratch: A folder that the cell is made in, and what it builds on where the store has no
  ///     weights of it.
  public init(
    of run: RunRecord, data: [TaskData], store: RunStore, scratch: RunStore, threads: Int
  ) throws {
    self.run = run
    self.store = store
    self.scratch = scratch
    self.threads = threads
    jobs = try StudyPlan(run.study, data: data).jobs
  }

  /// Makes the cell again and compares it.
  ///
  /// - Parameters:
  ///   - text: The cell's name or the first digits of its key.
  ///   - events: Takes what is being made and where it stands, as of a run.
  /// - Throws: `ExperimentsError.unknownTarget` where neither the study nor the run has the cell,
  ///   `ambiguousCell` where several are meant.
  public func run(
    _ text: String, events: (RunEvent) -> Void, isCancelled: () -> Bool
  ) throws -> Outcome {
    let job = try job(for: CellReference(text))
    guard store.contains(job.key) else {
      let history = try CellHistory(store)
      guard let inputs = CellInputs(try job.work.canonicalJSON()),
        case .changed(_, let changes) = history.reason(for: inputs, key: job.key)
      else { throw ExperimentsError.unknownTarget(text, store: store.root) }
      return .notComparable(job.name, changes)
    }
    try scratch.create()
    try scratch.prepare()
    let missing = try missing(for: job)
    events(.planned(open: missing.map { PlannedCell($0) }, done: 0, workers: 1))
    for job in missing { try make(job, events: events, isCancelled: isCancelled) }
    return .compared(job.name, try CellComparison(job.key, in: store, with: scratch))
  }

  /// The cell that is meant, as the study of now has it; the key may be the one that the run has.
  private func job(for reference: CellReference) throws(ExperimentsError) -> CellJob {
    let known =
      jobs.map { (name: $0.name, key: $0.key) } + run.cells.map { (name: $0.name, key: $0.key) }
    var meant = reference.cells(among: known, name: \.name, key: \.key)
    if meant.isEmpty { meant = try reference.cellsInShort(among: known, name: \.name) }
    var names: [CellName] = []
    var candidates: [String] = []
    for (name, key) in meant where !names.contains(name) {
      names.append(name)
      candidates.append("\(name) (\(key.prefix(CellReference.shown)))")
    }
    guard names.count < 2 else {
      throw .ambiguousCell(reference.text, candidates: candidates)
    }
    guard let job = jobs.first(where: { $0.name == names.first }) else {
      throw .unknownTarget(reference.text, store: store.root)
    }
    return job
  }

  /// The cell and what it builds on, as far as the store cannot give that, in the order in which they
  /// have to be made; what it can give is copied.
  private func missing(for job: CellJob) throws -> [CellJob] {
    var missing: [CellJob] = []
    for parent in jobs where job.parents.contains(parent.key) && !scratch.contains(parent.key) {
      let isEnough = job.kind == .ensemble || store.hasWeights(parent.key)
      if store.contains(parent.key), isEnough, try store.isIntact(parent.key) {
        try scratch.copy(parent.key, from: store)
      } else {
        missing += try self.missing(for: parent).filter { new in
          !missing.contains { $0.key == new.key }
        }
      }
    }
    return missing + [job]
  }

  private func make(
    _ job: CellJob, events: (RunEvent) -> Void, isCancelled: () -> Bool
  ) throws {
    events(.started(job.name))
    let made = try job.work.files(
      store: scratch, threads: threads, progress: { events(.progressed(job.name, $0)) },
      isCancelled: isCancelled)
    try scratch.write(made.files, cell: job.key)
    events(.finished(job.name, CellTiming(of: made, threads: threads), made.score))
  }
}
