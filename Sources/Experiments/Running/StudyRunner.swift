import Datasets
import Dispatch
import Synchronization

/// Trains the open cells of a study, as many at once as there are workers.
public struct StudyRunner: Sendable {
  private let study: Study
  private let store: RunStore
  private let data: [TaskData]
  private let gaps: [String]
  private let workers: Int
  private let memory: Int?
  private let environment: (@Sendable () -> RunEnvironment)?

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - data: The tasks' data, in study order; tasks that could not be loaded are left out.
  ///   - gaps: What is left out, each a whole sentence for the report.
  ///   - workers: Cells trained at once; the results do not depend on it.
  ///   - memory: Bytes that the cells in work may take beside the data; `nil` for what is free.
  ///   - environment: What the run is made with, to be kept beside it and its cells; asked for when
  ///     one is made, and at the end.
  public init(
    study: Study, store: RunStore, data: [TaskData], gaps: [String] = [], workers: Int,
    memory: Int? = nil, environment: (@Sendable () -> RunEnvironment)? = nil
  ) {
    self.study = study
    self.store = store
    self.data = data
    self.gaps = gaps
    self.workers = max(1, workers)
    self.memory = memory
    self.environment = environment
  }

  /// Trains what is missing and writes the run into the store.
  ///
  /// A cell that fails is recorded with its message and the others go on.
  ///
  /// - Parameters:
  ///   - waits: Whether to wait for another process that works on the store.
  ///   - isCancelled: Asked after each batch; then `CancellationError` is thrown and finished
  ///     cells stay.
  ///   - events: Called from the workers' threads.
  public func run(
    waits: Bool = true, isCancelled: @escaping @Sendable () -> Bool = { false },
    events: @escaping @Sendable (RunEvent) -> Void
  ) throws -> RunRecord {
    try store.create()
    let lock: StoreLock
    do {
      lock = try StoreLock(root: store.root, isCancelled: isCancelled) {
        if waits { events(.waiting(store: store.root)) }
        return waits
      }
    } catch {
      if isCancelled() { throw CancellationError() }
      throw error
    }
    defer { withExtendedLifetime(lock) {} }
    try store.prepare()
    for task in data { try know(task, isCancelled: isCancelled, events: events) }
    let plan = try StudyPlan(study, data: data)
    let jobs = plan.jobs
    let log = CellLog(
      root: store.root, keys: Dictionary(jobs.map { ($0.name, $0.key) }) { first, _ in first })
    let events: @Sendable (RunEvent) -> Void = {
      log.take($0)
      events($0)
    }
    guard !jobs.isEmpty else { throw ExperimentsError.nothingToTrain(reasons: plan.gaps) }
    for gap in plan.gaps { events(.noted(gap)) }
    let known = store.checkedCells()
    var checked = known
    for job in jobs {
      if try store.discardIfDamaged(job.key, &checked) { events(.discarded(job.name)) }
      let canAsk = canAskAgain(job)
      for path in try store.discardDamagedFindings(
        about: job.key, &checked, canBeFoundAgain: { $0 == .mistakes || canAsk })
      {
        events(.noted("\(path) is not what was written; it is looked for again in the weights."))
      }
    }
    if checked != known { try store.remember(checked) }
    let open = openJobs(of: plan)
    events(
      .planned(
        open: open.map { PlannedCell($0) }, done: jobs.count - open.count, workers: workers))
    // Written before too, so that what is finished of an interrupted run can be drawn.
    if let kept = try store.write(try plan.record(gaps: gaps)) {
      events(.renamed(study.name, to: kept))
    }
    try keepEnvironment(of: plan.record(gaps: gaps), made: 0)
    let failures = try train(open, isCancelled: isCancelled, events: events)
    if isCancelled() { throw CancellationError() }
    for task in data { try keepParts(of: task) }
    let record = try plan.record(gaps: gaps, failures: failures)
    _ = try store.write(record)
    try store.countTestEvaluations(of: record)
    let made = open.count { failures[$0.name] == nil }
    try keepEnvironment(of: record, made: made)
    return record
  }

  /// Whether the weights are there that answers of a cell come from, or will be after this run.
  private func canAskAgain(_ job: CellJob) -> Bool {
    let asked = job.work is TrainingWork ? [job.key] : job.parents
    return asked.allSatisfy { !store.contains($0) || store.hasWeights($0) }
  }

  /// Keeps what a run was asked for with. As long as it has made nothing, that of those who made cells
  /// of it before stays, but for the file that asked for it.
  private func keepEnvironment(of record: RunRecord, made: Int) throws(ExperimentsError) {
    guard let environment else { return }
    let known = store.environment(ofRun: record.id)
    var kept = environment()
    if made == 0, let known {
      let file = kept.studyFile ?? known.studyFile
      kept = known
      kept.studyFile = file
    } else {
      kept.madeCells = made
    }
    if kept != known { try store.write(kept, run: record.id) }
  }

