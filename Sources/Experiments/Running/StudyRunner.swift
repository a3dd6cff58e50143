public import Datasets
import Dispatch
import Models
import Neural
import Synchronization

/// Trains the open cells of a study, as many at once as there are workers.
public struct StudyRunner: Sendable {
  private let study: Study
  private let store: RunStore
  private let data: [Dataset]
  private let gaps: [String]
  private let workers: Int

  /// Prepares a run.
  ///
  /// - Parameters:
  ///   - data: The tasks' data, in study order; tasks that could not be loaded are left out.
  ///   - gaps: What is left out, each a whole sentence for the report.
  ///   - workers: Cells trained at once; the results do not depend on it.
  public init(
    study: Study, store: RunStore, data: [Dataset], gaps: [String] = [], workers: Int
  ) {
    self.study = study
    self.store = store
    self.data = data
    self.gaps = gaps
    self.workers = max(1, workers)
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
    let lock = try StoreLock(root: store.root) {
      if waits { events(.waiting(store: store.root)) }
      return waits
    }
    defer { withExtendedLifetime(lock) {} }
    try store.prepare()
    for dataset in data where !store.hasSummary(dataset.fingerprint) {
      try store.write(DatasetSummary(of: dataset))
    }
    let jobs = try plan()
    for job in jobs where try store.discardIfDamaged(job.key) { events(.discarded(job.name)) }
    let open = jobs.filter { !store.contains($0.key) }.sorted { $0.cost > $1.cost }
    events(
      .planned(
        open: open.map {
          PlannedCell(
            name: $0.name, epochCost: $0.cost, maximumEpochs: $0.description.recipe.maximumEpochs)
        }, done: jobs.count - open.count, workers: workers))
    let failures = train(open, isCancelled: isCancelled, events: events)
    if isCancelled() { throw CancellationError() }
    let record = try RunRecord(
      study: study, data: data.map { .init(task: $0.id, fingerprint: $0.fingerprint) },
      cells: jobs.map { job in
        RunRecord.Cell(
          key: job.key, task: job.name.task, variant: job.facts,
          recipe: job.description.recipe.name, seed: job.name.seed, failure: failures[job.name])
      }, gaps: gaps + study.gaps)
    if let kept = try store.write(record) { events(.renamed(study.name, to: kept)) }
    return record
  }

  /// Every cell of the study, in study order.
  func plan() throws -> [CellJob] {
    let variants = try study.selectedVariants()
    return try data.flatMap { dataset in
      try variants.flatMap { variant in
        try study.seeds.map { try job(variant, $0, dataset) }
      }
    }
  }

  private func job(
    _ variant: any ModelVariant, _ seed: Int, _ dataset: Dataset
  ) throws -> CellJob {
    let task = dataset.task
    let description = CellDescription(
      variant: variant, recipe: study.recipe(for: variant, task: task), seed: seed, data: dataset)
    let plan = variant.plan(for: task)
    return CellJob(
      name: CellName(task: task.id, variant: variant.id, seed: seed), key: try description.key(),
      description: description,
      facts: VariantFacts(
        id: variant.id, title: variant.title, source: variant.source,
        parameters: plan.parameterCount, multiplyAdds: plan.multiplyAdds), data: dataset)
  }

  /// Runs the jobs, longest first; returns the messages of those that failed.
  private func train(
    _ jobs: [CellJob], isCancelled: @escaping @Sendable () -> Bool,
    events: @escaping @Sendable (RunEvent) -> Void
  ) -> [CellName: String] {
    guard !jobs.isEmpty else { return [:] }
    let next = Mutex(0)
    let failures = Mutex<[CellName: String]>([:])
    let atOnce = min(workers, jobs.count)
    DispatchQueue.concurrentPerform(iterations: atOnce) { _ in
      while !isCancelled() {
        let index = next.withLock { next in
          defer { next += 1 }
          return next
        }
        guard index < jobs.count else { return }
        let job = jobs[index]
        events(.started(job.name))
        do {
          let result = try job.run(
            into: store, threads: max(1, workers / jobs.count),
            progress: { events(.progressed(job.name, $0)) }, isCancelled: isCancelled)
          events(.finished(job.name, result.timing, accuracy: result.accuracy))
        } catch is CancellationError {
          return
        } catch {
          failures.withLock { $0[job.name] = "\(error)" }
          events(.failed(job.name, message: "\(error)"))
        }
      }
    }
    return failures.withLock { $0 }
  }
}
