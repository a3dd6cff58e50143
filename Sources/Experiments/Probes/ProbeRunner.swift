import Datasets
import Dispatch
import Models
import Synchronization

/// Looks closer at the finished cells of a study: at their surest mistakes, at what the trained
/// weights answer where the rows are disturbed, and at which samples their answers rest on. Ensembles
/// join what their members answer.
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
  fileprivate struct Look: Sendable {
    let job: CellJob
    let kinds: [ProbeKind]
    /// Whether an ensemble needs its answers on disturbed rows.
    let isMember: Bool
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
    let looks = looks(at: try StudyPlan(study, data: data).jobs)
    guard !looks.isEmpty else { return }
    began(looks.count { !$0.kinds.isEmpty })
    // Members before ensembles, and the answers of one task, seed and fold at a time in memory.
    for batch in looks.batches {
      let answers = Mutex<[String: DisturbedAnswers]>([:])
      for isEnsemble in [false, true] {
        try concurrently(batch.filter { ($0.job.work is EnsembleWork) == isEnsemble }) { look in
          try probe(look, answers, isCancelled)
        }
      }
    }
  }

  /// The cells that something is to be found out about, and the members of their ensembles.
  private func looks(at jobs: [CellJob]) -> [Look] {
    let askable = Set(jobs.filter(isAskable).map(\.key))
    let open = jobs.map { job in
      ProbeKind.allCases.filter { isOpen($0, of: job, askable: askable) }
    }
    let members = Set(
      zip(jobs, open).filter { $1.contains(.robustness) }.flatMap { memberKeys(of: $0.0) ?? [] })
    return zip(jobs, open).compactMap { job, kinds in
      let isMember = members.contains(job.key)
      return kinds.isEmpty && !isMember ? nil : Look(job: job, kinds: kinds, isMember: isMember)
    }
  }

  private func isOpen(_ kind: ProbeKind, of job: CellJob, askable: Set<String>) -> Bool {
    guard job.kind != .autoencoder, job.name.trainingShare == 1, store.contains(job.key),
      !store.hasCurrentFinding(kind, cell: job.key)
    else { return false }
    switch kind {
    case .mistakes: return true
    case .robustness:
      return memberKeys(of: job)?.allSatisfy(askable.contains) ?? askable.contains(job.key)
    case .explanations: return askable.contains(job.key)
    }
  }

  /// Whether there are weights that can be asked again.
  private func isAskable(_ job: CellJob) -> Bool {
    job.work is TrainingWork && store.contains(job.key) && store.hasWeights(job.key)
  }

  /// The members of a finished ensemble; `nil` for other cells.
  private func memberKeys(of job: CellJob) -> [String]? {
    guard let work = job.work as? EnsembleWork,
      let file: EnsembleFile = try? store.decoded(CellFile.ensemble, cell: job.key)
    else { return nil }
    return work.members(file).map(\.key)
  }

  /// Does something for each cell, by as many workers as there are; the first error is thrown, after
  /// which nothing more is begun.
  private func concurrently(_ looks: [Look], _ body: @Sendable (Look) throws -> Void) throws {
    guard !looks.isEmpty else { return }
    let next = Mutex(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: min(workers, looks.count)) { _ in
      while failure.withLock({ $0 == nil }) {
        let place = next.withLock { place in
          defer { place += 1 }
          return place
        }
        guard place < looks.count else { return }
        do { try body(looks[place]) } catch { failure.withLock { $0 = $0 ?? error } }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func probe(
    _ look: Look, _ answers: borrowing Mutex<[String: DisturbedAnswers]>,
    _ isCancelled: () -> Bool
  ) throws {
    let job = look.job
    guard let rows = try data.first(where: { $0.facts.id == job.name.task })?.rows() else { return }
    for kind in ProbeKind.allCases
    where look.kinds.contains(kind) || (kind == .robustness && look.isMember) {
      if isCancelled() { throw CancellationError() }
      switch kind {
      case .mistakes:
        let test = rows.folds[job.name.fold ?? 0].test
        let answers = try store.answers(.test, cell: job.key)
        try store.write(MistakesFile(answers, test: test, in: rows), kind, cell: job.key)
      case .robustness:
        guard let found = try disturbed(job, rows, answers, isCancelled) else { continue }
        if look.isMember { answers.withLock { $0[job.key] = found } }
        if look.kinds.contains(kind) { try store.write(found.file, kind, cell: job.key) }
      case .explanations:
        guard let work = job.work as? TrainingWork else { continue }
        let probe = ExplanationProbe(
          description: work.description, weights: try store.weights(cell: job.key),
          data: rows.fed(to: work.description.variant) ?? rows)
        if let file = try probe.file(isCancelled: isCancelled) {
          try store.write(file, kind, cell: job.key)
        }
      }
    }
  }

  /// What a network, or an ensemble whose members have answered, says of disturbed rows.
  private func disturbed(
    _ job: CellJob, _ rows: Dataset, _ answers: borrowing Mutex<[String: DisturbedAnswers]>,
    _ isCancelled: () -> Bool
  ) throws -> DisturbedAnswers? {
    if let work = job.work as? EnsembleWork {
      let file: EnsembleFile = try store.decoded(CellFile.ensemble, cell: job.key)
      let members = answers.withLock { answers in
        work.members(file).compactMap { answers[$0.key] }
      }
      return try work.joined(members, file, in: store)
    }
    guard let work = job.work as? TrainingWork else { return nil }
    return try RobustnessProbe(
      description: work.description, weights: try store.weights(cell: job.key),
      data: rows.fed(to: work.description.variant) ?? rows
    ).answers(isCancelled: isCancelled)
  }
}

extension [ProbeRunner.Look] {
  /// The cells of one task, seed and fold together, in the order of their first ones.
  fileprivate var batches: [[ProbeRunner.Look]] {
    var places: [String: Int] = [:]
    return reduce(into: []) { batches, look in
      let name = look.job.name
      let group = "\(name.task)/\(name.seed)/\(name.fold ?? 0)"
      if let place = places[group] {
        batches[place].append(look)
      } else {
        places[group] = batches.count
        batches.append([look])
      }
    }
  }
}