  /// Keeps what figures and later runs need of a task's data.
  private func know(
    _ task: TaskData, isCancelled: @escaping @Sendable () -> Bool, events: (RunEvent) -> Void
  ) throws {
    let fingerprint = task.facts.fingerprint
    for path in try store.discardDamagedData(fingerprint) {
      events(.noted("\(path) is not what was written; it is made again."))
      // Everything about data follows from its rows, but for the count of looks at them, which is of
      // what the store still holds.
      _ = try task.rows()
    }
    if !store.has(.summary, fingerprint) { try store.write(DatasetSummary(of: task.rows())) }
    if !store.has(.audit, fingerprint) {
      events(.auditing(task: task.facts.id))
      try store.write(DataAudit(of: task.rows(), workers: workers, isCancelled: isCancelled))
    }
    if let files = task.files, store.files(fingerprint) == nil {
      try store.write(
        files.contents(of: store.summary(fingerprint).source), readFor: fingerprint)
    }
    if let memory = task.memory { try store.remember(memory) }
    try keepParts(of: task)
  }

  /// Keeps the hashes of rows, labels and split, as soon as the rows were read for something else.
  private func keepParts(of task: TaskData) throws {
    let fingerprint = task.facts.fingerprint
    guard task.isRead, store.parts(fingerprint) == nil else { return }
    try store.write(DataParts(of: task.rows()), of: fingerprint)
  }

  /// The cells that are not finished, and those that are but came without the weights that an open
  /// one begins with.
  private func openJobs(of plan: StudyPlan) -> [CellJob] {
    var open = Set(plan.jobs.map(\.key).filter { !store.contains($0) })
    while true {
      let needed = Set(
        plan.jobs.filter { open.contains($0.key) && $0.work is TrainingWork }.flatMap(\.parents))
      let next = open.union(needed.filter { !store.hasWeights($0) })
      if next == open { return plan.jobs.filter { open.contains($0.key) } }
      open = next
    }
  }

  /// Runs the jobs; returns the messages of those that failed. A store that cannot be read or written
  /// ends all of them: the next one would be lost as well.
  private func train(
    _ jobs: [CellJob], isCancelled: @escaping @Sendable () -> Bool,
    events: @escaping @Sendable (RunEvent) -> Void
  ) throws(ExperimentsError) -> [CellName: String] {
    guard !jobs.isEmpty else { return [:] }
    let threads = max(1, workers / jobs.count)
    let needs = Dictionary(jobs.map { ($0.key, $0.work.memoryBytes(threads: threads)) }) { $1 }
    let memory = memory ?? freeBytes(for: jobs)
    for job in jobs where needs[job.key, default: 0] > memory {
      events(.noted(Self.tooLarge(job.name, needs[job.key, default: 0], memory)))
    }
    let queue = JobQueue(jobs, needs: needs, memory: memory)
    let atOnce = min(workers, jobs.count)
    let diskFailure = Mutex<ExperimentsError?>(nil)
    DispatchQueue.concurrentPerform(iterations: atOnce) { _ in
      while !isCancelled(), let job = queue.next() {
        events(.started(job.name))
        let outcome: JobQueue.Outcome
        do {
          if let work = job.work as? TrainingWork, try work.discardUnusableCheckpoint(in: store) {
            events(.restarted(job.name))
          }
          let (timing, score) = try run(
            job, threads: threads,
            progress: { events(.progressed(job.name, $0)) }, isCancelled: isCancelled)
          events(.finished(job.name, timing, score))
          outcome = .finished
        } catch is CancellationError {
          queue.cancel()
          return
        } catch let error as ExperimentsError where error.isOfDisk {
          diskFailure.withLock { $0 = $0 ?? error }
          queue.cancel()
          return
        } catch {
          events(.failed(job.name, message: "\(error)"))
          outcome = .failed("\(error)")
        }
        for lost in queue.end(job, outcome) {
          events(.failed(lost.job.name, message: lost.message))
        }
      }
    }
    if let error = diskFailure.withLock(\.self) { throw error }
    return queue.messages
  }

  /// Bytes that are free when the rows of the jobs' tasks are read: as much again as the training
  /// rows is set aside for the test rows and for what reading them takes.
  private func freeBytes(for jobs: [CellJob]) -> Int {
    let tasks = Set(jobs.map(\.name.task))
    let rows = data.filter { tasks.contains($0.facts.id) }.reduce(0) { sum, task in
      sum + 2 * (task.facts.trainCounts.first ?? 0) * task.facts.rowWidth
    }
    guard let free = AvailableMemory().bytes else { return .max }
    return max(0, free - rows * MemoryLayout<Float>.size)
  }

  private static func tooLarge(_ name: CellName, _ need: Int, _ memory: Int) -> String {
    "\(name) takes \(need >> 20) MB of memory and \(memory >> 20) MB are free: it is trained while "
      + "nothing else is, and may fail; end other programs, or leave it out."
  }

  /// Makes a cell and writes it into the store.
  private func run(
    _ job: CellJob, threads: Int, progress: (TrainingProgress) -> Void, isCancelled: () -> Bool
  ) throws -> (timing: CellTiming, score: CellScore) {
    let made = try job.work.files(
      store: store, threads: threads, progress: progress, isCancelled: isCancelled)
    let timing = CellTiming(of: made, threads: threads)
    var measured = [(name: CellFile.timing, bytes: try store.sealedJSON(timing))]
    if let environment {
      measured.append((CellFile.maker, try store.sealedJSON(Maker(environment()))))
    }
    try store.write(made.files + measured, cell: job.key)
    return (timing, made.score)
  }
}
