import Datasets
import Dispatch
import Models
import Synchronization

/// Looks closer at the finished cells of a study: at their surest mistakes, at what the trained
/// weights answer where the rows are disturbed, and at which samples their answers rest on.
///
/// What is found is written beside the cells and never changes a cell. It is looked for again only
/// where the program's way of looking has changed.
public struct ProbeRunner: Sendable {
  private let study: Study
  private let store: RunStore
  private let data: [TaskData]
  private let workers: Int

  /// Prepares a look at a study whose cells were trained in the store.
  public init(study: Study, store: RunStore, data: [TaskData], workers: Int) {
    self.study = study
    self.store = store
    self.data = data
    self.workers = max(1, workers)
  }

  /// A cell with what is still to be found out about it.
  private struct Look: Sendable {
    let job: CellJob
    let kinds: [ProbeKind]
  }

  /// Finds out what is missing; what was found before an error or a cancellation stays.
  ///
  /// - Parameters:
  ///   - waits: Whether to wait for another process that works on the store.
  ///   - isCancelled: Asked now and then; then `CancellationError` is thrown.
  ///   - began: Called once with the number of cells, if there are any.
  public func run(
    waits: Bool = true, isCancelled: @escaping @Sendable () -> Bool = { false },
    began: (Int) -> Void = { _ in }
  ) throws {
    try store.create()
    let lock = try StoreLock(root: store.root) { waits }
    defer { withExtendedLifetime(lock) {} }
    try store.prepare()
    let looks = try StudyPlan(study, data: data).jobs.map { job in
      Look(job: job, kinds: ProbeKind.allCases.filter { isOpen($0, of: job) })
    }.filter { !$0.kinds.isEmpty }
    guard !looks.isEmpty else { return }
    began(looks.count)
    let next = Mutex(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(workers, looks.count)) { _ in
      while failure.withLock({ $0 == nil }) {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < looks.count else { return }
        do { try probe(looks[place], isCancelled) } catch { failure.withLock { $0 = $0 ?? error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func isOpen(_ kind: ProbeKind, of job: CellJob) -> Bool {
    guard job.kind != .autoencoder, job.name.trainingShare == 1, store.contains(job.key),
      !store.hasCurrentFinding(kind, cell: job.key)
    else { return false }
    switch kind {
    case .mistakes: return true
    case .robustness: return isAskable(job)
    case .explanations: return (job.name.fold ?? 0) == 0 && isAskable(job)
    }
  }

  /// Whether there are weights that can be asked again. Rows that hold more than a beat can neither
  /// be disturbed nor drawn as one.
  private func isAskable(_ job: CellJob) -> Bool {
    let description = (job.work as? TrainingWork)?.description
    return description.map { !($0.variant is any ContextualVariant) } ?? false
      && store.hasWeights(job.key)
  }

  private func probe(_ look: Look, _ isCancelled: () -> Bool) throws {
    let job = look.job
    guard let rows = try data.first(where: { $0.facts.id == job.name.task })?.rows() else { return }
    for kind in look.kinds {
      if isCancelled() { throw CancellationError() }
      switch kind {
      case .mistakes:
        let test = rows.folds[job.name.fold ?? 0].test
        let answers = try store.answers(.test, cell: job.key)
        try store.write(MistakesFile(answers, test: test, in: rows), kind, cell: job.key)
      case .robustness:
        guard let work = job.work as? TrainingWork else { continue }
        let probe = RobustnessProbe(
          description: work.description, weights: try store.weights(cell: job.key), data: rows)
        if let file = try probe.file(isCancelled: isCancelled) {
          try store.write(file, kind, cell: job.key)
        }
      case .explanations:
        guard let work = job.work as? TrainingWork else { continue }
        let probe = ExplanationProbe(
          description: work.description, weights: try store.weights(cell: job.key), data: rows)
        if let file = try probe.file(isCancelled: isCancelled) {
          try store.write(file, kind, cell: job.key)
        }
      }
    }
  }
}
